import type { CdeElement, CdeSet, ElementValue, ReportSpan, StructuredReport } from '@radiolect/findings';
import { codedValue, elementOf } from '@radiolect/findings';
import type { Structurer } from './structurer.ts';

/** A structured report as others write it: values may carry the label that was printed beside the code. */
export type LintedReport = Omit<StructuredReport, 'values'> & {
  readonly values: readonly (ElementValue & { readonly label?: string })[];
};

export const structureProblemCodes = [
  'wrong-set',
  'unknown-element',
  'wrong-kind',
  'code-of-another-element',
  'unknown-code',
  'label-mismatch',
  'codes-not-from-zero',
  'wrong-unit',
  'out-of-range',
  'off-step',
  'too-many-values',
  'value-beside-conflict',
  'evidence-not-verbatim',
  'not-entailed',
  'contradicted-elsewhere',
  'conflict-not-flagged',
  'unmapped-not-listed',
] as const;
export type StructureProblemCode = (typeof structureProblemCodes)[number];

/** One thing wrong with a structured report. */
export interface StructureProblem {
  readonly code: StructureProblemCode;
  readonly element?: string;
  readonly message: string;
  readonly evidence: readonly ReportSpan[];
}

/**
 * Checks a structured report against its set and the report's text: codes, labels, units, bounds, cardinality; the quoted
 * words stand in the text; their sentence read alone gives the same value; the rest of the report does not contradict it;
 * what the report says beyond the set is listed. `structurer` reads the text again; without it only the form is checked.
 */
export function lintStructured(
  report: LintedReport,
  set: CdeSet,
  text: string,
  structurer?: Structurer,
): StructureProblem[] {
  const problems: StructureProblem[] = [];
  if (report.set !== set.id)
    problems.push({ code: 'wrong-set', message: `names the set ${report.set}, not ${set.id}`, evidence: [] });
  const conflicted = new Set(report.conflicts.map(({ element, finding }) => `${element} ${finding ?? ''}`));
  for (const value of report.values) {
    const element = elementOf(set, value.element);
    const add: Add = (code, message, evidence = []) => {
      problems.push({ code, element: value.element, message, evidence });
    };
    if (!element) {
      add('unknown-element', `${value.element} is no element of ${set.id}`);
      continue;
    }
    lintValue(value, element, add);
    if (conflicted.has(`${element.id} ${value.finding ?? ''}`))
      add('value-beside-conflict', `${element.id} has a value and a conflict`);
  }
  problems.push(...shiftedColumn(report, set), ...cardinalities(report, set));
  for (const { element, evidence } of evidences(report))
    if (text.slice(evidence.start, evidence.end) !== evidence.text)
      problems.push({
        code: 'evidence-not-verbatim',
        ...(element !== undefined ? { element } : undefined),
        message: `the quoted words do not stand at ${evidence.start} to ${evidence.end} of the report`,
        evidence: [evidence],
      });
  if (structurer) problems.push(...lintAgainstText(report, set, text, structurer));
  return problems;
}

type Add = (code: StructureProblemCode, message: string, evidence?: readonly ReportSpan[]) => undefined;

const labelOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

function lintValue(value: LintedReport['values'][number], element: CdeElement, add: Add): undefined {
  const { domain } = element;
  if (domain.kind === 'boolean') {
    if (typeof value.value !== 'boolean') add('wrong-kind', `${element.id} takes yes or no`);
    return undefined;
  }
  if (domain.kind === 'value-set') {
    if (typeof value.value !== 'string') return add('wrong-kind', `${element.id} takes a code`);
    const listed = codedValue(element, value.value);
    if (!value.value.startsWith(`${element.id}.`))
      return add('code-of-another-element', `${value.value} is no code of ${element.id}`);
    if (!listed) {
      const last = domain.values.at(-1)?.code ?? '';
      return add('unknown-code', `${value.value} is not listed: the codes of ${element.id} run from 0 to ${last}`);
    }
    if (value.label !== undefined && labelOf(value.label) !== labelOf(listed.name)) {
      const meant = domain.values.find((candidate) => labelOf(candidate.name) === labelOf(value.label!));
      add(
        'label-mismatch',
        `${value.value} is "${listed.name}", not "${value.label}"${meant ? `, which is ${meant.code}` : ''}`,
        [value.evidence],
      );
    }
    return;
  }
  if (typeof value.value !== 'number') return add('wrong-kind', `${element.id} takes a number`);
  if (domain.kind === 'integer' && !Number.isInteger(value.value))
    add('wrong-kind', `${element.id} takes a whole number`);
  if (domain.unit !== value.unit)
    add('wrong-unit', `${element.id} is in ${domain.unit ?? 'no unit'}, not ${value.unit ?? 'none'}`);
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, step } = domain;
  if (value.value < minimum || value.value > maximum)
    add('out-of-range', `${value.value} lies outside ${minimum} to ${maximum}`, [value.evidence]);
  if (step !== undefined) {
    const steps = (value.value - (Number.isFinite(minimum) ? minimum : 0)) / step;
    if (Math.abs(steps - Math.round(steps)) > 1e-6) add('off-step', `${value.value} is no multiple of ${step}`);
  }
}

/** Codes one too high throughout: somebody counted from 1. Named as such where labels show it at least twice. */
function shiftedColumn(report: LintedReport, set: CdeSet): StructureProblem[] {
  const shifts = report.values.flatMap((value) => {
    const element = elementOf(set, value.element);
    if (value.label === undefined || element?.domain.kind !== 'value-set' || typeof value.value !== 'string') return [];
    const meant = element.domain.values.findIndex((candidate) => labelOf(candidate.name) === labelOf(value.label!));
    const given = Number(value.value.slice(value.value.lastIndexOf('.') + 1));
    return meant < 0 || Number.isNaN(given) ? [] : [given - meant];
  });
  const shifted = shifts.filter((shift) => shift === 1).length;
  if (shifted < 2 || shifted < shifts.length) return [];
  return [
    {
      code: 'codes-not-from-zero',
      message: `all ${shifted} labelled codes are one too high: value codes count from 0`,
      evidence: [],
    },
  ];
}

function cardinalities(report: LintedReport, set: CdeSet): StructureProblem[] {
  return set.elements.flatMap((element): StructureProblem[] => {
    const most = element.domain.kind === 'value-set' ? element.domain.cardinality.maximum : 1;
    const counts = new Map<string | undefined, number>();
    for (const { element: id, finding } of report.values)
      if (id === element.id) counts.set(finding, (counts.get(finding) ?? 0) + 1);
    const largest = Math.max(0, ...counts.values());
    return largest > most
      ? [
          {
            code: 'too-many-values',
            element: element.id,
            message: `${element.id} has ${largest} values and takes ${most}`,
            evidence: [],
          },
        ]
      : [];
  });
}

function* evidences(report: LintedReport): Generator<{ element?: string; evidence: ReportSpan }> {
  for (const { element, evidence } of report.values) yield { element, evidence };
  for (const { element, evidence } of report.conflicts) for (const span of evidence) yield { element, evidence: span };
  for (const { evidence } of report.unmapped) yield { evidence };
}

function lintAgainstText(report: LintedReport, set: CdeSet, text: string, structurer: Structurer): StructureProblem[] {
  const problems: StructureProblem[] = [];
  const whole = structurer.structure(text);
  for (const value of report.values) {
    if (!elementOf(set, value.element)) continue;
    const sentence = sentenceAround(text, value.evidence);
    const alone = structurer.structure(sentence.text).values.filter(({ element }) => element === value.element);
    // What a finding is adds up from several sentences, findings and impression; no single one has to say all of it.
    if (structurer.by !== 'findings' && !alone.some((other) => other.value === value.value))
      problems.push({
        code: 'not-entailed',
        element: value.element,
        message: `the quoted sentence read alone gives ${alone.length > 0 ? alone.map(({ value: v }) => String(v)).join(', ') : 'no value'}, not ${String(value.value)}`,
        evidence: [sentence],
      });
    const conflict = whole.conflicts.find(
      ({ element, finding }) => element === value.element && finding === value.finding,
    );
    const other = whole.values.filter(({ element, finding }) => element === value.element && finding === value.finding);
    if (conflict)
      problems.push({
        code: 'contradicted-elsewhere',
        element: value.element,
        message: conflict.reason,
        evidence: conflict.evidence,
      });
    else if (other.length > 0 && !other.some((found) => found.value === value.value))
      problems.push({
        code: 'contradicted-elsewhere',
        element: value.element,
        message: `the report as a whole gives ${other.map(({ value: v }) => String(v)).join(', ')}, not ${String(value.value)}`,
        evidence: other.map(({ evidence }) => evidence),
      });
  }
  const said = new Set([...report.conflicts, ...report.values].map(({ element }) => element));
  for (const conflict of whole.conflicts)
    if (!said.has(conflict.element))
      problems.push({
        code: 'conflict-not-flagged',
        element: conflict.element,
        message: conflict.reason,
        evidence: conflict.evidence,
      });
  const listed = [...report.unmapped.map(({ evidence }) => evidence), ...report.values.map(({ evidence }) => evidence)];
  for (const { evidence } of whole.unmapped)
    if (!listed.some((span) => span.start < evidence.end && evidence.start < span.end))
      problems.push({
        code: 'unmapped-not-listed',
        message: 'stated, has no element, and is not listed',
        evidence: [evidence],
      });
  return problems;
}

/** The sentence of a text that holds a span. */
function sentenceAround(text: string, { start, end }: ReportSpan): ReportSpan {
  let first = Math.min(Math.max(start, 0), text.length);
  let last = Math.min(Math.max(end, first), text.length);
  const ends = (at: number): boolean =>
    /[\n。；]/.test(text[at] ?? '') || (/[.!?]/.test(text[at] ?? '') && !/\d/.test(text[at + 1] ?? ' '));
  while (first > 0 && !ends(first - 1)) first--;
  while (last < text.length && !ends(last)) last++;
  return { start: first, end: last, text: text.slice(first, last) };
}
