import type { Random } from '../random.ts';
import { stretched } from './plane.ts';
import type { GridSize } from './reading-grid.ts';

/** A thumbnail's pixel in cells: 97 columns where the scanner had 256. */
const thumbnailPixel = 256 / 97;

/**
 * Changes a plane of counts as an export does, in place: half of them to a thumbnail's resolution; then to whole grey
 * values, 40 to 255 of them up to the brightest, since one hot spot leaves few to the rest; a third of them with a window
 * that cuts off the brightest. Real exports had 63 to 218 grey values up to their brightest (10th and 90th percentile of 111).
 */
export function exportPicture(plane: Float32Array, size: GridSize, random: Random): void {
  const thumbnail = random() < 1 / 2;
  const greys = Math.round(40 * (255 / 40) ** random());
  const windowed = random() < 1 / 3 ? 0.2 ** random() : 1;
  if (!thumbnail) {
    toGreys(plane, greys, windowed);
    return;
  }
  const small = { rows: Math.round(size.rows / thumbnailPixel), columns: Math.round(size.columns / thumbnailPixel) };
  const values = averaged(plane, size, small);
  toGreys(values, greys, windowed);
  plane.set(stretched({ ...small, values }, size.rows, size.columns).values);
}

function toGreys(pixels: Float32Array, greys: number, windowed: number): void {
  let top = 0;
  for (const value of pixels) top = Math.max(top, value);
  if (top === 0) return;
  const step = (top * windowed) / greys;
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(Math.round(pixels[i]! / step), greys) * step;
}

/** Means over what a pixel of the smaller plane covers, whole cells at its edges. */
function averaged(plane: Float32Array, { rows, columns }: GridSize, small: GridSize): Float32Array {
  const pixels = new Float32Array(small.rows * small.columns);
  for (let r = 0; r < small.rows; r++) {
    const [top, bottom] = [Math.floor((r * rows) / small.rows), Math.ceil(((r + 1) * rows) / small.rows)];
    for (let c = 0; c < small.columns; c++) {
      const left = Math.floor((c * columns) / small.columns);
      const right = Math.ceil(((c + 1) * columns) / small.columns);
      let sum = 0;
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) sum += plane[row * columns + column]!;
      pixels[r * small.columns + c] = sum / ((bottom - top) * (right - left));
    }
  }
  return pixels;
}
