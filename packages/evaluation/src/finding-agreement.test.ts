import type { LabelState } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import { addTallies, f1, macroF1, tallyAnswers, tallyFindings } from './finding-agreement.ts';

const reference: LabelState[] = ['present', 'absent', 'uncertain', 'unmentioned', 'present', 'absent'];

describe('a metric proves itself on planted errors', () => {
  const score = (reader: LabelState[]): number => f1(tallyFindings(reference, reader).present);
  const planted = (index: number, state: LabelState): LabelState[] =>
    reference.map((s, i) => (i === index ? state : s));
  test('the same states score 1 in every state', () => {
    for (const tally of Object.values(tallyFindings(reference, reference))) expect(f1(tally)).toBe(1);
  });
  test('a flipped presence costs, as text overlap would not show', () => {
    expect(score(planted(0, 'absent'))).toBeCloseTo(2 / 3, 12);
  });
  test('a missing, an invented and a moved finding each cost', () => {
    expect(score(planted(0, 'unmentioned'))).toBeLessThan(1);
    expect(score(planted(3, 'present'))).toBeLessThan(1);
    const moved = planted(0, 'unmentioned');
    moved[3] = 'present';
    expect(score(moved)).toBe(0.5);
  });
  test('doubt stated as certainty costs in both states', () => {
    const tallies = tallyFindings(reference, planted(2, 'present'));
    expect(tallies.present.falsePositives).toBe(1);
    expect(tallies.uncertain.falseNegatives).toBe(1);
  });
});

test('reports add up by their counts, not by their scores', () => {
  const sum = addTallies([
    { truePositives: 1, falsePositives: 0, falseNegatives: 0 },
    { truePositives: 0, falsePositives: 3, falseNegatives: 1 },
  ]);
  expect(f1(sum)).toBeCloseTo(2 / (2 + 3 + 1), 12);
});

test('macro F1 leaves out answers that are never meant', () => {
  const tallies = tallyAnswers(['a', 'a', 'b'], ['a', 'b', 'b'], ['a', 'b', 'c']);
  expect(macroF1(tallies)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
});

test('vectors of unequal length are refused', () => {
  expect(() => tallyFindings(reference, [])).toThrow('0 states against 6');
});
