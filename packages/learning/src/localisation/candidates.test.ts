import { expect, test } from 'vitest';
import { candidatesOf, evidenceOf } from './candidates.ts';

const grid = { rows: 40, columns: 40 };
const nowhere = { sites: new Array<readonly string[]>(1600).fill([]), bladder: new Uint8Array(1600) };

function map(...spots: readonly (readonly [row: number, column: number, radius: number, value: number])[]) {
  const values = new Float32Array(grid.rows * grid.columns);
  for (const [row, column, radius, value] of spots)
    for (let r = 0; r < grid.rows; r++)
      for (let c = 0; c < grid.columns; c++)
        if (Math.hypot(r - row, c - column) <= radius)
          values[r * grid.columns + c] = Math.max(values[r * grid.columns + c]!, value);
  return values;
}

test('a faint spot beside a strong one stays apart, highest first; below the floor there is none', () => {
  const found = candidatesOf(map([10, 10, 3, 0.3], [10, 20, 3, 0.9], [30, 30, 3, 0.02]), grid, 0.05, nowhere);
  expect(found.map(({ score }) => Math.round(score * 10) / 10)).toEqual([0.9, 0.3]);
  expect(found[0]!.cells).toContain(10 * 40 + 20);
  expect(found[0]!.cells).not.toContain(10 * 40 + 10);
  expect(found[1]!.cells.every((cell) => cell % 40 < 15)).toBe(true);
});

test('a shoulder of a spot is no spot of its own', () => {
  const shoulder = map([10, 10, 4, 0.9], [10, 16, 3, 0.6]);
  // A dip between them, less than half of the lower one.
  shoulder[10 * 40 + 14] = 0.5;
  expect(candidatesOf(shoulder, grid, 0.05, nowhere)).toHaveLength(1);
});

test('a spot on the bladder is none; one beside it that reaches over its edge stays', () => {
  const values = map([10, 10, 4, 0.9], [30, 20, 4, 0.8]);
  const bladder = new Uint8Array(1600);
  for (let row = 4; row <= 16; row++) bladder.fill(1, row * 40 + 4, row * 40 + 17);
  for (let row = 31; row <= 40; row++) bladder.fill(1, row * 40 + 14, row * 40 + 27);
  const found = candidatesOf(values, grid, 0.05, { ...nowhere, bladder });
  expect(found.map(({ peak }) => Math.floor(peak / 40) >= 26)).toEqual([true]);
});

test('two by two cells survive', () => {
  const values = new Float32Array(1600);
  for (const cell of [410, 411, 450, 451]) values[cell] = 1;
  const [spot] = candidatesOf(values, grid, 0.05, nowhere);
  expect(spot!.cells).toEqual(expect.arrayContaining([410, 411, 450, 451]));
  expect(spot!.cells.length).toBeLessThanOrEqual(12);
  expect(spot!.score).toBeCloseTo(9 / 16);
});

test('an even plane is one spot, not one for every cell; an empty one is none', () => {
  expect(candidatesOf(new Float32Array(1600).fill(0.5), grid, 0.05, nowhere)).toHaveLength(1);
  expect(candidatesOf(new Float32Array(1600), grid, 0.05, nowhere)).toHaveLength(0);
});

test('evidence by hand: mean log-odds and the logarithm of the size; a speck is outranked by a lesion of lower peak', () => {
  const map = new Float32Array(1600).fill(0.5);
  for (const cell of [1, 2, 3]) map[cell] = 0.9;
  expect(evidenceOf([1, 2, 3], map)).toBeCloseTo(Math.log(9) + Math.log(4), 5);
  const lesion = Array.from({ length: 60 }, (_, index) => 100 + index);
  for (const cell of lesion) map[cell] = 0.85;
  map[10] = 0.97;
  expect(evidenceOf(lesion, map)).toBeGreaterThan(evidenceOf([10], map));
  map[11] = 1;
  expect(evidenceOf([11], map)).toBeLessThan(20);
});
