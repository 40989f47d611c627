import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isotonicAt, isotonicFit } from './isotonic-fit.ts';

// Golden numbers: scripts/make-supervised-reference.py.
const { isotonic } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/supervised-reference.json', import.meta.url), 'utf8'),
) as { isotonic: Record<'x' | 'y' | 'weights' | 'asked' | 'answers' | 'fitted', number[]>[] };

test.each(isotonic)(
  'as scikit-learn fits and reads it ($x.length points)',
  ({ x, y, weights, asked, answers, fitted }) => {
    const fit = isotonicFit(x, y, weights);
    x.forEach((place, index) => {
      expect(isotonicAt(fit, place)).toBeCloseTo(fitted[index]!, 9);
    });
    asked.forEach((place, index) => {
      expect(isotonicAt(fit, place)).toBeCloseTo(answers[index]!, 9);
    });
    expect(fit.at.every((place, index) => index === 0 || place > fit.at[index - 1]!)).toBe(true);
  },
);

test('by hand: 1, 3, 2, 4 pools the middle two; ties are pooled first', () => {
  expect(isotonicFit([1, 2, 3, 4], [1, 3, 2, 4])).toEqual({ at: [1, 2, 3, 4], value: [1, 2.5, 2.5, 4] });
  expect(isotonicFit([2, 1, 2], [1, 0, 0])).toEqual({ at: [1, 2], value: [0, 0.5] });
  expect(isotonicFit([1, 2, 3], [3, 2, 1])).toEqual({ at: [1, 3], value: [2, 2] });
});

test('straight between corners, level outside', () => {
  const fit = isotonicFit([0, 2], [0, 1]);
  expect([-1, 0, 0.5, 2, 9].map((x) => isotonicAt(fit, x))).toEqual([0, 0, 0.25, 1, 1]);
});

test('nothing cannot be fitted', () => {
  expect(() => isotonicFit([], [])).toThrow(RangeError);
  expect(() => isotonicFit([1], [1, 2])).toThrow(RangeError);
});
