import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClassifierRecipe } from '@radiolect/learning';
import { plainPictures, trainClassifier } from '@radiolect/learning';
import { FolderRun, readLabelledNpz } from '@radiolect/learning/node';
import { expect, test } from 'vitest';
import { figures, gradePictures } from './grade-pictures.ts';
import { writeSquares } from './squares.fixture.ts';

test('figures of one output: by hand', () => {
  const probabilities = [[0.9], [0.8], [0.4], [0.3]];
  const truth = [[true], [false], [true], [false]];
  const { n, positives, auroc, accuracy, sensitivity, specificity } = figures(probabilities, truth, [0.5], false);
  expect([n, positives]).toEqual([4, [2]]);
  expect(auroc.value).toBe(0.75);
  expect(accuracy.value).toBe(0.5);
  expect([sensitivity?.value, specificity?.value]).toEqual([0.5, 0.5]);
  expect(auroc.low).toBeLessThan(auroc.value);
});

test('of several classes the most probable one counts, whatever the thresholds', () => {
  const probabilities = [
    [0.2, 0.3, 0.1],
    [0.9, 0.8, 0.7],
    [0.1, 0.1, 0.4],
  ];
  const truth = [
    [false, true, false],
    [false, true, false],
    [false, false, true],
  ];
  const { accuracy, sensitivity } = figures(probabilities, truth, [0.5, 0.5, 0.5], true);
  expect(accuracy.value).toBeCloseTo(2 / 3);
  expect(sensitivity).toBeUndefined();
});

const recipe: ClassifierRecipe = {
  kind: 'classifier',
  name: 'squares',
  seed: 1,
  backbone: { kind: 'pixels', picture: [8, 8], channels: 1 },
  readout: 'pooled',
  outputs: 'abnormal',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  augmentation: { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    weightDecay: 0.01,
    clipNorm: 10,
    learningRate: 0.03,
    warmupSteps: 5,
    averaging: 0.9,
  },
  loss: { positivePower: 0, largestPositiveWeight: 1 },
  batchSize: 20,
  epochs: 10,
  patience: 10,
  checkpointEverySteps: 100,
};

test('a model trained on a file reads its test pictures; two models in a folder read as one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'radiolect-pictures-'));
  const file = join(folder, 'squares.npz');
  await writeSquares(file, { train: 200, val: 60, test: 60 });
  const data = await readLabelledNpz(file, ['train', 'validation']);
  for (const seed of [1, 2]) {
    const source = plainPictures(data, [8, 8], recipe.augmentation);
    await mkdir(join(folder, 'models'), { recursive: true });
    const run = new FolderRun(join(folder, 'models', `seed-${seed}`));
    await trainClassifier({ ...recipe, seed }, source, run, { now: () => 0, threads: 1 });
  }
  const one = await gradePictures(file, [join(folder, 'models/seed-1')]);
  expect(one).toMatchObject({ n: 60, split: 'test' });
  // A bright square in noise, on one of two sides: a linear model finds it.
  expect(one.auroc.value).toBeGreaterThan(0.9);
  expect(one.auroc.low).toBeGreaterThan(0.7);
  expect(one.accuracy.value).toBeGreaterThan(0.75);
  const both = await gradePictures(file, [join(folder, 'models')], { split: 'validation' });
  expect(both).toMatchObject({ n: 60, split: 'validation' });
  expect(both.models).toHaveLength(2);

  await expect(gradePictures(file, [folder])).rejects.toThrow(/model\.onnx/);
  await writeSquares(file, { val: 10 });
  await expect(gradePictures(file, [join(folder, 'models')], { split: 'test' })).rejects.toThrow(/no test_images/);
  await rm(folder, { recursive: true });
}, 60_000);
