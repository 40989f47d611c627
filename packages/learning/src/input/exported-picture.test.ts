import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { exportPicture } from './exported-picture.ts';

const size = { rows: 132, columns: 66 };
const hot = 70 * size.columns + 30;

/** Noisy counts around 10 with a spot of 3 × 3 cells at 100. */
function plane(): Float32Array {
  const random = randomStream(5);
  const values = Float32Array.from({ length: size.rows * size.columns }, () => 8 + 4 * random());
  for (const row of [-1, 0, 1]) for (const column of [-1, 0, 1]) values[hot + row * size.columns + column] = 100;
  return values;
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const exported = Array.from({ length: 60 }, (_, seed) => {
  const values = plane();
  exportPicture(values, size, randomStream(seed));
  return values;
});

test('the counts stay, but for what rounding and the window take', () => {
  const before = mean(plane());
  for (const values of exported) {
    expect(mean(values)).toBeGreaterThan(before * 0.9);
    expect(mean(values)).toBeLessThan(before * 1.1);
    // The hot spot stays where it is.
    expect(values.indexOf(Math.max(...values))).toBeGreaterThan(hot - 2 * size.columns - 3);
    expect(values[hot]).toBeGreaterThan(0.9 * Math.max(...values));
  }
});

test('half of them keep their resolution, and have few grey values', () => {
  const greys = exported.map((values) => new Set(values).size);
  const sharp = greys.filter((count) => count <= 256);
  expect(sharp.length).toBeGreaterThan(20);
  expect(sharp.length).toBeLessThan(40);
  expect(Math.min(...sharp)).toBeLessThan(10);
});

test('a thumbnail averages noise away and keeps the spot', () => {
  const noiseOf = (values: Float32Array): number => {
    const part = values.subarray(0, 40 * size.columns);
    const middle = mean(part);
    return Math.sqrt(part.reduce((sum, value) => sum + (value - middle) ** 2, 0) / part.length);
  };
  const thumbnails = exported.filter((values) => new Set(values).size > 256);
  for (const values of thumbnails) {
    expect(values[hot]).toBeGreaterThan(15);
    expect(noiseOf(values)).toBeLessThan(noiseOf(plane()));
  }
});

test('a window cuts off the brightest', () => {
  const tops = exported.map((values) => Math.max(...values));
  expect(tops.filter((top) => top < 75).length).toBeGreaterThan(5);
  expect(Math.max(...tops)).toBeGreaterThan(95);
});

test('an empty plane stays empty', () => {
  const empty = new Float32Array(size.rows * size.columns);
  exportPicture(empty, size, randomStream(1));
  expect(empty.every((value) => value === 0)).toBe(true);
});
