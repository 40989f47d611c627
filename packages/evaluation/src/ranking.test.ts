import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroc, averagePrecision, rank, sensitivityAtFalsePositiveRate } from './ranking.ts';

// Hand-worked table, by falling score: 0.9 P, 0.8 N, 0.7 P, 0.7 N, 0.1 N.
const scores = [0.1, 0.7, 0.9, 0.7, 0.8];
const positives = [0, 1, 1, 0, 0];
const units = rank(scores, positives);

describe('hand-worked figures', () => {
  test('AUROC', () => {
    // P(0.9) beats 3 of 3 negatives; P(0.7) beats 0.1, ties 0.7 (half), loses to 0.8: 1.5 of 3. (3 + 1.5) / 6
    expect(auroc(units)).toBeCloseTo(0.75, 12);
  });
  test('average precision', () => {
    // at 0.9: precision 1, gain 1/2; at 0.7 (tie of P and N): precision 2/4, gain 1/2
    expect(averagePrecision(units)).toBeCloseTo(0.5 * 1 + 0.5 * 0.5, 12);
  });
  test('sensitivity at a false-positive rate uses only thresholds that exist', () => {
    expect(sensitivityAtFalsePositiveRate(units, 0)).toBe(0.5);
    expect(sensitivityAtFalsePositiveRate(units, 0.5)).toBe(0.5); // 0.7 would give 2 of 3 negatives
    expect(sensitivityAtFalsePositiveRate(units, 0.67)).toBe(1);
  });
  test('a weight of two is the unit written twice', () => {
    const twice = rank([...scores, 0.7], [...positives, 1]);
    const weights = [1, 2, 1, 1, 1];
    for (const figure of [auroc, averagePrecision]) expect(figure(units, weights)).toBeCloseTo(figure(twice), 12);
  });
});

test('a unit that is not known is as if it were not there', () => {
  const known = [1, 1, 1, 0, 1];
  const without = rank([0.1, 0.7, 0.9, 0.8], [0, 1, 1, 0]);
  for (const figure of [auroc, averagePrecision])
    expect(figure(rank(scores, positives, known))).toBeCloseTo(figure(without), 12);
});

describe('limits', () => {
  test('one class only has no AUROC', () => {
    expect(auroc(rank([0.1, 0.2], [1, 1]))).toBeNaN();
    expect(auroc(rank([0.1, 0.2], [0, 0]))).toBeNaN();
  });
  test('all scores equal is chance', () => {
    expect(auroc(rank([1, 1, 1, 1], [1, 0, 1, 0]))).toBe(0.5);
  });
  test('a score that is no number is refused', () => {
    expect(() => rank([0.1, Number.NaN], [0, 1])).toThrow('score 1 is not a number');
    expect(() => rank([0.1], [0, 1])).toThrow('1 scores for 2 references');
  });
});

test('AUROC equals the count over all pairs, and turning the scores round turns it over', () => {
  const unit = fc.record({ score: fc.integer({ min: 0, max: 6 }), positive: fc.boolean() });
  fc.assert(
    fc.property(fc.array(unit, { minLength: 2, maxLength: 40 }), (drawn) => {
      const p = drawn.filter((u) => u.positive);
      const n = drawn.filter((u) => !u.positive);
      fc.pre(p.length > 0 && n.length > 0);
      let wins = 0;
      for (const a of p) for (const b of n) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
      const figure = (sign: number): number =>
        auroc(
          rank(
            drawn.map((u) => sign * u.score),
            drawn.map((u) => u.positive),
          ),
        );
      expect(figure(1)).toBeCloseTo(wins / (p.length * n.length), 10);
      expect(figure(-1)).toBeCloseTo(1 - figure(1), 10);
    }),
  );
});
