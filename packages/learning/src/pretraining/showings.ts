import type { Random } from '../random.ts';
import type { ShowingSettings } from './pretraining-recipe.ts';

/** A part of a picture, in pixels from its outer corner; it may reach beyond. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** A part of a picture to be stretched over all of it: crop, place and scale drawn at random. */
export function drawWindow(
  [rows, columns]: readonly [number, number],
  { scale, crop }: Pick<ShowingSettings, 'scale' | 'crop'>,
  random: Random,
): Window {
  const size = Math.exp((2 * random() - 1) * scale);
  const tall = rows * (1 - random() * (1 - crop));
  const wide = columns * (1 - random() * (1 - crop));
  const [middle, centre] = [(rows - tall) * random() + tall / 2, (columns - wide) * random() + wide / 2];
  return { top: middle - (tall * size) / 2, left: centre - (wide * size) / 2, rows: tall * size, columns: wide * size };
}

/**
 * Writes a window of a picture, stretched to the picture's size and mirrored left to right where asked, bilinear
 * between pixel centres; 0 where the window reaches beyond. `from` and `into` are different arrays of rows × columns.
 */
export function writeWindow(
  from: Float32Array,
  into: Float32Array,
  [rows, columns]: readonly [number, number],
  window: Window,
  mirrored: boolean,
): void {
  for (let row = 0; row < rows; row++) {
    const y = window.top + ((row + 0.5) / rows) * window.rows - 0.5;
    for (let column = 0; column < columns; column++) {
      const x = window.left + ((column + 0.5) / columns) * window.columns - 0.5;
      into[row * columns + (mirrored ? columns - 1 - column : column)] = sample(from, rows, columns, y, x);
    }
  }
}

function sample(from: Float32Array, rows: number, columns: number, y: number, x: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [t, s] = [y - top, x - left];
  const at = (row: number, column: number): number =>
    row >= 0 && row < rows && column >= 0 && column < columns ? from[row * columns + column]! : 0;
  return (
    (at(top, left) * (1 - s) + at(top, left + 1) * s) * (1 - t) +
    (at(top + 1, left) * (1 - s) + at(top + 1, left + 1) * s) * t
  );
}
