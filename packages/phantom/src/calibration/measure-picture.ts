import type { GreyImage } from '@radiolect/dicom';
import type { Point } from '@radiolect/findings';
import { insidePolygon, polygonArea } from '@radiolect/findings';

/** Size of the thumbnails that the real figures were read from. */
export const thumbnailRows = 385;
export const thumbnailColumns = 97;

/** A picture made smaller by area means: (385 × 97) counts per original pixel. */
export function thumbnail({ rows, columns, pixels }: GreyImage): Float32Array {
  const values = new Float32Array(thumbnailRows * thumbnailColumns);
  const weights = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const toRow = Math.floor(((row + 0.5) * thumbnailRows) / rows);
    for (let column = 0; column < columns; column++) {
      const at = toRow * thumbnailColumns + Math.floor(((column + 0.5) * thumbnailColumns) / columns);
      values[at]! += pixels[row * columns + column]!;
      weights[at]! += 1;
    }
  }
  return values.map((value, at) => value / weights[at]!);
}

export interface PictureMeasures {
  /** Shares of the image. */
  readonly height: number;
  readonly width: number;
  readonly margin: number;
  /** Relative to the mean inside the body. */
  readonly brightest: number;
  readonly median: number;
  readonly percentile99: number;
  /** Rows of the thumbnail between which the body lies. */
  readonly top: number;
  readonly bottom: number;
  /** Shares of all counts by twentieths of the body's height. */
  readonly profile: readonly number[];
}

export const percentile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? Number.NaN;

/** Share of the typical soft tissue above which a pixel belongs to the body. */
const bodyShare = 0.33;

/** Measures one picture from its counts alone, as the real ones were. */
export function measurePicture(picture: GreyImage): PictureMeasures {
  const values = thumbnail(picture);
  const smooth = smoothed(values);
  let level = smooth.reduce((sum, value) => sum + value, 0) / smooth.length / 3;
  for (let round = 0; round < 4; round++) {
    const inside = smooth.filter((value) => value > level).sort();
    level = bodyShare * percentile(inside, 0.5);
  }
  const body: number[] = [];
  const rowCounts = new Array<number>(thumbnailRows).fill(0);
  const columnCounts = new Array<number>(thumbnailColumns).fill(0);
  smooth.forEach((value, at) => {
    if (value <= level) return;
    body.push(values[at]!);
    rowCounts[Math.floor(at / thumbnailColumns)]! += 1;
    columnCounts[at % thumbnailColumns]! += 1;
  });
  const top = rowCounts.findIndex((count) => count >= 3);
  const bottom = rowCounts.findLastIndex((count) => count >= 3) + 1;
  const left = columnCounts.findIndex((count) => count >= 4);
  const right = columnCounts.findLastIndex((count) => count >= 4) + 1;
  body.sort((a, b) => a - b);
  const mean = body.reduce((sum, value) => sum + value, 0) / body.length;
  return {
    height: (bottom - top) / thumbnailRows,
    width: (right - left) / thumbnailColumns,
    margin: top / thumbnailRows,
    brightest: values.reduce((max, value) => Math.max(max, value), 0) / mean,
    median: percentile(body, 0.5) / mean,
    percentile99: percentile(body, 0.99) / mean,
    top,
    bottom,
    profile: profileOf(values, top, bottom),
  };
}

function smoothed(values: Float32Array): Float32Array {
  return values.map((_, at) => {
    const row = Math.floor(at / thumbnailColumns);
    const column = at % thumbnailColumns;
    let [sum, n] = [0, 0];
    for (let r = Math.max(0, row - 1); r <= Math.min(thumbnailRows - 1, row + 1); r++)
      for (let c = Math.max(0, column - 1); c <= Math.min(thumbnailColumns - 1, column + 1); c++) {
        sum += values[r * thumbnailColumns + c]!;
        n++;
      }
    return sum / n;
  });
}

function profileOf(values: Float32Array, top: number, bottom: number): number[] {
  const profile = new Array<number>(20).fill(0);
  let total = 0;
  for (let row = top; row < bottom; row++) {
    const band = Math.min(19, Math.floor(((row - top) * 20) / (bottom - top)));
    for (let column = 0; column < thumbnailColumns; column++) {
      const value = values[row * thumbnailColumns + column]!;
      profile[band]! += value;
      total += value;
    }
  }
  return profile.map((value) => value / total);
}

export interface LesionMeasures {
  /** Pixels of the full picture. */
  readonly area: number;
  readonly meanContrast: number;
  readonly peakContrast: number;
  /** Of the lesion's middle, 0 at the top of the body and 1 at its lower end. */
  readonly height: number;
}

/** Measures an outlined lesion against a ring of two thumbnail pixels around it; undefined where it is too small to. */
export function measureLesion(
  picture: GreyImage,
  polygon: readonly Point[],
  body: { readonly top: number; readonly bottom: number },
  values: Float32Array = thumbnail(picture),
): LesionMeasures | undefined {
  const scaleX = thumbnailColumns / picture.columns;
  const scaleY = thumbnailRows / picture.rows;
  const small = polygon.map(([x, y]): Point => [x * scaleX, y * scaleY]);
  const xs = small.map((point) => point[0]);
  const ys = small.map((point) => point[1]);
  const middleY = (Math.min(...ys) + Math.max(...ys)) / 2;
  const middleX = (Math.min(...xs) + Math.max(...xs)) / 2;
  const inside = new Set<number>();
  for (let row = Math.floor(Math.min(...ys)); row <= Math.max(...ys); row++)
    for (let column = Math.floor(Math.min(...xs)); column <= Math.max(...xs); column++)
      if (insidePolygon(small, [column + 0.5, row + 0.5])) inside.add(row * thumbnailColumns + column);
  if (inside.size === 0) inside.add(Math.floor(middleY) * thumbnailColumns + Math.floor(middleX));
  const ring: number[] = [];
  for (let row = Math.floor(Math.min(...ys)) - 3; row <= Math.max(...ys) + 3; row++)
    for (let column = Math.floor(Math.min(...xs)) - 3; column <= Math.max(...xs) + 3; column++) {
      const at = row * thumbnailColumns + column;
      if (row < 0 || row >= thumbnailRows || column < 0 || column >= thumbnailColumns || inside.has(at)) continue;
      let distance = Number.POSITIVE_INFINITY;
      for (const other of inside)
        distance = Math.min(
          distance,
          Math.hypot(Math.floor(other / thumbnailColumns) - row, (other % thumbnailColumns) - column),
        );
      if (distance > 1.5 && distance <= 3.2) ring.push(values[at]!);
    }
  const within = [...inside].map((at) => values[at] ?? 0);
  const around = ring.reduce((sum, value) => sum + value, 0) / Math.max(1, ring.length);
  if (ring.length === 0 || around <= 0) return undefined;
  return {
    area: polygonArea(polygon),
    meanContrast: within.reduce((sum, value) => sum + value, 0) / within.length / around,
    peakContrast: Math.max(...within) / around,
    height: (middleY - body.top) / (body.bottom - body.top),
  };
}
