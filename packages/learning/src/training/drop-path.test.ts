import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { dropPathMask, dropRateOfBlock } from './drop-path.ts';

test('the rate rises evenly with depth', () => {
  expect([0, 1, 2].map((block) => dropRateOfBlock(block, 3, 0.2))).toEqual([0, 0.1, 0.2]);
  expect(dropRateOfBlock(0, 1, 0.2)).toBe(0.2);
});

test('blocks are skipped at their rate, and the mean stays 1', () => {
  const { shape, data } = dropPathMask(3, 20_000, 0.4, randomStream(1));
  expect(shape).toEqual([3, 20_000]);
  const row = (block: number): Float32Array => data.subarray(block * 20_000, (block + 1) * 20_000);
  expect(new Set(row(0))).toEqual(new Set([1]));
  expect(new Set(row(2))).toEqual(new Set([0, Math.fround(1 / 0.6)]));
  const skipped = (block: number): number => row(block).filter((value) => value === 0).length / 20_000;
  // Four standard deviations of a share over 20,000 pictures.
  expect(Math.abs(skipped(1) - 0.2)).toBeLessThan(0.012);
  expect(Math.abs(skipped(2) - 0.4)).toBeLessThan(0.014);
  expect(row(2).reduce((a, b) => a + b, 0) / 20_000).toBeCloseTo(1, 1);
});

test('the same place draws the same, and a rate of 1 is refused', () => {
  const mask = (rate: number): Float32Array => dropPathMask(4, 8, rate, randomStream(2, 5)).data;
  expect(mask(0.5)).toEqual(mask(0.5));
  expect(new Set(mask(0))).toEqual(new Set([1]));
  expect(() => mask(1)).toThrow(/0 to below 1/);
});
