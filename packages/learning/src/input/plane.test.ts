import { expect, test } from 'vitest';
import { blur, boxMean, plane, sample, shrink } from './plane.ts';

const noise = (rows: number, columns: number) => {
  const picture = plane(rows, columns);
  picture.values.forEach((_, i) => {
    picture.values[i] = Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1;
  });
  return picture;
};

test('a box mean is the mean over the window, edges continued', () => {
  const picture = noise(9, 7);
  const at = (row: number, column: number): number =>
    picture.values[Math.min(8, Math.max(0, row)) * 7 + Math.min(6, Math.max(0, column))]!;
  const expected = Float32Array.from({ length: 63 }, (_, i) => {
    let sum = 0;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) sum += at(Math.floor(i / 7) + dy, (i % 7) + dx);
    return sum / 25;
  });
  const got = boxMean({ ...picture, values: picture.values.slice() }, 2).values;
  for (const [i, value] of got.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
});

test('a window wider than the picture still gives the mean of the continued edges', () => {
  const flat = plane(3, 3);
  flat.values.fill(5);
  for (const value of boxMean(flat, 6).values) expect(value).toBeCloseTo(5, 5);
});

test('blur keeps the sum and has the asked standard deviation', () => {
  const spot = plane(61, 61);
  spot.values[30 * 61 + 30] = 1;
  blur(spot, 4);
  let sum = 0;
  let spread = 0;
  spot.values.forEach((value, i) => {
    sum += value;
    spread += value * ((i % 61) - 30) ** 2;
  });
  expect(sum).toBeCloseTo(1, 4);
  expect(Math.sqrt(spread)).toBeGreaterThan(3.7);
  expect(Math.sqrt(spread)).toBeLessThan(4.3);
});

test('sampling at a pixel centre gives the pixel, between centres the mean, outside the edge', () => {
  const picture = { rows: 1, columns: 2, values: Float32Array.of(2, 6) };
  expect([0.5, 1, 1.5, -3, 9].map((x) => sample(picture, x, 0.5))).toEqual([2, 4, 6, 2, 6]);
});

test('shrinking takes block means', () => {
  expect([...shrink({ rows: 2, columns: 4, values: Float32Array.of(1, 3, 0, 0, 5, 7, 0, 4) }, 2).values]).toEqual([
    4, 1,
  ]);
});
