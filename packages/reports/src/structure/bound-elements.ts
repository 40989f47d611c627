import type { CdeElement, CdeSet, ElementValue, Finding, ReportReading, ReportSpan } from '@radiolect/findings';

/**
 * Elements that are filled from findings. Which property an element takes stands in the set itself, as an index code of
 * the system `99RADIOLECT`: at the element the property ("finding.site", "study.impression-class"), at each value the
 * property's value ("l4", "metastatic"). A value that the set does not list is left out.
 */
const scheme = '99RADIOLECT';

/** A value with the words it rests on, where it rests on words. */
export type FilledValue = Omit<ElementValue, 'evidence'> & { readonly evidence?: ReportSpan };

/** What is said of one thing: by property its value and the words. */
interface Property {
  readonly value: string;
  readonly evidence: ReportSpan | undefined;
}

const propertyOf = (element: CdeElement): string | undefined =>
  element.indexCodes.find((code) => code.system === scheme)?.code;

/** Whether a set, or a part of it, is filled from findings. */
export const isBound = (set: CdeSet): boolean => set.elements.some((element) => propertyOf(element) !== undefined);

/** The values of a set's bound elements: once per finding for `finding.*`, once for `study.*`. */
export function fillFromFindings(
  set: CdeSet,
  findings: readonly Finding[],
  reading?: Pick<ReportReading, 'impressionClass'>,
): FilledValue[] {
  const values: FilledValue[] = [];
  const study = studyProperties(findings, reading);
  for (const element of set.elements) {
    const key = propertyOf(element);
    if (key?.startsWith('study.')) values.push(...coded(element, study.get(key.slice('study.'.length)), undefined));
  }
  const perFinding = set.elements.filter((element) => propertyOf(element)?.startsWith('finding.'));
  if (perFinding.length === 0) return values;
  for (const finding of findings) {
    // Sites that a summary negative covers would bury the findings; an absent site is one unless it changed.
    if (finding.presence === 'absent' && finding.change === undefined && !namedAlone(finding, findings)) continue;
    for (const element of perFinding) {
      const property = propertyOf(element)!.slice('finding.'.length) as keyof Finding;
      const value = finding[property];
      if (typeof value !== 'string') continue;
      values.push(...coded(element, { value, evidence: textOf(finding) }, finding.id));
    }
  }
  return values;
}

function coded(element: CdeElement, property: Property | undefined, finding: string | undefined): FilledValue[] {
  if (property === undefined || element.domain.kind !== 'value-set') return [];
  const value = element.domain.values.find((candidate) =>
    candidate.indexCodes.some((code) => code.system === scheme && code.code === property.value),
  );
  if (!value) return [];
  return [
    {
      element: element.id,
      value: value.code,
      ...(property.evidence ? { evidence: property.evidence } : undefined),
      ...(finding !== undefined ? { finding } : undefined),
    },
  ];
}

function textOf(finding: Finding): ReportSpan | undefined {
  const found = finding.evidence.find((evidence) => evidence.kind === 'text');
  return found && { start: found.start, end: found.end, text: found.text };
}

/** Whether a finding's words are its own: several sites share the words of a summary. */
function namedAlone(finding: Finding, findings: readonly Finding[]): boolean {
  const own = textOf(finding);
  if (!own) return false;
  return findings.filter((other) => textOf(other)?.start === own.start && textOf(other)?.end === own.end).length <= 2;
}

const metastatic = (finding: Finding): boolean => finding.presence === 'present' && finding.nature === 'metastatic';

/** Numbers of metastatic sites from which a pattern is called oligometastatic and multiple. */
const oligometastatic = 5;

/** What the findings say of the study as a whole. */
function studyProperties(
  findings: readonly Finding[],
  reading: Pick<ReportReading, 'impressionClass'> | undefined,
): Map<string, Property> {
  const properties = new Map<string, Property>();
  const present = findings.filter((finding) => finding.presence === 'present');
  const spread = findings.filter(metastatic);
  const first = (list: readonly Finding[]): ReportSpan | undefined =>
    list.map(textOf).find((span) => span !== undefined);
  if (findings.length > 0) {
    const extent =
      present.length === 0
        ? 'none'
        : present.length === 1
          ? 'single'
          : present.length <= oligometastatic
            ? 'few'
            : 'many';
    properties.set('extent', { value: extent, evidence: first(present.length > 0 ? present : findings) });
    const pattern =
      spread.length === 0
        ? 'none'
        : spread.length === 1
          ? 'solitary'
          : spread.length <= oligometastatic
            ? 'oligometastatic'
            : 'multiple';
    properties.set('metastatic-pattern', {
      value: pattern,
      evidence: first(spread.length > 0 ? spread : present.length > 0 ? present : findings),
    });
  }
  if (reading) {
    const basis = { metastatic: spread, equivocal: findings.filter((f) => f.presence === 'uncertain') } as Record<
      string,
      Finding[]
    >;
    properties.set('impression-class', {
      value: reading.impressionClass,
      evidence: first(basis[reading.impressionClass] ?? []) ?? first(present) ?? first(findings),
    });
  }
  const changed = findings.filter((finding) => finding.change !== undefined);
  if (changed.length > 0) properties.set('comparison', { value: 'compared', evidence: first(changed) });
  return properties;
}
