import type { GreyImage } from '@radiolect/dicom';
import { identityWarp, innerPoint, natures, siteOutline, views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Example } from './example.ts';
import { noiseTable } from './input/augmentation.ts';
import { MemoryInputCache } from './input/input-cache.ts';
import type { StudyViews } from './input/model-input.ts';
import { modelInput } from './input/model-input.ts';
import { readingGrid } from './input/reading-grid.ts';
import { randomStream } from './random.ts';
import type { SiteReaderRecipe } from './recipe.ts';
import type { TrainingContext } from './train.ts';

// For tests. Drawn studies: an even body with noise, and a bright spot in both views at every site that is present.

export const recipe: SiteReaderRecipe = {
  kind: 'site-reader',
  name: 'drawn',
  seed: 1,
  pack: 'bone-scan',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  windows: { rows: 256, columns: 64, side: 8, reach: 6 },
  model: { width: 32, windowBlocks: 1, siteBlocks: 1, heads: 2, readingHeads: 2 },
  augmentation: { mirror: 0.5, shift: 1, gain: 0.1, thinning: 0.7, viewDropout: 0.1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 5e-3,
    warmupSteps: 4,
    averaging: 0.9,
  },
  loss: { positivePower: 0.5, largestPositiveWeight: 5, nature: 0.2, naturePower: 0.5, metastasis: 0.2 },
  batchSize: 8,
  epochs: 8,
  patience: 8,
  checkpointEverySteps: 5,
  normalisationStudies: 48,
};

const pack = await readPack('bone-scan');
export const atlas = pack.atlas!;
const { labelSpace } = pack;
export const spotted = ['l4', 'femur-left', 'femur-right', 'calvarium', 'shoulder-left', 'shoulder-right'];
export const warps = { anterior: identityWarp, posterior: identityWarp };
const grid = readingGrid(atlas, recipe.windows.rows, recipe.windows.columns);

const noise = noiseTable();

export function draw(index: number): { readonly pictures: StudyViews; readonly present: ReadonlySet<string> } {
  const random = randomStream(99, index);
  const present = new Set(spotted.filter(() => random() < 0.35));
  const pictures: Partial<Record<(typeof views)[number], GreyImage>> = {};
  for (const view of views) {
    const from = Math.floor(random() * noise.length);
    const pixels = Float32Array.from({ length: 1024 * 256 }, (_, i) => 20 + 4 * noise[(from + i) % noise.length]!);
    for (const site of present) {
      const [x, y] = innerPoint(siteOutline(atlas, view, site)[0]!);
      for (let dy = -6; dy <= 6; dy++)
        for (let dx = -6; dx <= 6; dx++)
          if (Math.hypot(dx, dy) <= 6) pixels[Math.round(y + dy) * 256 + Math.round(x + dx)]! += 60;
    }
    pictures[view] = { rows: 1024, columns: 256, pixels };
  }
  return { pictures, present };
}

function example(index: number, present: ReadonlySet<string>): Example {
  return {
    studyKey: `study-${String(index).padStart(3, '0')}`,
    patientKey: `patient-${index}`,
    labels: {
      labelSpace: { name: labelSpace.name, version: labelSpace.version },
      // Sites that are never drawn stay unmentioned, as in a report that speaks of few sites.
      states: labelSpace.positions.map((id) =>
        present.has(id) ? 'present' : spotted.includes(id) ? 'absent' : 'unmentioned',
      ),
    },
    natures: Object.fromEntries([...present].map((id) => [id, natures[id === 'l4' ? 0 : 2]!])),
    metastasis: present.has('l4') ? 'present' : 'absent',
    views: {},
    split: index % 4 === 0 ? 'validation' : 'train',
  };
}

/** So many labelled studies, and what a run needs to train on them. */
export async function drawnTraining(count: number): Promise<{ examples: Example[]; context: TrainingContext }> {
  const cache = new MemoryInputCache();
  const examples: Example[] = [];
  for (let index = 0; index < count; index++) {
    const { pictures, present } = draw(index);
    const one = example(index, present);
    examples.push(one);
    await cache.put(one.studyKey, modelInput(pictures, warps, grid));
  }
  const inputs: TrainingContext['inputs'] = async ({ studyKey }) => (await cache.get(studyKey))!;
  return { examples, context: { atlas, labelSpace, inputs, now: () => 0, threads: 1 } };
}

export async function* stream(examples: readonly Example[]): AsyncIterable<Example> {
  yield* examples;
}
