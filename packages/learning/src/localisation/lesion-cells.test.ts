import type { Point } from '@radiolect/findings';
import { expect, test } from 'vitest';
import type { Region } from '../example.ts';
import { lesionCells, placeTargets } from './lesion-cells.ts';

const grid = { rows: 64, columns: 64 };
const box = (x: number, y: number, side: number): Point[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];
const region = (polygon: Point[], changes: Partial<Region> = {}): Region => ({
  site: 'l4',
  nature: 'metastatic',
  uptake: 'increased',
  polygon,
  ...changes,
});

test('cells, rim and cause of outlines; a small lesion lies on a large one', () => {
  const { owner, ignored, lesions } = lesionCells(
    [region(box(11, 11, 2)), region(box(10, 10, 6), { nature: 'degenerative' })],
    grid,
    false,
  );
  expect(lesions.map(({ cells, malignant }) => [cells.length, malignant])).toEqual([
    [36, false],
    [4, true],
  ]);
  expect(owner[11 * 64 + 11]).toBe(2);
  expect(owner[15 * 64 + 15]).toBe(1);
  expect(ignored[9 * 64 + 12]).toBe(1);
  expect(ignored[9 * 64 + 9]).toBe(0);
  expect(ignored[11 * 64 + 11]).toBe(0);
});

test('cold outlines are not asked for; unnamed causes neither; a mirrored study has mirrored cells', () => {
  const cold = lesionCells([region(box(10, 10, 3), { uptake: 'decreased' })], grid, false);
  expect(cold.lesions).toEqual([]);
  expect(cold.ignored[11 * 64 + 11]).toBe(1);
  expect(
    lesionCells([region(box(1, 1, 3), { nature: 'unspecified' })], grid, false).lesions[0]!.malignant,
  ).toBeUndefined();
  expect(lesionCells([region(box(10, 20, 2))], grid, true).owner[20 * 64 + 53]).toBe(1);
  expect(lesionCells([region(box(10.6, 20.6, 0.2))], grid, false).lesions[0]!.cells).toEqual([20 * 64 + 10]);
});

test('targets lie in the order of the network’s mask, small lesions count more', () => {
  const lesions = lesionCells(
    [region(box(17, 18, 1)), region(box(30, 30, 16), { nature: 'degenerative' })],
    grid,
    false,
  );
  const target = {
    lesion: new Float32Array(2 * 1024),
    none: new Float32Array(2 * 1024),
    malignant: new Float32Array(2 * 64),
    benign: new Float32Array(2 * 64),
  };
  placeTargets(lesions, { view: 0, row: 16, column: 16 }, grid, { lesion: 2, malignant: 1 }, target, 1);
  // Cell (2, 1) of the place: patch 0, its cell 2 · 4 + 1.
  expect(target.lesion[1024 + 9]).toBe(6);
  expect(target.none[1024 + 9]).toBe(0);
  expect(target.none[1024 + 8]).toBe(0); // rim
  expect(target.none[1024 + 11]).toBe(1);
  // Cell (20, 20) of the place: patch (5, 5), its first cell.
  expect(target.lesion[1024 + (5 * 8 + 5) * 16]).toBeCloseTo(2 * Math.sqrt(60 / 256));
  expect([...target.malignant].flatMap((one, at) => (one > 0 ? [at] : []))).toEqual([64]);
  expect(target.benign[64 + 5 * 8 + 5]).toBe(1);
  expect(target.lesion.subarray(0, 1024).every((weight) => weight === 0)).toBe(true);
});
