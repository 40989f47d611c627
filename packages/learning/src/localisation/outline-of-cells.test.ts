import { fillPolygon, polygonArea } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { outlineOfCells } from './outline-of-cells.ts';

const columns = 20;
const cell = (row: number, column: number): number => row * columns + column;

test('one cell, two cells, an L, by hand', () => {
  expect(outlineOfCells([cell(3, 4)], columns)).toHaveLength(4);
  expect(polygonArea(outlineOfCells([cell(3, 4), cell(3, 5)], columns))).toBe(2);
  const l = outlineOfCells([cell(1, 1), cell(2, 1), cell(2, 2)], columns);
  expect(l).toHaveLength(6);
  expect(polygonArea(l)).toBe(3);
});

test('a ring is filled, and cells that touch at a corner alone give the larger part', () => {
  const ring = [0, 1, 2]
    .flatMap((row) => [0, 1, 2].map((column) => cell(5 + row, 5 + column)))
    .filter((c) => c !== cell(6, 6));
  expect(polygonArea(outlineOfCells(ring, columns))).toBe(9);
  expect(() => outlineOfCells([], columns)).toThrow(RangeError);
});

test('the outline holds just its cells, for any grown spot, at the edges of the plane too', () => {
  const random = randomStream(4);
  for (let round = 0; round < 50; round++) {
    const cells = new Set([cell(Math.floor(random() * 20), Math.floor(random() * columns))]);
    for (let grow = 0; grow < 60; grow++) {
      const from = [...cells][Math.floor(random() * cells.size)]!;
      const [row, column] = [Math.floor(from / columns), from % columns];
      const [r, c] = [
        [row - 1, column],
        [row + 1, column],
        [row, column - 1],
        [row, column + 1],
      ][Math.floor(random() * 4)] as [number, number];
      if (r >= 0 && c >= 0 && r < 20 && c < columns) cells.add(cell(r, c));
    }
    const filled = new Set<number>();
    fillPolygon(outlineOfCells(cells, columns), 20, columns, (row, column) => filled.add(cell(row, column)));
    // Holes are filled: every cell of the spot, and beside them only cells that the spot encloses.
    expect([...cells].every((one) => filled.has(one))).toBe(true);
    expect(filled.size - cells.size).toBe(enclosed(cells));
  }
});

/** Cells that cannot be left without crossing the spot, corners counted as closed. */
function enclosed(cells: ReadonlySet<number>): number {
  const wide = columns + 2;
  const outside = new Set([0]);
  for (const at of outside) {
    const [row, column] = [Math.floor(at / wide), at % wide];
    for (const [r, c] of [
      [row - 1, column],
      [row + 1, column],
      [row, column - 1],
      [row, column + 1],
      [row - 1, column - 1],
      [row - 1, column + 1],
      [row + 1, column - 1],
      [row + 1, column + 1],
    ] as const) {
      if (r < 0 || c < 0 || r > 21 || c > columns + 1) continue;
      const diagonal = r !== row && c !== column;
      if (diagonal && at !== 0 && blocked(cells, row, c) && blocked(cells, r, column)) continue;
      if (!blocked(cells, r, c)) outside.add(r * wide + c);
    }
  }
  return wide * 22 - outside.size - cells.size;
}

const blocked = (cells: ReadonlySet<number>, row: number, column: number): boolean =>
  row >= 1 && column >= 1 && row <= 20 && column <= columns && cells.has(cell(row - 1, column - 1));
