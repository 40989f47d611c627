import { views } from '@radiolect/findings';
import type { Augmentation } from '../input/augmentation.ts';
import { show } from '../input/augmentation.ts';
import type { ModelInput } from '../input/model-input.ts';
import type { Normalisation } from '../input/normalisation.ts';
import { level } from '../input/normalisation.ts';
import type { ReadingGrid } from '../input/reading-grid.ts';

/** One view as places are cut out of it: its plane at full, half and quarter resolution. */
export interface ShownView {
  /** By resolution. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly rows: number;
  readonly columns: number;
  /** Logarithmic counts, in units of the body's typical count. */
  readonly level: Float32Array;
  /** Standard deviations from normal, softly bounded. */
  readonly deviation: Float32Array;
}

/** A study as it is shown in a step, or read: a view that is missing, or left out, is undefined. */
export interface ShownStudy {
  readonly views: readonly (ShownView | undefined)[];
  readonly mirrored: boolean;
}

/** Deviations are squashed towards this many standard deviations: a bladder must not outshout a lesion. */
const deviationBound = 8;

/** Makes the planes of a study, changed at random where `change` is given. Rows and columns must divide by four. */
export function shownStudy(
  input: ModelInput,
  grid: ReadingGrid,
  normal: Normalisation,
  change?: Augmentation,
): ShownStudy {
  const cells = grid.rows * grid.columns;
  const images = new Float32Array(2 * cells);
  const seen = new Float32Array(2);
  const { mirrored } = show(input, grid, images, seen, change);
  return {
    mirrored,
    views: views.map((_, v) => {
      if (!seen[v]) return undefined;
      const levels = images.subarray(v * cells, (v + 1) * cells);
      const deviation = new Float32Array(cells);
      for (let cell = 0; cell < cells; cell++) {
        const at = v * cells + cell;
        levels[cell] = level(levels[cell]!);
        const raw = (levels[cell]! - normal.mean[at]!) * normal.inverseDeviation[at]!;
        deviation[cell] = deviationBound * Math.tanh(raw / deviationBound);
      }
      const full = { rows: grid.rows, columns: grid.columns, level: levels, deviation };
      const half = halved(full);
      return { layers: [full, half, halved(half)] };
    }),
  };
}

function halved(layer: Layer): Layer {
  const [rows, columns] = [layer.rows >> 1, layer.columns >> 1];
  const half = (from: Float32Array): Float32Array => {
    const to = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const at = 2 * row * layer.columns + 2 * column;
        to[row * columns + column] =
          (from[at]! + from[at + 1]! + from[at + layer.columns]! + from[at + layer.columns + 1]!) / 4;
      }
    return to;
  };
  return { rows, columns, level: half(layer.level), deviation: half(layer.deviation) };
}
