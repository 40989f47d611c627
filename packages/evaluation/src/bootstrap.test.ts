import { expect, test } from 'vitest';
import { bootstrap, quantile } from './bootstrap.ts';

const mean =
  (values: readonly number[]) =>
  (weights: Uint16Array): number => {
    let sum = 0;
    let total = 0;
    values.forEach((value, i) => {
      sum += weights[i]! * value;
      total += weights[i]!;
    });
    return sum / total;
  };

test('the interval of a mean is close to ±1.96 standard errors', () => {
  const values = Array.from({ length: 400 }, (_, i) => Math.sin(i * 12.9898) * 3);
  const centre = values.reduce((a, b) => a + b) / 400;
  const error = Math.sqrt(values.reduce((a, v) => a + (v - centre) ** 2, 0) / 399 / 400);
  const { value, low, high } = bootstrap(400, mean(values), { replicates: 4000 });
  expect(value).toBeCloseTo(centre, 12);
  expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.95);
  expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.05);
});

test('the same seed gives the same interval, another seed another', () => {
  const values = [1, 5, 2, 8, 3];
  expect(bootstrap(5, mean(values), { seed: 4 })).toEqual(bootstrap(5, mean(values), { seed: 4 }));
  expect(bootstrap(5, mean(values), { seed: 4, replicates: 50 })).not.toEqual(
    bootstrap(5, mean(values), { seed: 5, replicates: 50 }),
  );
});

test('replicates without a figure are left out', () => {
  const onlyFirst = (weights: Uint16Array): number => (weights[0] === 0 ? Number.NaN : 1);
  expect(bootstrap(3, onlyFirst)).toEqual({ value: 1, low: 1, high: 1 });
});

test('quantiles are linear between neighbours', () => {
  expect(quantile([0, 10], 0.25)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNaN();
});
