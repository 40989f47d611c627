import type { ElementValue, StructuredReport } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { cdeSetsOfPack, createStructurer, lintStructured } from '../index.ts';
import type { LintedReport } from './lint.ts';
import { casesOfMaterial, ownCases } from './structured-cases.fixture.ts';

const givenCases = casesOfMaterial(process.env.RADIOLECT_MATERIAL);
const pack = await readPack('acute-appendicitis');
const [set] = cdeSetsOfPack(pack);
const structurer = createStructurer(pack, set!);
const text =
  'The appendix is 13 mm in diameter with periappendiceal fat stranding. No fecolith is seen. No free fluid.\nImpression: Acute nonruptured appendicitis.';
const span = (words: string, of = text) => {
  const start = of.indexOf(words);
  return { start, end: start + words.length, text: words };
};
type Labelled = ElementValue & { readonly label?: string };
const report = (...values: Labelled[]): LintedReport => ({ set: 'RDES26', values, conflicts: [], unmapped: [] });
const codesOf = (structured: LintedReport, of = text): string[] =>
  lintStructured(structured, set!, of, structurer).map((problem) => problem.code);
const presence = span('Acute nonruptured appendicitis');
const fluid = span('No free fluid');

describe('code and label', () => {
  test('RDE195.2 printed beside "nonruptured" is rejected: .2 is ruptured, nonruptured is .1', () => {
    const problems = lintStructured(
      report({ element: 'RDE195', value: 'RDE195.2', label: 'nonruptured', evidence: presence }),
      set!,
      text,
      structurer,
    );
    const mismatch = problems.find((problem) => problem.code === 'label-mismatch');
    expect(mismatch?.message).toBe('RDE195.2 is "ruptured", not "nonruptured", which is RDE195.1');
    expect(problems.map((problem) => problem.code)).toEqual([
      'label-mismatch',
      'not-entailed',
      'contradicted-elsewhere',
    ]);
  });
  test('RDE198.2 printed beside "absent" is rejected: .2 is indeterminate, absent is .0', () => {
    const problems = lintStructured(
      report({ element: 'RDE198', value: 'RDE198.2', label: 'absent', evidence: fluid }),
      set!,
      text,
      structurer,
    );
    expect(problems.find((problem) => problem.code === 'label-mismatch')?.message).toBe(
      'RDE198.2 is "indeterminate", not "absent", which is RDE198.0',
    );
  });
  test('the same codes without labels are rejected by the sentence they quote', () => {
    expect(codesOf(report({ element: 'RDE195', value: 'RDE195.2', evidence: presence }))).toContain('not-entailed');
    expect(codesOf(report({ element: 'RDE198', value: 'RDE198.2', evidence: fluid }))).toContain('not-entailed');
  });
  test('a column that counts from 1 is named as such', () => {
    const shifted = report(
      { element: 'RDE195', value: 'RDE195.2', label: 'nonruptured', evidence: presence },
      { element: 'RDE198', value: 'RDE198.1', label: 'absent', evidence: fluid },
      { element: 'RDE197', value: 'RDE197.2', label: 'present', evidence: span('periappendiceal fat stranding') },
    );
    expect(codesOf(shifted)).toContain('codes-not-from-zero');
    const right = report({ element: 'RDE198', value: 'RDE198.0', label: 'absent', evidence: fluid });
    expect(codesOf(right)).not.toContain('codes-not-from-zero');
  });
  test('RDE201 runs the other way: .0 is present', () => {
    const denied = `${text} No abscess.`;
    const given = report({
      element: 'RDE201',
      value: 'RDE201.0',
      label: 'absent',
      evidence: span('No abscess', denied),
    });
    expect(codesOf(given, denied)).toEqual(expect.arrayContaining(['label-mismatch', 'not-entailed']));
  });
  test.each([
    ['an element of another set', { element: 'RDE41', value: 13, evidence: fluid }, 'unknown-element'],
    ['a code of another element', { element: 'RDE198', value: 'RDE197.0', evidence: fluid }, 'code-of-another-element'],
    ['a code beyond the list', { element: 'RDE198', value: 'RDE198.4', evidence: fluid }, 'unknown-code'],
    ['a number for a code', { element: 'RDE198', value: 0, evidence: fluid }, 'wrong-kind'],
    ['a code for a number', { element: 'RDE196', value: 'RDE196.0', evidence: fluid }, 'wrong-kind'],
    ['another unit', { element: 'RDE196', value: 13, unit: 'cm', evidence: span('13 mm') }, 'wrong-unit'],
    ['no unit', { element: 'RDE196', value: 13, evidence: span('13 mm') }, 'wrong-unit'],
    ['above the range', { element: 'RDE196', value: 130, unit: 'mm', evidence: span('13 mm') }, 'out-of-range'],
    [
      'words that do not stand there',
      { element: 'RDE198', value: 'RDE198.0', evidence: { ...fluid, text: 'no free fluid' } },
      'evidence-not-verbatim',
    ],
    [
      'a sentence that says something else',
      { element: 'RDE198', value: 'RDE198.0', evidence: span('No fecolith') },
      'not-entailed',
    ],
  ] as [string, Labelled, string][])('%s', (_, value, code) => {
    expect(codesOf(report(value))).toContain(code);
  });
  test('two values where one is taken', () => {
    const twice = report(
      { element: 'RDE198', value: 'RDE198.0', evidence: fluid },
      { element: 'RDE198', value: 'RDE198.1', evidence: fluid },
    );
    expect(codesOf(twice)).toContain('too-many-values');
  });
  test('another set', () => {
    expect(codesOf({ ...report(), set: 'RDES27' })).toEqual(['wrong-set']);
  });
});

describe('the rest of the report', () => {
  const contradicted =
    'No appendicolith is identified. The appendix is 7 cm in length.\nImpression: Acute appendicitis with an appendicolith.';
  test('a value that another sentence contradicts', () => {
    const value = {
      element: 'RDE199',
      value: 'RDE199.0',
      evidence: span('No appendicolith is identified', contradicted),
    };
    const problems = lintStructured(report(value), set!, contradicted, structurer);
    expect(problems.map((problem) => problem.code)).toEqual(['contradicted-elsewhere', 'unmapped-not-listed']);
    expect(problems[0]!.evidence.length).toBe(2);
  });
  test('a conflict that nobody flagged', () => {
    expect(codesOf(report(), contradicted)).toContain('conflict-not-flagged');
  });
  test('a value beside its conflict', () => {
    const structured: StructuredReport = {
      ...report({ element: 'RDE198', value: 'RDE198.0', evidence: fluid }),
      conflicts: [{ element: 'RDE198', reason: 'x', evidence: [fluid] }],
    };
    expect(codesOf(structured)).toContain('value-beside-conflict');
  });
});

test('what the structurer writes passes its own linter', () => {
  const complaints = [...givenCases, ...ownCases('open')].flatMap((example) =>
    lintStructured(structurer.structure(example.text), set!, example.text, structurer).map(
      (problem) => `${example.id} ${problem.element} ${problem.code} ${problem.message}`,
    ),
  );
  expect(complaints).toEqual([]);
});
