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

// What lies nearer to one camera: the strip in question and the strip that it is compared with. The pelvis and
// the lumbar spine are left out: bladder and kidneys lie over them in one patient and beside them in the next.
const comparedStrips: readonly (readonly [Strip, Strip])[] = [
  // Sternum, or thoracic spine, over the ribs beside it: stronger in front.
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
 * Logarithms of counts of a strip over those of its neighbour, for strips of the body that look different from in front
 * and from behind. Undefined for a picture without a body.
 */
export function bodyRatios(image: GreyImage): number[] | undefined {
  const box = bodyBox(image);
  if (!box) return undefined;
  const { rows, columns, pixels } = image;
  let total = 0;
  for (let index = 0; index < rows * columns; index++) total += Math.max(0, pixels[index]!);
  const floor = (total / (rows * columns)) * 0.05;
  return comparedStrips.map((strips) => middleRatio(image, box, strips, floor));
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

/** The middle value over the rows of a strip, so that a lesion on some rows does not decide. */
function middleRatio(image: GreyImage, box: BodyBox, [strip, beside]: readonly [Strip, Strip], floor: number): number {
  const count = Math.max(1, Math.round((strip.rows[1] - strip.rows[0]) * box.height));
  const offset = Math.round((beside.rows[0] - strip.rows[0]) * box.height);
  const logs: number[] = [];
  for (let index = 0; index < count; index++) {
    const row = box.top + Math.round(strip.rows[0] * box.height) + index;
    const own = rowMean(image, box, row, strip.aside);
    logs.push(Math.log((own + floor) / (rowMean(image, box, row + offset, beside.aside) + floor)));
  }
  logs.sort((a, b) => a - b);
  return logs[logs.length >> 1]!;
}

/** Mean counts of one row at some distances from the midline, both sides; neighbouring rows are joined against noise. */
function rowMean(image: GreyImage, { height, middle }: BodyBox, row: number, aside: readonly [number, number]): number {
  let sum = 0;
  let count = 0;
  const nearest = Math.round(aside[0] * height);
  const farthest = Math.round(aside[1] * height);
  for (let near = row - 2; near <= row + 2; near++)
    for (let away = nearest; away <= farthest; away++)
      for (const column of away === 0 ? [middle] : [middle - away, middle + away]) {
        if (near < 0 || near >= image.rows || column < 0 || column >= image.columns) continue;
        sum += Math.max(0, image.pixels[near * image.columns + column]!);
        count++;
      }
  return count === 0 ? 0 : sum / count;
}
