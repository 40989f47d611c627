import type { GreyImage } from '@radiolect/dicom';
import { identityWarp, innerPoint, natures, siteOutline, views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { readSafetensors } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import { ResumeMismatchError, UnusableDatasetError } from './errors.ts';
import type { Example } from './example.ts';
import { MemoryInputCache } from './input/input-cache.ts';
import type { StudyViews } from './input/model-input.ts';
import { modelInput } from './input/model-input.ts';
import { readingGrid } from './input/reading-grid.ts';
import { loadModel } from './loaded-model.ts';
import type { ModelFiles } from './model-files.ts';
import { normal, randomStream } from './random.ts';
import type { Recipe } from './recipe.ts';
import type { TrainingContext } from './train.ts';
import { learningRateAt, trainModel } from './train.ts';
import { MemoryRunFolder } from './training/run-folder.ts';

// Drawn studies: an even body with noise, and a bright spot in both views at every site that is present.

const recipe: Recipe = {
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

const { atlas, labelSpace } = await readPack('bone-scan').then((pack) => ({
  atlas: pack.atlas!,
  labelSpace: pack.labelSpace,
}));
const spotted = ['l4', 'femur-left', 'femur-right', 'calvarium', 'shoulder-left', 'shoulder-right'];
const warps = { anterior: identityWarp, posterior: identityWarp };
const grid = readingGrid(atlas, recipe.windows.rows, recipe.windows.columns);

function draw(index: number): { readonly pictures: StudyViews; readonly present: ReadonlySet<string> } {
  const random = randomStream(99, index);
  const present = new Set(spotted.filter(() => random() < 0.35));
  const pictures: Partial<Record<(typeof views)[number], GreyImage>> = {};
  for (const view of views) {
    const pixels = Float32Array.from({ length: 1024 * 256 }, () => Math.max(20 + 4 * normal(random), 0));
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

const cache = new MemoryInputCache();
const examples: Example[] = [];
for (let index = 0; index < 64; index++) {
  const { pictures, present } = draw(index);
  const one = example(index, present);
  examples.push(one);
  await cache.put(one.studyKey, modelInput(pictures, warps, grid));
}
const context: TrainingContext = {
  atlas,
  labelSpace,
  inputs: async ({ studyKey }) => (await cache.get(studyKey))!,
  now: () => 0,
  threads: 1,
};
async function* stream(list: readonly Example[] = examples): AsyncIterable<Example> {
  yield* list;
}

describe('a run', () => {
  const run = new MemoryRunFolder();
  test('learns, and leaves what a model needs', async () => {
    const seen: number[] = [];
    const result = await trainModel(recipe, stream(), run, { ...context, onProgress: (p) => seen.push(p.step) });
    expect(result.finished).toBe(true);
    expect(result.history[result.bestEpoch - 1]!.validationAuroc).toBeGreaterThan(0.8);
    expect(result.history.at(-1)!.trainingLoss).toBeLessThan(result.history[0]!.trainingLoss * 0.7);
    expect(seen.at(-1)).toBe(6 * recipe.epochs);
    expect([...run.files.keys()].sort()).toEqual([
      'checkpoint.safetensors',
      'curves.svg',
      'manifest.json',
      'metrics.jsonl',
      'model.onnx',
      'operating-points.json',
    ]);
  }, 120_000);

  test('reads a new study: probabilities, and a map that peaks at the spot', async () => {
    const files = Object.fromEntries(run.files) as unknown as ModelFiles;
    const model = await loadModel(files, { atlas, name: 'drawn', threads: 1 });
    let agree = 0;
    let near = 0;
    let hits = 0;
    for (let index = 100; index < 112; index++) {
      const { pictures, present } = draw(index);
      const prediction = await model.predict(pictures, warps);
      for (const site of spotted) if (prediction.presence[site]! > 0.4 === present.has(site)) agree += 1;
      for (const site of present) {
        const map = (await model.heatMap(pictures, site, warps)).posterior!;
        const peak = map.reduce((best, value, at) => (value > map[best]! ? at : best), 0);
        const [x, y] = innerPoint(siteOutline(atlas, 'posterior', site)[0]!);
        hits += 1;
        if (Math.hypot((peak % 256) - x, Math.floor(peak / 256) - y) < 18) near += 1;
      }
    }
    expect(agree / (12 * spotted.length)).toBeGreaterThan(0.75);
    expect(near / hits).toBeGreaterThan(0.6);
    const one = draw(120).pictures;
    const alone = await model.predict({ anterior: one.anterior! }, { anterior: identityWarp });
    expect(Object.values(alone.presence).every((p) => p > 0 && p < 1)).toBe(true);
    expect(Object.values(alone.nature.l4!).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    await model.dispose();
  }, 120_000);

  test('refuses a checkpoint of other settings', async () => {
    await expect(trainModel({ ...recipe, seed: 2 }, stream(), run, context)).rejects.toThrow(ResumeMismatchError);
  });
});

test('a run that is stopped and resumed ends in the same state as an unbroken one', async () => {
  const short = { ...recipe, epochs: 2 };
  const whole = new MemoryRunFolder();
  await trainModel(short, stream(), whole, context);
  const broken = new MemoryRunFolder();
  // Stopped in the middle of an epoch, after the checkpoint of step 5 was overtaken by step 8.
  const stop = new AbortController();
  const first = await trainModel(short, stream(), broken, {
    ...context,
    signal: stop.signal,
    onProgress: ({ step }) => {
      if (step === 8) stop.abort();
    },
  });
  expect(first.finished).toBe(false);
  await trainModel(short, stream(), broken, context);
  // And killed: only what the last checkpoint held is left.
  const killed = new MemoryRunFolder();
  let copy: Uint8Array | undefined;
  await trainModel(short, stream(), killed, {
    ...context,
    onProgress: ({ step }) => {
      if (step === 7) copy = killed.files.get('checkpoint.safetensors');
    },
  });
  const revived = new MemoryRunFolder();
  await revived.write('checkpoint.safetensors', copy!);
  await trainModel(short, stream(), revived, context);
  const parameters = (folder: MemoryRunFolder): unknown =>
    readSafetensors(folder.files.get('checkpoint.safetensors')!).tensors;
  expect(parameters(broken)).toEqual(parameters(whole));
  expect(parameters(revived)).toEqual(parameters(whole));
  expect(new TextDecoder().decode(revived.files.get('metrics.jsonl'))).toBe(
    new TextDecoder().decode(whole.files.get('metrics.jsonl')),
  );
}, 120_000);

test('a data set without validation studies is refused with the fix', async () => {
  const training = examples.filter(({ split }) => split === 'train');
  await expect(trainModel(recipe, stream(training), new MemoryRunFolder(), context)).rejects.toThrow(
    UnusableDatasetError,
  );
});

test('the learning rate warms up and falls', () => {
  const rates = [0, 1, 3, 4, 27, 50].map((step) => learningRateAt(step, 50, recipe));
  expect(rates[0]).toBeCloseTo(5e-3 / 4);
  expect(rates[2]).toBeCloseTo(5e-3);
  expect(rates[3]).toBeCloseTo(5e-3);
  expect(rates[4]).toBeCloseTo(5e-3 * 0.505, 4);
  expect(rates[5]).toBeCloseTo(5e-5, 5);
});
