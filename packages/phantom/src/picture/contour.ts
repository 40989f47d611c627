import type { Point } from '@radiolect/findings';
import { polygonArea } from '@radiolect/findings';
import type { PicturePatch } from './piece.ts';

/**
 * The largest closed line along which a patch has a value (marching squares, linear between pixel centres), in pixels of
 * the picture; undefined where nothing reaches the level.
 */
export function contour(patch: PicturePatch, level: number): Point[] | undefined {
  const { columns, rows, values } = patch;
  // A frame of zeros closes lines that would leave the patch.
  const value = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= rows || column >= columns ? 0 : values[row * columns + column]!;
  const next = new Map<string, { key: string; point: Point }>();
  const crossing = (row: number, column: number, edge: 0 | 1 | 2 | 3): { key: string; point: Point } => {
    // Edges of a cell: 0 top, 1 right, 2 bottom, 3 left; each has one name from both of its cells.
    const [r0, c0, r1, c1] = (
      [
        [row, column, row, column + 1],
        [row, column + 1, row + 1, column + 1],
        [row + 1, column, row + 1, column + 1],
        [row, column, row + 1, column],
      ] as const
    )[edge];
    const a = value(r0, c0);
    const b = value(r1, c1);
    const t = a === b ? 0.5 : (level - a) / (b - a);
    return {
      key: `${r0},${c0},${r1 - r0}`,
      point: [patch.left + c0 + (c1 - c0) * t + 0.5, patch.top + r0 + (r1 - r0) * t + 0.5],
    };
  };
  for (let row = -1; row < rows; row++)
    for (let column = -1; column < columns; column++) {
      const code =
        (value(row, column) >= level ? 8 : 0) |
        (value(row, column + 1) >= level ? 4 : 0) |
        (value(row + 1, column + 1) >= level ? 2 : 0) |
        (value(row + 1, column) >= level ? 1 : 0);
      for (const [from, to] of segments[code]!) next.set(crossing(row, column, from).key, crossing(row, column, to));
    }
  let best: Point[] | undefined;
  let bestArea = 0;
  while (next.size > 0) {
    const loop: Point[] = [];
    let key: string | undefined = next.keys().next().value;
    while (key !== undefined) {
      const step = next.get(key);
      next.delete(key);
      if (!step) break;
      loop.push(step.point);
      key = step.key;
    }
    const area = polygonArea(loop);
    if (area > bestArea) {
      best = loop;
      bestArea = area;
    }
  }
  return best && thin(best);
}

/** Directed so that the inside lies on one hand; saddles (5, 10) are cut apart. */
const segments: readonly (readonly (readonly [0 | 1 | 2 | 3, 0 | 1 | 2 | 3])[])[] = [
  [],
  [[2, 3]],
  [[1, 2]],
  [[1, 3]],
  [[0, 1]],
  [
    [0, 1],
    [2, 3],
  ],
  [[0, 2]],
  [[0, 3]],
  [[3, 0]],
  [[2, 0]],
  [
    [3, 0],
    [1, 2],
  ],
  [[1, 0]],
  [[3, 1]],
  [[2, 1]],
  [[3, 2]],
  [],
];

/** Drops points that lie within a tenth of a pixel of the line between their neighbours, and rounds to a tenth. */
function thin(loop: readonly Point[]): Point[] {
  const kept: Point[] = [];
  const step = loop.length > 80 ? 3 : loop.length > 24 ? 2 : 1;
  for (let i = 0; i < loop.length; i += step) {
    const [x, y] = loop[i]!;
    kept.push([Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
  }
  return kept;
}
