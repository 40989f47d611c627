import type { LabelState } from '@radiolect/findings';
import type { PictureExample, PictureSource } from './pictures/picture-source.ts';
import { normal, randomStream } from './random.ts';
import type { ClassifierRecipe } from './recipe.ts';

// For tests. Small noisy pictures in two views, with a bright square in each quarter that is present.

const quarters = ['upper-left', 'upper-right', 'lower-left', 'lower-right'];
const side = 16;

/** Of a tiny vision transformer with three blocks. Batches of 8 in two parts, blocks dropped, rates falling with depth. */
export const pictureRecipe: ClassifierRecipe = {
  kind: 'classifier',
  name: 'drawn-pictures',
  seed: 1,
  backbone: { kind: 'vit', picture: [side, side], channels: 1, patch: 8, width: 16, depth: 3, heads: 2 },
  readout: 'pooled',
  outputs: 'positions',
  labels: { unmentioned: 'masked', uncertain: 0.5 },
  augmentation: { mirror: 0.5, shift: 0, gain: 0, thinning: 1, viewDropout: 0 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 3e-3,
    warmupSteps: 4,
    averaging: 0.9,
  },
  loss: {
    kind: 'asymmetric',
    positiveFocus: 0,
    negativeFocus: 2,
    shift: 0.05,
    positivePower: 0.5,
    largestPositiveWeight: 5,
  },
  finetuning: { kind: 'everything', layerDecay: 0.8 },
  dropPath: 0.3,
  batchSize: 8,
  microBatches: 2,
  epochs: 4,
  patience: 4,
  checkpointEverySteps: 3,
};

function stateOf(present: boolean, chance: number): LabelState {
  if (chance < 0.1) return 'unmentioned';
  if (chance < 0.2) return 'uncertain';
  return present ? 'present' : 'absent';
}

/** So many training cases, half as many for validation, and a few for test. */
export function drawnPictures(count: number, mentioned: 'all' | 'most' = 'most'): PictureSource {
  const drawn = new Map<string, Float32Array>();
  const made = (split: string, cases: number): PictureExample[] =>
    Array.from({ length: cases }, (_, index) => {
      const key = `${split}-${index}`;
      const random = randomStream(7, split.length, index);
      const present = quarters.map(() => random() < 0.4);
      const pixels = Float32Array.from({ length: 2 * side * side }, () => 0.3 * normal(random));
      present.forEach((is, quarter) => {
        if (!is) return;
        const [top, left] = [Math.floor(quarter / 2) * 8 + 2, (quarter % 2) * 8 + 2];
        for (let view = 0; view < 2; view++)
          for (let cell = 0; cell < 16; cell++)
            pixels[view * side * side + (top + (cell >> 2)) * side + left + (cell & 3)]! += 1;
      });
      drawn.set(key, pixels);
      const states = present.map((is) => stateOf(is, mentioned === 'all' ? 1 : random()));
      return { key, patientKey: key, states };
    });
  return {
    outputs: quarters,
    views: 2,
    picture: [side, side],
    mirror: [1, 0, 3, 2],
    examples: { train: made('train', count), validation: made('validation', count / 2), test: made('test', 4) },
    dataKey: `drawn ${count} ${mentioned}`,
    async show({ key }, target, seen, random) {
      const mirrored = random !== undefined && random() < 0.5;
      const pixels = drawn.get(key)!;
      target.set(mirrored ? pixels.map((_, at) => pixels[at - 2 * (at % side) + side - 1]!) : pixels);
      seen.fill(1);
      return { mirrored };
    },
  };
}
