import { readSafetensors } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import type { VitSettings } from './backbones/backbone-settings.ts';
import { InvalidBackboneError, UnusableDatasetError } from './errors.ts';
import type { PretrainingRecord } from './pretrain.ts';
import { pretrain } from './pretrain.ts';
import { drawnPictures, drawnStatements, picture } from './pretraining/drawn-pictures.fixture.ts';
import type { ByolRecipe, ImageReportRecipe, MaskedAutoencoderRecipe } from './pretraining/pretraining-recipe.ts';
import type { ClassifierRecipe } from './recipe.ts';
import { trainClassifier } from './training/classifier-task.ts';
import { MemoryRunFolder } from './training/run-folder.ts';

const backbone: VitSettings = {
  kind: 'vit',
  picture,
  channels: 1,
  patch: 4,
  width: 24,
  depth: 2,
  heads: 2,
  pooling: 'mean',
};
const byol: ByolRecipe = {
  kind: 'byol',
  name: 'drawn-byol',
  seed: 1,
  backbone,
  showing: { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0, scale: 0.05, crop: 0.9 },
  probe: { images: 40, bank: 64, neighbours: 8 },
  heads: { projection: 16, hidden: 48, predictor: true },
  viewPairs: 0.5,
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.01,
    clipNorm: 1,
    learningRate: 2e-3,
    warmupSteps: 4,
    averaging: { from: 0.97, to: 1 },
  },
  batchSize: 32,
  epochs: 4,
  patience: 4,
  checkpointEverySteps: 3,
};
const masked: MaskedAutoencoderRecipe = {
  ...byol,
  kind: 'masked-autoencoder',
  name: 'drawn-masked',
  masking: { maskRatio: 0.75, normalisedPatches: false, decoder: { width: 16, depth: 1, heads: 2 } },
};
const imageReport: ImageReportRecipe = {
  ...byol,
  kind: 'image-report',
  name: 'drawn-image-report',
  text: {
    vocabulary: 100,
    statements: 3,
    tokens: 8,
    width: 16,
    depth: 1,
    heads: 2,
    joint: 16,
    temperature: 0.2,
    agreementTemperature: 0.1,
    attentionTemperature: 0.1,
    local: 1,
  },
};
const source = drawnPictures(128, 40);
const cases = new Map(source.examples.train.map((one) => [one.key, one]));
const context = {
  now: () => 0,
  threads: 1,
  statements: async (key: string) => drawnStatements(cases.get(key)!),
};
const read = (run: MemoryRunFolder, name: string): string => new TextDecoder().decode(run.files.get(name));
const record = (run: MemoryRunFolder): PretrainingRecord =>
  JSON.parse(read(run, 'pretraining.json')) as PretrainingRecord;

describe.each([byol, masked, imageReport])('$kind', (recipe) => {
  const run = new MemoryRunFolder();
  test('learns, is not stopped, and leaves the backbone that the probe chose', async () => {
    const outcome = await pretrain(recipe, source, run, context);
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.history.at(-1)!.trainingLoss).toBeLessThan(outcome.history[0]!.trainingLoss);
    const { epochs, choice, choiceInWords } = record(run);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    const best = epochs.slice(1).reduce((known, one) => (one.probe! > known.probe! ? one : known));
    expect(choice!.byProbe.epoch).toBe(best.epoch);
    expect(outcome.bestEpoch).toBe(best.epoch);
    expect(choiceInWords).toContain(`epoch ${best.epoch} by the probe`);
    const { tensors, metadata } = readSafetensors(run.files.get('backbone.safetensors')!);
    expect(metadata).toMatchObject({ recipe: recipe.name, epoch: String(best.epoch) });
    expect([...tensors.keys()].every((name) => name.startsWith('backbone.'))).toBe(true);
    expect(tensors.get('backbone.position')!.data).toEqual(outcome.best.get('backbone.position')!.data);
    expect(read(run, 'pretraining.svg')).toContain(`by probe: epoch ${best.epoch}`);
  });

  test('a run that was stopped goes on to the same backbone and the same table', async () => {
    const stop = new AbortController();
    const resumed = new MemoryRunFolder();
    const first = await pretrain(recipe, source, resumed, {
      ...context,
      signal: stop.signal,
      watcher: {
        onStep({ step }) {
          if (step === 10) stop.abort();
        },
      },
    });
    expect(first.finished).toBe(false);
    await pretrain(recipe, source, resumed, context);
    for (const file of ['pretraining.json', 'backbone.safetensors', 'metrics.jsonl'])
      expect(resumed.files.get(file), file).toEqual(run.files.get(file));
  });

  test('begins with given weights', async () => {
    const { tensors } = readSafetensors(run.files.get('backbone.safetensors')!);
    const pretrained = new Map(
      [...tensors].flatMap(([name, tensor]) => (tensor.dtype === 'float32' ? [[name, tensor] as const] : [])),
    );
    const again = new MemoryRunFolder();
    await pretrain({ ...recipe, epochs: 1 }, source, again, { ...context, pretrained });
    // The untrained network of the second run is the chosen one of the first.
    expect(record(again).epochs[0]!.features).toEqual(record(run).choice!.byProbe.features);
  });
});

test('a classifier begins with what a pretraining left', async () => {
  const run = new MemoryRunFolder();
  await pretrain({ ...byol, epochs: 1 }, source, run, context);
  const { tensors } = readSafetensors(run.files.get('backbone.safetensors')!);
  const pretrained = new Map(
    [...tensors].flatMap(([name, tensor]) => (tensor.dtype === 'float32' ? [[name, tensor] as const] : [])),
  );
  const probe: ClassifierRecipe = {
    kind: 'classifier',
    name: 'drawn-probe',
    seed: 1,
    backbone,
    readout: 'pooled',
    outputs: 'positions',
    labels: { unmentioned: 'masked', uncertain: 'masked' },
    augmentation: byol.showing,
    loss: { positivePower: 0, largestPositiveWeight: 1 },
    finetuning: { kind: 'linear-probe' },
    optimizer: byol.optimizer,
    batchSize: 32,
    epochs: 1,
    patience: 1,
    checkpointEverySteps: 10,
  };
  const { best } = await trainClassifier(probe, source, new MemoryRunFolder(), { ...context, pretrained });
  for (const [name, tensor] of pretrained) expect(best.get(name)!.data, name).toEqual(tensor.data);
  // Every parameter of the classifier but its head came from the pretraining.
  expect([...best.keys()].filter((name) => !pretrained.has(name)).sort()).toEqual(['head.bias', 'head.weight']);
});

test('a run that is made to collapse is stopped and says why; its healthy twin is not', async () => {
  const { optimizer, heads } = byol;
  const healthy: ByolRecipe = { ...byol, optimizer: { ...optimizer, learningRate: 1e-2 }, epochs: 8, patience: 8 };
  const made: ByolRecipe = {
    ...healthy,
    heads: { ...heads, predictor: false },
    optimizer: { ...healthy.optimizer, averaging: 0 },
  };
  expect((await pretrain(healthy, source, new MemoryRunFolder(), context)).stopped).toBeUndefined();
  const run = new MemoryRunFolder();
  const outcome = await pretrain(made, source, run, context);
  expect(outcome.stopped).toMatch(/have collapsed: .* fell from .* before training to/);
  expect(outcome.stopped).toContain('heads.predictor: true');
  expect(outcome.stopped).toContain('optimizer.averaging is 0');
  expect(outcome.history.length).toBeLessThan(8);
  expect(record(run).stopped).toBe(outcome.stopped);
  expect(outcome.bestEpoch).toBeLessThan(outcome.history.length);
});

test('a masked autoencoder of another backbone is refused with the fix', async () => {
  const swin: MaskedAutoencoderRecipe = { ...masked, backbone: { kind: 'swin', picture: [64, 64], channels: 1 } };
  await expect(pretrain(swin, source, new MemoryRunFolder(), context)).rejects.toThrow(InvalidBackboneError);
});

test('images and reports: the vocabulary is kept, and a data set without statements is refused with the fix', async () => {
  const run = new MemoryRunFolder();
  await pretrain({ ...imageReport, epochs: 1 }, source, run, context);
  expect(JSON.parse(read(run, 'vocabulary.json')).tokens).toEqual(expect.arrayContaining(['bright', 'top', '下方']));
  const { now, threads } = context;
  const without = pretrain(imageReport, source, new MemoryRunFolder(), { now, threads });
  await expect(without).rejects.toThrow(UnusableDatasetError);
  const silent = pretrain(imageReport, source, new MemoryRunFolder(), { now, threads, statements: async () => [] });
  await expect(silent).rejects.toThrow('0 of 128 training cases have statements');
});
