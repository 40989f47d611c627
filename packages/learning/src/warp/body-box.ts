import type { Plane } from '../input/plane.ts';
import { blur } from '../input/plane.ts';

/** Where the body lies in a picture, in pixels of the picture. */
export interface BodyBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Share of the body's median count below which a smoothed pixel counts as outside. */
const bodyThreshold = 0.3;

/**
 * The box of the body by its counts: smoothed, thresholded, the outermost rows and columns that hold enough of the
 * body. Undefined where the picture holds no body at all (blank, even noise).
 */
export function bodyBox(picture: Plane): BodyBox | undefined {
  const { rows, columns } = picture;
  const scale = columns / 256;
  const smooth = blur({ rows, columns, values: Float32Array.from(picture.values) }, 3 * scale);
  const { values } = smooth;
  const sorted = Float32Array.from(values).sort();
  const top = sorted[Math.floor(0.99 * (sorted.length - 1))]!;
  const floor = sorted[Math.floor(0.02 * (sorted.length - 1))]!;
  const lit = sorted.filter((value) => value > floor + 0.05 * (top - floor));
  const threshold = floor + bodyThreshold * (lit[Math.floor(lit.length / 2)]! - floor);
  if (!(threshold > floor)) return undefined;
  const rowCounts = new Float64Array(rows);
  const columnCounts = new Float64Array(columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (values[row * columns + column]! > threshold) {
        rowCounts[row]!++;
        columnCounts[column]!++;
      }
  // A stray spot of leakage is narrow; a head or a pair of feet is wider than 12 pixels of 256.
  const [first, last] = outermost(rowCounts, 12 * scale);
  const [left, right] = outermost(columnCounts, 30 * scale);
  return first < 0 || left < 0 ? undefined : { left, right: right + 1, top: first, bottom: last + 1 };
}

function outermost(counts: Float64Array, least: number): [first: number, last: number] {
  return [counts.findIndex((count) => count >= least), counts.findLastIndex((count) => count >= least)];
}

/** Rows of the body, as shares of its height from the head, in which the trunk lies whatever became of the arms. */
const trunk = { from: 0.12, to: 0.45 } as const;

/** The column of the trunk's middle, by the centre of brightness of each of its rows. */
export function trunkMiddle({ columns, values }: Plane, { top, bottom }: BodyBox): number {
  const middles: number[] = [];
  const rowOf = (share: number): number => Math.round(top + share * (bottom - top));
  for (let row = rowOf(trunk.from); row < rowOf(trunk.to); row++) {
    let sum = 0;
    let weighed = 0;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      sum += value;
      weighed += value * (column + 0.5);
    }
    if (sum > 0) middles.push(weighed / sum);
  }
  middles.sort((a, b) => a - b);
  return middles[middles.length >> 1] ?? columns / 2;
}
