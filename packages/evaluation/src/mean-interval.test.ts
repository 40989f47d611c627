import { expect, test } from 'vitest';
import { meanInterval } from './mean-interval.ts';

test('three seeds, by hand: mean 2, deviation 1, t = 4.303', () => {
  const { value, low, high } = meanInterval([1, 2, 3]);
  expect(value).toBe(2);
  expect(high - 2).toBeCloseTo(4.303 / Math.sqrt(3), 3);
  expect(2 - low).toBeCloseTo(4.303 / Math.sqrt(3), 3);
});

test('beyond the table it goes on without a step (published: 2.040 at 31, 2.021 at 40, 1.984 at 100)', () => {
  for (const [degrees, t] of [
    [31, 2.0395],
    [40, 2.0211],
    [100, 1.984],
  ] as const) {
    const n = degrees + 1;
    const values = Array.from({ length: n }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const { value, high } = meanInterval(values);
    const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (n - 1));
    expect(((high - value) * Math.sqrt(n)) / deviation).toBeCloseTo(t, 3);
  }
});

test('one run has a mean and no interval', () => {
  expect(meanInterval([0.5])).toEqual({ value: 0.5, low: Number.NaN, high: Number.NaN });
  expect(meanInterval([]).value).toBeNaN();
});
