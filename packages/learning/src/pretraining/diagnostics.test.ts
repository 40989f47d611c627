import { describe, expect, test } from 'vitest';
import { normal, randomStream } from '../random.ts';
import { diagnose, effectiveRank, meanPairwiseDistance } from './diagnostics.ts';
import { featureTable } from './feature-table.ts';
import { singularValues } from './singular-values.ts';

const gaussian = (count: number, width: number, seed: number) => {
  const random = randomStream(seed);
  return featureTable(
    count,
    width,
    Array.from({ length: count * width }, () => normal(random)),
  );
};

describe('singular values', () => {
  test('of a matrix worked by hand: [[3, 0], [4, 5]] has √45 and √5', () => {
    const [first, second] = singularValues(featureTable(2, 2, [3, 0, 4, 5])) as [number, number];
    expect(first).toBeCloseTo(Math.sqrt(45), 10);
    expect(second).toBeCloseTo(Math.sqrt(5), 10);
  });
  test('a wide matrix has those of its transpose, and their squares sum to its energy', () => {
    const tall = gaussian(12, 5, 1);
    const wide = featureTable(
      5,
      12,
      Array.from({ length: 60 }, (_, i) => tall.values[(i % 12) * 5 + Math.floor(i / 12)]!),
    );
    const values = singularValues(tall);
    singularValues(wide).forEach((value, index) => {
      expect(value).toBeCloseTo(values[index]!, 9);
    });
    const energy = tall.values.reduce((sum, value) => sum + value * value, 0);
    expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(energy, 8);
  });
});

describe('effective rank', () => {
  test('is the number of directions that are used alike', () => {
    // Corners of a cross in 3 of 8 dimensions: centred already, three equal singular values.
    const cross = [0, 1, 2].flatMap((axis) =>
      [1, -1].map((side) => Array.from({ length: 8 }, (_, d) => (d === axis ? side : 0))),
    );
    expect(effectiveRank(featureTable(6, 8, cross.flat()))).toBeCloseTo(3, 9);
  });
  test('rounding around one constant is no direction', () => {
    const random = randomStream(3);
    const values = Array.from({ length: 20 * 4 }, () => Math.fround(1 + 1e-7 * random()));
    expect(effectiveRank(featureTable(20, 4, values))).toBe(0);
  });
});

test('two opposite points, worked by hand', () => {
  const features = featureTable(2, 2, [5, 0, -2, 0]);
  const changed = featureTable(2, 2, [0, 1, -1, 0]);
  const { distance, deviation, effectiveRank: rank, alignment, uniformity } = diagnose(features, changed);
  expect(distance).toBeCloseTo(2, 12);
  // Deviations of the two dimensions: 1 and 0; mean ½, × √2.
  expect(deviation).toBeCloseTo(Math.SQRT1_2, 12);
  expect(rank).toBeCloseTo(1, 9);
  // (1, 0) to (0, 1) is 2, (−1, 0) to itself 0.
  expect(alignment).toBeCloseTo(1, 12);
  expect(uniformity).toBeCloseTo(-8, 12);
});

test('random directions: distance near √2, deviation near 1, rank near D, uniformity near −4', () => {
  const features = gaussian(200, 64, 5);
  const { distance, deviation, effectiveRank: rank, uniformity, alignment } = diagnose(features, features);
  expect(distance).toBeCloseTo(Math.SQRT2, 1);
  expect(deviation).toBeCloseTo(1, 1);
  expect(rank).toBeGreaterThan(50);
  expect(uniformity).toBeLessThan(-3.7);
  expect(alignment).toBe(0);
});

test('features that shrink to one point shrink in every measure but their length', () => {
  const spread = gaussian(50, 16, 6);
  const shrunk = featureTable(
    50,
    16,
    spread.values.map((value) => 10 + 0.01 * value),
  );
  const [before, after] = [diagnose(spread, spread), diagnose(shrunk, shrunk)];
  expect(after.distance).toBeLessThan(before.distance / 100);
  expect(after.deviation).toBeLessThan(before.deviation / 100);
  expect(after.uniformity).toBeGreaterThan(before.uniformity / 100);
  expect(meanPairwiseDistance(shrunk)).toBeGreaterThan(0.05);
});
