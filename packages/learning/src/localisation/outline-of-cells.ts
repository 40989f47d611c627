import type { Point } from '@radiolect/findings';
import { polygonArea } from '@radiolect/findings';

/**
 * The outer outline of connected cells (row · columns + column), in cells, corners at integers, clockwise as seen with
 * rows downwards. Holes are filled. Throws RangeError without a cell.
 */
export function outlineOfCells(cells: Iterable<number>, columns: number): Point[] {
  const inside = new Set(cells);
  if (inside.size === 0) throw new RangeError('no cell has no outline');
  // One step for every side that a cell shares with the outside, from corner to corner, the inside on its right.
  const steps = new Map<number, number[]>();
  const wide = columns + 1;
  const step = (from: number, to: number): void => {
    const known = steps.get(from);
    if (known) known.push(to);
    else steps.set(from, [to]);
  };
  for (const cell of inside) {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const corner = row * wide + column;
    if (!inside.has(cell - columns)) step(corner, corner + 1);
    if (column === columns - 1 || !inside.has(cell + 1)) step(corner + 1, corner + wide + 1);
    if (!inside.has(cell + columns)) step(corner + wide + 1, corner + wide);
    if (column === 0 || !inside.has(cell - 1)) step(corner + wide, corner);
  }
  const loops: Point[][] = [];
  for (const first of [...steps.keys()])
    while (steps.get(first)?.length) {
      const corners: number[] = [];
      for (let at = first, next = steps.get(at)?.pop(); next !== undefined; at = next, next = steps.get(at)?.pop())
        corners.push(at);
      loops.push(corners.map((corner): Point => [corner % wide, Math.floor(corner / wide)]).filter(isCorner));
    }
  return loops.reduce((largest, loop) => (polygonArea(loop) > polygonArea(largest) ? loop : largest));
}

/** Leaves out points on a straight line. */
function isCorner(point: Point, index: number, all: readonly Point[]): boolean {
  const before = all[(index + all.length - 1) % all.length]!;
  const after = all[(index + 1) % all.length]!;
  return (point[0] - before[0]) * (after[1] - point[1]) !== (point[1] - before[1]) * (after[0] - point[0]);
}
