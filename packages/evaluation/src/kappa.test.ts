import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cohenKappa, confusionMatrix } from './kappa.ts';

test('the figure of a table worked by hand', () => {
  // 20 + 15 of 50 agree (0.7); by chance (25·30 + 25·20) / 50² = 0.5.
  expect(
    cohenKappa([
      [20, 5],
      [10, 15],
    ]),
  ).toBeCloseTo(0.4, 12);
});
test('full agreement is 1, whatever the answers; two raters who each say one thing have no kappa', () => {
  expect(
    cohenKappa([
      [3, 0, 0],
      [0, 4, 0],
      [0, 0, 1],
    ]),
  ).toBe(1);
  expect(
    cohenKappa([
      [0, 5],
      [5, 0],
    ]),
  ).toBe(-1);
  expect(cohenKappa([[7]])).toBeNaN();
  expect(
    cohenKappa([
      [0, 0],
      [0, 0],
    ]),
  ).toBeNaN();
});
test('it does not matter who is first, nor in which order the answers are listed', () => {
  const answers = ['present', 'absent', 'uncertain', 'unmentioned'] as const;
  const rating = fc.array(fc.tuple(fc.constantFrom(...answers), fc.constantFrom(...answers)), { minLength: 2 });
  fc.assert(
    fc.property(rating, (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      const kappa = cohenKappa(confusionMatrix(a, b, answers));
      const others = [
        cohenKappa(confusionMatrix(b, a, answers)),
        cohenKappa(confusionMatrix(a, b, [...answers].reverse())),
      ];
      // Two raters who only ever give one and the same answer have no kappa.
      for (const other of others)
        if (Number.isNaN(kappa)) expect(other).toBeNaN();
        else expect(other).toBeCloseTo(kappa, 10);
    }),
    { seed: 3, numRuns: 300 },
  );
});
test('an answer outside the list is refused', () => {
  expect(() => confusionMatrix(['a', 'x'], ['a', 'a'], ['a'])).toThrow(RangeError);
  expect(() => confusionMatrix(['a'], [], ['a'])).toThrow(RangeError);
});
