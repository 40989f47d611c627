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
  const across = neighbours(columns, window.left, window.columns);
  const down = neighbours(rows, window.top, window.rows);
  for (let row = 0; row < rows; row++) {
    const upper = down.first[row]! * columns;
    const lower = down.second[row]! * columns;
    const [above, below] = [down.firstShare[row]!, down.secondShare[row]!];
    for (let column = 0; column < columns; column++) {
      const left = across.first[column]!;
      const right = across.second[column]!;
      const leftShare = across.firstShare[column]!;
      const rightShare = across.secondShare[column]!;
      into[row * columns + (mirrored ? columns - 1 - column : column)] =
        above * (leftShare * from[upper + left]! + rightShare * from[upper + right]!) +
        below * (leftShare * from[lower + left]! + rightShare * from[lower + right]!);
    }
  }
}

interface Neighbours {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly firstShare: Float64Array;
  readonly secondShare: Float64Array;
}

/** For each of `count` places along a side, the two pixels that it lies between; shares of those outside are 0. */
function neighbours(count: number, start: number, length: number): Neighbours {
  const found: Neighbours = {
    first: new Int32Array(count),
    second: new Int32Array(count),
    firstShare: new Float64Array(count),
    secondShare: new Float64Array(count),
  };
  for (let index = 0; index < count; index++) {
    const at = start + ((index + 0.5) / count) * length - 0.5;
    const below = Math.floor(at);
    if (below >= 0 && below < count) {
      found.first[index] = below;
      found.firstShare[index] = 1 - (at - below);
    }
    if (below + 1 >= 0 && below + 1 < count) {
      found.second[index] = below + 1;
      found.secondShare[index] = at - below;
    }
  }
  return found;
}
