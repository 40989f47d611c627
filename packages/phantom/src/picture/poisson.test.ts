import { describe, expect, test } from 'vitest';
import { drawCounts, normalQuantile, pixelUniform, poissonQuantile } from './poisson.ts';

describe('Poisson counts', () => {
  test.each([0.3, 2, 15, 38, 42, 300])('mean and variance are %s', (mean) => {
    const counts = drawCounts(new Float32Array(40_000).fill(mean), 77);
    const average = counts.reduce((a, b) => a + b, 0) / counts.length;
    const variance = counts.reduce((a, b) => a + (b - average) ** 2, 0) / counts.length;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / counts.length) + 0.01);
    expect(variance / mean).toBeGreaterThan(0.96);
    expect(variance / mean).toBeLessThan(1.04);
  });
  test('quantiles of a mean of 3 by hand: cumulative 0.0498, 0.1991, 0.4232, 0.6472', () => {
    expect([0.04, 0.06, 0.19, 0.21, 0.42, 0.43, 0.64, 0.65].map((u) => poissonQuantile(3, u))).toEqual([
      0, 1, 1, 2, 2, 3, 3, 4,
    ]);
    expect(poissonQuantile(0, 0.99)).toBe(0);
  });
  test('more is expected, never fewer are counted', () => {
    for (const u of [0.01, 0.3, 0.5, 0.9, 0.999])
      for (let mean = 0.5; mean < 39; mean += 0.5)
        expect(poissonQuantile(mean + 0.5, u)).toBeGreaterThanOrEqual(poissonQuantile(mean, u));
  });
  test('the normal quantile against its table', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 5);
  });
  test('pixels are uniform and independent of their neighbours and of other seeds', () => {
    const n = 50_000;
    const values = Array.from({ length: n }, (_, i) => pixelUniform(5, i));
    const others = Array.from({ length: n }, (_, i) => pixelUniform(6, i));
    const mean = values.reduce((a, b) => a + b, 0) / n;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.006);
    const correlation = (a: readonly number[], b: readonly number[]): number =>
      (12 * a.reduce((total, value, i) => total + (value - 0.5) * ((b[i] ?? 0.5) - 0.5), 0)) / n;
    expect(Math.abs(correlation(values, values.slice(1)))).toBeLessThan(0.02);
    expect(Math.abs(correlation(values, values.slice(256)))).toBeLessThan(0.02);
    expect(Math.abs(correlation(values, others))).toBeLessThan(0.02);
  });
});
