import { type GreyImage, greyImage } from '../grey-image.ts';
import { innerOf } from './even-frame.ts';

/** A rectangle of a picture. */
export interface Part {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** Height over width above which a picture is surely one view: one is about 4 as acquired, two side by side about 2. */
const slenderest = 2.6;

/**
 * The views in one exported picture: one part, or two side by side (left first) or two stacked (upper first). Two views
 * are told by the shape (less than 2.6 times as high as wide) and by an empty column near the middle with a third or more of
 * the counts on each side; two stacked by twice that shape and an empty row instead.
 */
export function splitViews(image: GreyImage): Part[] {
  const { rows, columns } = image;
  const whole = { top: 0, left: 0, rows, columns };
  const ratio = rows / columns;
  if (ratio < slenderest) {
    const gap = emptyMiddle(profile(image, 'columns'));
    if (gap !== undefined && ratio >= 0.8)
      return [
        { top: 0, left: 0, rows, columns: gap },
        { top: 0, left: gap, rows, columns: columns - gap },
      ];
    return [withoutSides(image) ?? whole];
  }
  if (ratio / 2 >= slenderest) {
    const gap = emptyMiddle(profile(image, 'rows'));
    if (gap !== undefined)
      return [
        { top: 0, left: 0, rows: gap, columns },
        { top: gap, left: 0, rows: rows - gap, columns },
      ];
  }
  return [whole];
}

/** Height over width from which one picture is of a whole body. */
const wholeBody = 1.5;
/** Width over height that is kept beside a body: no less than a scan as acquired has. */
const usualWidth = 0.25;

/** One body that was padded at its sides to a square or wider, without the padding; undefined where it was not. */
function withoutSides(image: GreyImage): Part | undefined {
  const { rows, columns } = image;
  if (rows / columns >= wholeBody) return undefined;
  const { left, right } = innerOf(image);
  const width = Math.min(columns, Math.max(right - left, Math.round(usualWidth * rows)));
  if (rows / width < wholeBody) return undefined;
  const from = Math.min(Math.max(Math.round((left + right - width) / 2), 0), columns - width);
  return { top: 0, left: from, rows, columns: width };
}

/** Sums of all columns (or rows). */
function profile(image: GreyImage, along: 'rows' | 'columns'): Float64Array {
  const { rows, columns, pixels } = image;
  const sums = new Float64Array(along === 'columns' ? columns : rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      sums[along === 'columns' ? column : row]! += pixels[row * columns + column]!;
  return sums;
}

/** The middle of the widest empty stretch within the middle third, or undefined when there is none. */
function emptyMiddle(sums: Float64Array): number | undefined {
  const sorted = Float64Array.from(sums).sort();
  const background = sorted[Math.floor(sorted.length * 0.02)]!;
  const busy = sorted[Math.floor(sorted.length * 0.75)]! - background;
  if (busy <= 0) return undefined;
  const empty = (at: number): boolean => sums[at]! - background < 0.06 * busy;
  const from = Math.floor(sums.length / 3);
  const to = Math.ceil((sums.length * 2) / 3);
  let best: [number, number] | undefined;
  for (let at = from; at < to; at++) {
    if (!empty(at)) continue;
    let end = at;
    while (end < to && empty(end)) end++;
    if (!best || end - at > best[1] - best[0]) best = [at, end];
    at = end;
  }
  if (!best) return undefined;
  // Exports put views of equal width beside each other: the very middle, where it is empty.
  const middle = sums.length >> 1;
  const gap = best[0] <= middle && middle <= best[1] ? middle : Math.round((best[0] + best[1]) / 2);
  const share = sum(sums, 0, gap, background) / Math.max(1e-9, sum(sums, 0, sums.length, background));
  return share > 0.3 && share < 0.7 ? gap : undefined;
}

const sum = (values: Float64Array, from: number, to: number, background: number): number => {
  let total = 0;
  for (let at = from; at < to; at++) total += values[at]! - background;
  return total;
};

/** A rectangle of a picture as a picture of its own; the picture itself when the rectangle is all of it. */
export function cropped(image: GreyImage, part: Part): GreyImage {
  if (part.rows === image.rows && part.columns === image.columns) return image;
  const pixels = image.pixels.slice(0, part.rows * part.columns);
  for (let row = 0; row < part.rows; row++) {
    const start = (part.top + row) * image.columns + part.left;
    pixels.set(image.pixels.subarray(start, start + part.columns), row * part.columns);
  }
  return greyImage(part.rows, part.columns, pixels, image.pixelSpacing);
}
