import { views } from '@radiolect/findings';
import type { Random } from '../random.ts';
import { normal, randomStream } from '../random.ts';
import type { AugmentationSettings } from '../recipe.ts';
import { exportPicture } from './exported-picture.ts';
import type { ModelInput } from './model-input.ts';
import type { ReadingGrid } from './reading-grid.ts';

const noiseLength = 1 << 18;

/** Normal numbers made once a run: drawing a hundred thousand for every picture would cost more than training on it. */
export function noiseTable(): Float32Array {
  const random = randomStream(0x6e6f6973);
  return Float32Array.from({ length: noiseLength }, () => normal(random));
}

/** How studies are changed at random while training. */
export interface Augmentation {
  readonly settings: AugmentationSettings;
  readonly noise: Float32Array;
  readonly random: Random;
}

/** How one study is shown in one step. */
export interface Showing {
  readonly mirrored: boolean;
}

/**
 * Writes one study into its row of a batch: `images` (2 · cells) and `seen` (2). A view that is missing, or that is
 * left out here, is zeros. With `change` the study is shown changed at random; without, as it is.
 */
export function show(
  input: ModelInput,
  grid: ReadingGrid,
  images: Float32Array,
  seen: Float32Array,
  change?: Augmentation,
): Showing {
  const cells = grid.rows * grid.columns;
  const mirrored = change !== undefined && change.random() < change.settings.mirror;
  const both = input.anterior !== undefined && input.posterior !== undefined;
  const drops = change !== undefined && both && change.random() < change.settings.viewDropout;
  const dropped = drops ? Math.floor(change.random() * 2) : -1;
  const exports = change?.settings.exports ?? 0;
  const exported = change !== undefined && exports > 0 && change.random() < exports;
  views.forEach((view, v) => {
    const one = input[view];
    const target = images.subarray(v * cells, (v + 1) * cells);
    if (!one || v === dropped) {
      target.fill(0);
      seen[v] = 0;
      return;
    }
    seen[v] = 1;
    if (!change) {
      target.set(one.values);
      return;
    }
    const { settings, random, noise } = change;
    const symmetric = (reach: number): number => (2 * random() - 1) * reach;
    const down = Math.round(symmetric(settings.shift));
    const across = Math.round(symmetric(settings.shift));
    const gain = Math.exp(symmetric(settings.gain));
    const kept = 1 - random() * (1 - settings.thinning);
    // Thinning n counts to a share k leaves k n with variance k (1 − k) n beside the noise already there.
    const spread = Math.sqrt((1 - kept) / kept / one.countsPerUnit);
    let at = Math.floor(random() * noiseLength);
    for (let row = 0; row < grid.rows; row++) {
      const from = Math.min(Math.max(row + down, 0), grid.rows - 1) * grid.columns;
      for (let column = 0; column < grid.columns; column++) {
        const shifted = Math.min(Math.max(column + across, 0), grid.columns - 1);
        const value = one.values[from + (mirrored ? grid.columns - 1 - shifted : shifted)]!;
        const thinned = value + spread * Math.sqrt(value) * noise[at]!;
        at = (at + 1) & (noiseLength - 1);
        target[row * grid.columns + column] = thinned > 0 ? thinned * gain : 0;
      }
    }
    if (exported) exportPicture(target, grid, random);
  });
  return { mirrored };
}
