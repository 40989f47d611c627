import type { GreyImage } from '../grey-image.ts';

/** Where the body lies in a whole-body picture, in pixels. */
interface BodyBox {
  readonly top: number;
  readonly height: number;
  /** Column of the midline at the trunk. */
  readonly middle: number;
}

/** A strip of the body: rows from and to, and distances from the midline, as shares of body height. */
interface Strip {
  readonly rows: readonly [number, number];
  readonly aside: readonly [number, number];
}

// What lies nearer to one camera: the strip in question and the strip that it is compared with. The pelvis is left out: a
// full bladder lies before or above the sacrum, as the patient is built, and looks like either.
const comparedStrips: readonly (readonly [Strip, Strip])[] = [
  // Lumbar spine over its flanks: behind.
  [
    { rows: [0.3, 0.39], aside: [0, 0.016] },
    { rows: [0.3, 0.39], aside: [0.03, 0.07] },
  ],
  // Thoracic spine or sternum over the ribs beside it.
  [
    { rows: [0.19, 0.28], aside: [0, 0.016] },
    { rows: [0.19, 0.28], aside: [0.03, 0.07] },
  ],
  // Face over the vault of the skull: in front.
  [
    { rows: [0.07, 0.115], aside: [0, 0.02] },
    { rows: [0.01, 0.05], aside: [0, 0.03] },
  ],
];

/**
 * Logarithms of mean counts of a strip over those of its neighbour, for strips of the body that look different from in
 * front and from behind. Undefined for a picture without a body.
 */
export function bodyRatios(image: GreyImage): number[] | undefined {
  const box = bodyBox(image);
  if (!box) return undefined;
  const floor = stripMean(image, box, { rows: [0.05, 0.95], aside: [0, 0.1] }) * 0.02;
  if (floor <= 0) return undefined;
  return comparedStrips.map(([strip, beside]) =>
    Math.log((stripMean(image, box, strip) + floor) / (stripMean(image, box, beside) + floor)),
  );
}

/** First and last row with counts, and the median column of counts at the trunk. Undefined for an empty picture. */
export function bodyBox(image: GreyImage): BodyBox | undefined {
  const { rows, columns, pixels } = image;
  const sums = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) sums[row]! += Math.max(0, pixels[row * columns + column]!);
  const total = sums.reduce((sum, value) => sum + value, 0);
  if (total === 0) return undefined;
  const floor = (total / rows) * 0.08;
  const top = sums.findIndex((sum) => sum > floor);
  const bottom = sums.findLastIndex((sum) => sum > floor);
  const height = bottom - top + 1;
  if (top < 0 || height < 40) return undefined;
  const perColumn = new Float64Array(columns);
  for (let row = top + Math.round(height * 0.2); row < top + height * 0.4; row++)
    for (let column = 0; column < columns; column++) {
      // The root keeps a hot kidney or leakage from moving the midline.
      perColumn[column]! += Math.sqrt(Math.max(0, pixels[row * columns + column]!));
    }
  const half = perColumn.reduce((sum, value) => sum + value, 0) / 2;
  let sum = 0;
  let middle = 0;
  while (middle < columns - 1 && sum + perColumn[middle]! < half) sum += perColumn[middle++]!;
  return { top, height, middle };
}

function stripMean(image: GreyImage, { top, height, middle }: BodyBox, { rows, aside }: Strip): number {
  let sum = 0;
  let count = 0;
  const nearest = Math.round(aside[0] * height);
  const farthest = Math.round(aside[1] * height);
  for (let row = top + Math.round(rows[0] * height); row < top + rows[1] * height; row++)
    for (let away = nearest; away <= farthest; away++)
      for (const column of away === 0 ? [middle] : [middle - away, middle + away]) {
        if (column < 0 || column >= image.columns || row >= image.rows) continue;
        sum += Math.max(0, image.pixels[row * image.columns + column]!);
        count++;
      }
  return count === 0 ? 0 : sum / count;
}
