import { floatTensor } from '@radiolect/onnx';
import type { PictureExample, PictureSource } from '../pictures/picture-source.ts';
import type { Random } from '../random.ts';
import type { ShownCases } from './feature-reader.ts';
import type { ShowingSettings } from './pretraining-recipe.ts';
import { drawWindow, writeWindow } from './showings.ts';

/** How cases are changed as they are shown. */
export interface Change {
  readonly showing: ShowingSettings;
  readonly random: Random;
}

/** Cases as they are, or changed at random, mirrored or not one by one. (B, V, rows, columns) */
export async function showCases(
  source: PictureSource,
  examples: readonly PictureExample[],
  change?: Change,
): Promise<ShownCases> {
  const { views, picture } = source;
  const size = views * picture[0] * picture[1];
  const images = floatTensor([examples.length, views, ...picture]);
  const seen = floatTensor([examples.length, views]);
  for (const [row, example] of examples.entries()) {
    const target = images.data.subarray(row * size, (row + 1) * size);
    const mirrored = change !== undefined && change.random() < change.showing.mirror;
    await showCase(source, example, target, seen.data.subarray(row * views, (row + 1) * views), change, mirrored);
  }
  return { images, seen };
}

/**
 * Writes one case into `target` (V · rows · columns) and `seen` (V). Changed, its counts are thinned, scaled and
 * shifted by the source, each view is cropped and stretched on its own, and all are mirrored together where asked.
 */
export async function showCase(
  source: PictureSource,
  example: PictureExample,
  target: Float32Array,
  seen: Float32Array,
  change: Change | undefined,
  mirrored: boolean,
): Promise<void> {
  if (!change) {
    await source.show(example, target, seen);
    return;
  }
  const { picture } = source;
  const plain = new Float32Array(target.length);
  await source.show(example, plain, seen, change.random);
  const cells = picture[0] * picture[1];
  for (let view = 0; view < source.views; view++) {
    const from = view * cells;
    const window = drawWindow(picture, change.showing, change.random);
    writeWindow(plain.subarray(from, from + cells), target.subarray(from, from + cells), picture, window, mirrored);
  }
}

/**
 * What the source of a pretraining is told of augmentation: mirroring is left to {@link showCase}, which mirrors both
 * showings of a pair or none, and no view is left out, since pairs are made of them.
 */
export const sourceAugmentation = ({ shift, gain, thinning }: ShowingSettings) => ({
  mirror: 0,
  shift,
  gain,
  thinning,
  viewDropout: 0,
});
