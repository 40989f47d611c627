import type { Box } from './viewport.ts';

/**
 * Windowing of planar counts. A bone scan windowed by its maximum shows a bladder and no bones, so the opening window
 * is set by what is inside the body.
 */

/** Counts of one view, row-major, `counts[row * columns + column]`; `pixelSpacing` is [between rows, between columns] in mm. */
export interface CountPicture {
  readonly columns: number;
  readonly rows: number;
  readonly counts: Uint16Array;
  readonly pixelSpacing: readonly [number, number];
}

/** Counts at or below `lower` are shown as empty, at or above `upper` as full. */
export interface CountWindow {
  readonly lower: number;
  readonly upper: number;
}

const smoothing = 4;
const shareOfMean = 0.3;

/**
 * The body is where the mean over 9 × 9 pixels reaches 0.3 of the picture's mean: air holds next to nothing, while
 * soft tissue lies near the picture's mean even with a full bladder in view.
 */
export function bodyMask(picture: CountPicture): Uint8Array {
  const { columns, rows, counts } = picture;
  const stride = columns + 1;
  const sums = new Float64Array(stride * (rows + 1));
  for (let row = 0; row < rows; row++) {
    let rowSum = 0;
    for (let column = 0; column < columns; column++) {
      rowSum += counts[row * columns + column]!;
      sums[(row + 1) * stride + column + 1] = sums[row * stride + column + 1]! + rowSum;
    }
  }
  const threshold = (shareOfMean * sums[sums.length - 1]!) / (columns * rows);
  const mask = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = Math.max(0, row - smoothing);
    const bottom = Math.min(rows, row + smoothing + 1);
    for (let column = 0; column < columns; column++) {
      const left = Math.max(0, column - smoothing);
      const right = Math.min(columns, column + smoothing + 1);
      const sum =
        sums[bottom * stride + right]! -
        sums[top * stride + right]! -
        sums[bottom * stride + left]! +
        sums[top * stride + left]!;
      if (sum > threshold * (bottom - top) * (right - left)) mask[row * columns + column] = 1;
    }
  }
  return mask;
}

/** The bounding box of the body in pixels, right and bottom outside; the whole picture where no body is found. */
export function bodyBox(picture: CountPicture): Box {
  const { columns, rows } = picture;
  const mask = bodyMask(picture);
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!mask[row * columns + column]) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = row + 1;
    }
  }
  return right > left ? [left, top, right, bottom] : [0, 0, columns, rows];
}

/**
 * The window that a study opens with: from 0 to the largest of its views' hints (each about 3 times the 95th percentile
 * inside the body), so that both views show the same count alike.
 */
export function openingWindow(hints: readonly { readonly upper: number }[]): CountWindow {
  return { lower: 0, upper: Math.max(1, ...hints.map((hint) => hint.upper)) };
}

/** The window that shows a prior as if its body held as many counts as that of the study it is compared with. */
export function priorWindow(window: CountWindow, studyCounts: number, priorCounts: number): CountWindow {
  const scale = studyCounts > 0 && priorCounts > 0 ? priorCounts / studyCounts : 1;
  return { lower: window.lower * scale, upper: window.upper * scale };
}

/**
 * The upper-threshold slider moves on a logarithmic scale, since the eye judges ratios: 0 is a 20th and 1 is 20 times the
 * opening threshold.
 */
export function upperOfSlider(position: number, opening: number): number {
  return opening * 20 ** (2 * position - 1);
}

/** The inverse of {@link upperOfSlider}. */
export function sliderOfUpper(upper: number, opening: number): number {
  return (Math.log(upper / opening) / Math.log(20) + 1) / 2;
}
