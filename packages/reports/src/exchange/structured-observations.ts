import type {
  CdeElement,
  CdeSet,
  ElementConflict,
  ElementValue,
  ReportSpan,
  StructuredReport,
} from '@radiolect/findings';
import { codedValue, elementOf } from '@radiolect/findings';
import type { FilledValue } from '../structure/bound-elements.ts';
import type {
  CodeableConcept,
  Coding,
  Extension,
  Observation,
  ObservationComponent,
  Quantity,
  Reference,
} from './observation.ts';

export interface ObservationOptions {
  /** Whether a person has confirmed the values. */
  readonly confirmed: boolean;
  /** "Patient/…". */
  readonly subject?: string;
  /** What the values were read from: "DiagnosticReport/…", "ImagingStudy/…", "DocumentReference/…". */
  readonly derivedFrom?: readonly string[];
  /** ISO 8601. */
  readonly effective?: string;
  /** Begins the ids of the resources; without it they have none. */
  readonly id?: string;
}

/** Values as they stand before or after a report: a structured report, or values filled from findings. */
export type ObservedReport = Omit<StructuredReport, 'values'> & {
  readonly values: readonly (ElementValue | FilledValue)[];
};

/** Code system of a set, element or value by the form of its id: the registry's, the finding models', or our own. */
function systemOf(id: string): string {
  if (/^RDES?\d/.test(id)) return 'https://radelement.org';
  if (/^OIFMA?_/.test(id)) return 'https://github.com/openimagingdata/findingmodels';
  return 'urn:radiolect:cde';
}

const evidenceUrl = 'urn:radiolect:evidence';

/**
 * A structured report as FHIR R4 Observations: one for the set, or one per finding for a set that is filled per finding.
 * The set's code is the observation's, every element a component with the element's code and the value's code or
 * quantity. A contradicted element is a component without value that says why; statements without an element are notes.
 */
export function structuredObservations(
  report: ObservedReport,
  set: CdeSet,
  options: ObservationOptions,
): Observation[] {
  const groups = [...new Set([...report.values, ...report.conflicts].map(({ finding }) => finding))];
  // Notes belong to the report as a whole: they go with the first.
  if (groups.length === 0) groups.push(undefined);
  return groups.map((finding, place) => {
    const values = report.values.filter((value) => value.finding === finding);
    const component = [
      ...values.flatMap((value) => componentOf(value, set)),
      ...report.conflicts
        .filter((conflict) => conflict.finding === finding)
        .map((conflict) => conflictComponent(conflict, set)),
    ];
    const notes = place === 0 ? report.unmapped.map(({ text }) => ({ text })) : [];
    return observation(set, options, finding, component, notes);
  });
}

function observation(
  set: CdeSet,
  options: ObservationOptions,
  finding: string | undefined,
  component: readonly ObservationComponent[],
  note: readonly { readonly text: string }[],
): Observation {
  const reference = (to: string): Reference => ({ reference: to });
  const { id, confirmed, subject, effective, derivedFrom = [] } = options;
  return {
    resourceType: 'Observation',
    ...(id !== undefined ? { id: finding === undefined ? id : `${id}-${finding}` } : undefined),
    status: confirmed ? 'final' : 'preliminary',
    category: [
      concept({
        system: 'http://terminology.hl7.org/CodeSystem/observation-category',
        code: 'imaging',
        display: 'Imaging',
      }),
    ],
    code: concept({ system: systemOf(set.id), code: set.id, display: set.name }),
    ...(subject !== undefined ? { subject: reference(subject) } : undefined),
    ...(effective !== undefined ? { effectiveDateTime: effective } : undefined),
    ...(derivedFrom.length > 0 ? { derivedFrom: derivedFrom.map(reference) } : undefined),
    ...(note.length > 0 ? { note } : undefined),
    component,
  };
}

const concept = (coding: Coding): CodeableConcept => ({ coding: [coding] });

const codeOf = (element: CdeElement): CodeableConcept =>
  concept({ system: systemOf(element.id), code: element.id, display: element.name });

function componentOf(value: ElementValue | FilledValue, set: CdeSet): ObservationComponent[] {
  const element = elementOf(set, value.element);
  if (!element) return [];
  const from = value.evidence ? { extension: [evidenceExtension(value.evidence)] } : undefined;
  const base = { ...from, code: codeOf(element) };
  if (typeof value.value === 'boolean') return [{ ...base, valueBoolean: value.value }];
  if (typeof value.value === 'number') return [{ ...base, valueQuantity: quantity(value.value, value.unit) }];
  const name = codedValue(element, value.value)?.name;
  const coding = {
    system: systemOf(value.value),
    code: value.value,
    ...(name !== undefined ? { display: name } : undefined),
  };
  return [{ ...base, valueCodeableConcept: concept(coding) }];
}

/** Units of lengths are the same in UCUM; others are given as written, without claiming a code. */
const quantity = (value: number, unit: string | undefined): Quantity => ({
  value,
  ...(unit !== undefined ? { unit } : undefined),
  ...(unit === 'mm' || unit === 'cm' ? { system: 'http://unitsofmeasure.org', code: unit } : undefined),
});

function conflictComponent({ element: id, reason, evidence }: ElementConflict, set: CdeSet): ObservationComponent {
  const element = elementOf(set, id);
  return {
    ...(evidence.length > 0 ? { extension: evidence.map(evidenceExtension) } : undefined),
    code: element ? codeOf(element) : concept({ system: systemOf(id), code: id }),
    dataAbsentReason: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown', display: 'Unknown' },
      ],
      text: reason,
    },
  };
}

/** The source words with their place in the report, in UTF-16 code units. */
const evidenceExtension = ({ start, end, text }: ReportSpan): Extension => ({
  url: evidenceUrl,
  extension: [
    { url: 'start', valueInteger: start },
    { url: 'end', valueInteger: end },
    { url: 'text', valueString: text },
  ],
});
