import { expect, test } from 'vitest';
import { boneByBone } from './bone-by-bone.ts';
import { candidatesOf } from './candidates.ts';

const columns = 40;
const cell = (row: number, column: number): number => row * columns + column;

/** All cells of a rectangle, ascending. */
function box(top: number, left: number, rows: number, across: number): number[] {
  return Array.from({ length: rows * across }, (_, index) =>
    cell(top + Math.floor(index / across), left + (index % across)),
  );
}

/** Two bones of eight rows, one under the other, with a row of neither between them, and a large bone over both. */
const sites = Array.from({ length: 1600 }, (_, at): readonly string[] => {
  const [row, column] = [Math.floor(at / columns), at % columns];
  if (column >= 30) return [];
  if (row < 8) return ['upper', 'large'];
  if (row > 8 && row < 17) return ['lower'];
  return row === 8 ? [] : ['other'];
});

test('a spot over two bones is cut along them; what lies between goes to the part beside it', () => {
  const spot = box(4, 10, 9, 4);
  const parts = boneByBone(spot, sites, columns);
  expect(parts).toHaveLength(2);
  expect(parts.flat().toSorted((a, b) => a - b)).toEqual(spot);
  const upper = parts.find((part) => part.includes(cell(4, 10)))!;
  const lower = parts.find((part) => part.includes(cell(12, 10)))!;
  expect(upper.every((one) => one < cell(9, 0))).toBe(true);
  expect(lower.every((one) => one >= cell(8, 0))).toBe(true);
});

test('a spot that one bone explains, or none, or that reaches over an edge by a little, stays whole', () => {
  for (const spot of [box(2, 10, 5, 5), box(2, 32, 12, 5), [...box(2, 10, 6, 5), ...box(9, 10, 1, 5)]])
    expect(boneByBone(spot, sites, columns)).toEqual([spot]);
});

test('a bone that lies over another does not cut it: few sites explain the spot', () => {
  const over = sites.map((own, at) => (at % columns < 12 && own.includes('upper') ? ['rib', 'upper'] : own));
  expect(boneByBone(box(2, 8, 5, 8), over, columns)).toHaveLength(1);
});

test('each part of a cut spot has its own peak', () => {
  const map = new Float32Array(1600);
  for (const at of box(4, 10, 9, 6)) map[at] = 0.6;
  for (const at of box(10, 11, 3, 3)) map[at] = 0.9;
  const spots = candidatesOf(map, { rows: 40, columns }, 0.05, { sites, bladder: new Uint8Array(1600) });
  expect(spots.map(({ score }) => Math.round(score * 10) / 10)).toEqual([0.9, 0.6]);
  for (const { cells, peak } of spots) expect(cells).toContain(peak);
});
