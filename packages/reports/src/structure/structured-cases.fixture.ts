import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StructuredReport } from '@radiolect/findings';

/** A report with what a structurer should make of it. */
export interface StructuredCase {
  readonly id: string;
  readonly text: string;
  readonly gold: Readonly<Record<string, { readonly value: string | number; readonly evidence: string }>>;
  readonly conflicts: readonly { readonly element: string; readonly evidence: readonly string[] }[];
  readonly unmapped: readonly { readonly what: string; readonly evidence: string }[];
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const linesOf = (file: string): StructuredCase[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as StructuredCase);

/** The cases of the material (by default beside the repository); none where it is absent. */
export function casesOfMaterial(folder = here('../../../../../shared')): readonly StructuredCase[] {
  const file = `${folder}/data/report-structuring-cases.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StructuredCase[]) : [];
}
export const ownCases = (half: 'open' | 'locked'): readonly StructuredCase[] =>
  linesOf(here(`../../../../fixtures/appendicitis-reports-own/${half}.jsonl`));

/** Single statements with the values they give; null where they must give none. */
export const ownStatements: readonly {
  readonly text: string;
  readonly values: Readonly<Record<string, string | number | null>>;
}[] = readFileSync(here('../../../../fixtures/appendicitis-reports-own/statements.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));

/** What a structured report gets wrong, one line each; empty where nothing is wrong. */
export function differences(example: StructuredCase, found: StructuredReport): string[] {
  const wrong: string[] = [];
  const values = new Map(found.values.map((value) => [value.element, value]));
  const overlaps = (words: string, span: { start: number; end: number }): boolean => {
    for (let at = example.text.indexOf(words); at >= 0; at = example.text.indexOf(words, at + 1))
      if (span.start < at + words.length && at < span.end) return true;
    return false;
  };
  for (const [element, { value }] of Object.entries(example.gold))
    if (values.get(element)?.value !== value) wrong.push(`${element}: ${values.get(element)?.value}, not ${value}`);
  for (const [element, { value }] of values) if (!example.gold[element]) wrong.push(`${element}: ${value}, not silent`);
  const conflicts = found.conflicts.map(({ element }) => element).sort();
  const expected = example.conflicts.map(({ element }) => element).sort();
  if (conflicts.join() !== expected.join()) wrong.push(`conflicts: ${conflicts.join()}, not ${expected.join()}`);
  for (const { what, evidence } of example.unmapped)
    if (!found.unmapped.some((statement) => overlaps(evidence, statement.evidence))) wrong.push(`unmapped: ${what}`);
  return wrong;
}

/** Values right, wrong or missing, and too many, over cases: for figures. */
export function tally(
  cases: readonly StructuredCase[],
  structure: (text: string) => StructuredReport,
): {
  values: number;
  right: number;
  extra: number;
  conflicts: number;
  conflictsRight: number;
  conflictsExtra: number;
  evidence: number;
} {
  const sums = { values: 0, right: 0, extra: 0, conflicts: 0, conflictsRight: 0, conflictsExtra: 0, evidence: 0 };
  for (const example of cases) {
    const found = structure(example.text);
    const values = new Map(found.values.map((value) => [value.element, value]));
    for (const [element, gold] of Object.entries(example.gold)) {
      sums.values++;
      const value = values.get(element);
      if (value?.value !== gold.value) continue;
      sums.right++;
      const at = example.text.indexOf(gold.evidence);
      if (value.evidence.start < at + gold.evidence.length && at < value.evidence.end) sums.evidence++;
    }
    sums.extra += [...values.keys()].filter((element) => !example.gold[element]).length;
    const stated = new Set(example.conflicts.map(({ element }) => element));
    sums.conflicts += stated.size;
    for (const { element } of found.conflicts) stated.has(element) ? sums.conflictsRight++ : sums.conflictsExtra++;
  }
  return sums;
}
