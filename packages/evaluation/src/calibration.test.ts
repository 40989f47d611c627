import { expect, test } from 'vitest';
import { brierScore, expectedCalibrationError, reliability } from './calibration.ts';

test('Brier score by hand', () => {
  // (0.2² + 0.4² + 0.1²) / 3
  expect(brierScore([0.8, 0.4, 0.1], [1, 0, 0])).toBeCloseTo((0.04 + 0.16 + 0.01) / 3, 12);
});

test('expected calibration error by hand', () => {
  // two bins: 0.2 (one of four positive: off by 0.05) and 0.9 (both positive: off by 0.1)
  const bins = reliability([0.2, 0.2, 0.2, 0.2, 0.9, 0.9], [1, 0, 0, 0, 1, 1], 2);
  expect(bins.map((bin) => bin.count)).toEqual([4, 2]);
  expect(expectedCalibrationError(bins)).toBeCloseTo((4 * 0.05 + 2 * 0.1) / 6, 12);
});

test('"all negative" at 15 % prevalence is 85 % accurate, and its Brier score says what it is worth', () => {
  const outcomes = Array.from({ length: 100 }, (_, i) => i < 15);
  expect(brierScore(new Array(100).fill(0), outcomes)).toBeCloseTo(0.15, 12);
  expect(brierScore(new Array(100).fill(0.15), outcomes)).toBeLessThan(0.15);
});

test('what is no probability is refused', () => {
  expect(() => brierScore([1.2], [1])).toThrow('probability 0 is not in 0 to 1');
});
