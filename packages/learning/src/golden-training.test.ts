import { readFileSync } from 'node:fs';
import type {
  FloatTensor,
  NamedTensors,
  OptimizerSettings,
  Tensor,
  TrainingGraph,
  TrainingState,
} from '@radiolect/onnx';
import { floatTensor, Graph, intTensor, readSafetensors, TrainingSession } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import type { BackboneSettings, VitSettings } from './backbones/backbone-settings.ts';
import { createBackbone } from './backbones/create-backbone.ts';
import { settingsOfConfig } from './backbones/hugging-face-config.ts';
import { backboneWeights } from './backbones/load-weights.ts';
import { vitShape } from './backbones/vit.ts';
import { classifier } from './model/classifier.ts';
import { multiLabelLoss } from './network/losses.ts';
import { TrainingParameters } from './network/training-parameters.ts';
import { byolLoss } from './pretraining/byol-loss.ts';
import { maskedAutoencoderLoss, maskInputs } from './pretraining/masked-autoencoder-loss.ts';

// What PyTorch makes of ten steps from the same weights and batch: scripts/make-golden-training.py.

const steps = 10;
const adamW: OptimizerSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-4, weightDecay: 0.05, clipNorm: 0 };
const sgd: OptimizerSettings = { kind: 'sgd', momentum: 0, weightDecay: 0, clipNorm: 0 };

interface Golden {
  readonly settings: BackboneSettings;
  readonly config: Readonly<Record<string, unknown>>;
  /** Of plain SGD. */
  readonly rate: number;
  readonly batch: Readonly<Record<string, Tensor>>;
  readonly losses: (kind: 'adamw' | 'sgd') => Float32Array;
  /** "start", "gradient", "adamw", "sgd" or "average", under our names and in our layout. */
  readonly weights: (part: string) => NamedTensors;
}

function golden(name: string): Golden {
  const file = new URL(`../../../fixtures/golden-training/${name}.safetensors`, import.meta.url);
  const { tensors, metadata } = readSafetensors(readFileSync(file));
  const config = JSON.parse(metadata.config!) as Record<string, unknown>;
  const settings = settingsOfConfig(config);
  const under = (prefix: string): Map<string, Tensor> =>
    new Map(
      [...tensors].flatMap(([key, tensor]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), tensor]] : [])),
    );
  const losses = (kind: 'adamw' | 'sgd'): Float32Array => tensors.get(`losses/${kind}`)!.data as Float32Array;
  const own = /^(projector|predictor|decoder)\./;
  return {
    settings,
    config,
    rate: Number(metadata.rate),
    batch: Object.fromEntries(under('batch/')),
    losses,
    weights(part) {
      const all = [...under(`${part}/`)].map(
        ([key, tensor]) => [key.replace(/^model\./, ''), tensor as FloatTensor] as const,
      );
      const backbone = new Map(all.filter(([key]) => !own.test(key)));
      const head = all.some(([key]) => key.startsWith('classifier.'));
      return new Map([...backboneWeights(settings, backbone, { head }), ...all.filter(([key]) => own.test(key))]);
    },
  };
}

/** A graph and its feeds for one of the networks. */
interface Trial {
  readonly build: (g: Graph, p: TrainingParameters) => ReturnType<typeof multiLabelLoss>;
  readonly feeds: Readonly<Record<string, Tensor>>;
}

function trialOf(name: string, { settings, config, batch }: Golden): Trial {
  if (name === 'byol') return byolTrial(settings, config, batch);
  if (name === 'masked-autoencoder') return autoencoderTrial(settings as VitSettings, config, batch);
  const { pictures, targets } = batch as Record<'pictures' | 'targets', FloatTensor>;
  const [count, outputs] = targets.shape as [number, number];
  const share = 1 / (count * outputs);
  return {
    build: (g, p) => {
      const images = g.input('images', 'float32', pictures.shape);
      const seen = g.input('seen', 'float32', [count, 1]);
      const logits = classifier(g, p, images, seen, createBackbone(settings), outputs, 'pooled');
      const positive = g.input('positive', 'float32', targets.shape);
      const negative = g.input('negative', 'float32', targets.shape);
      return multiLabelLoss(g, logits, { positive, negative });
    },
    feeds: {
      images: pictures,
      seen: floatTensor([count, 1], new Array<number>(count).fill(1)),
      positive: floatTensor(
        targets.shape,
        targets.data.map((target) => target * share),
      ),
      negative: floatTensor(
        targets.shape,
        targets.data.map((target) => (1 - target) * share),
      ),
    },
  };
}

function byolTrial(settings: BackboneSettings, config: Golden['config'], batch: Golden['batch']): Trial {
  const backbone = createBackbone(settings);
  const heads = { projection: config.projection as number, hidden: config.hidden as number, predictor: true };
  return {
    build: (g, p) => {
      const [first, second] = ['first', 'second'].map((name) => g.input(name, 'float32', batch[name]!.shape));
      return byolLoss(g, p, (own, pictures) => backbone.build(g, own, pictures).pooled, first!, second!, heads);
    },
    feeds: batch,
  };
}

function autoencoderTrial(settings: VitSettings, config: Golden['config'], batch: Golden['batch']): Trial {
  const shape = vitShape(settings);
  const patches = shape.lattice[0] * shape.lattice[1];
  const { pictures, visible, masked } = batch as Record<'pictures' | 'visible' | 'masked', Tensor>;
  const count = pictures.shape[0]!;
  const seen = visible.shape[1]!;
  // Theirs count patches within a picture, ours over the batch.
  const rows = ({ data, shape: [, each] }: Tensor): number[] =>
    Array.from(data as BigInt64Array, (patch, index) => Math.floor(index / each!) * patches + Number(patch));
  const restored = new Array<number>(count * patches).fill(count * seen);
  rows(visible).forEach((row, index) => {
    restored[row] = index;
  });
  const decoder = config.decoder as { width: number; depth: number; heads: number };
  return {
    build: (g, p) =>
      maskedAutoencoderLoss(
        g,
        p,
        shape,
        g.input('pictures', 'float32', pictures.shape),
        maskInputs(g, count, patches, seen),
        { maskRatio: 1 - seen / patches, normalisedPatches: true, decoder },
      ),
    feeds: {
      pictures,
      visible: intTensor([count * seen], rows(visible)),
      masked: intTensor([count * (patches - seen)], rows(masked)),
      restored: intTensor([count * patches], restored),
    },
  };
}

/** Ten steps: the loss before each, the state after the first and after the last. */
async function train(name: string, kind: 'adamw' | 'sgd') {
  const reference = golden(name);
  const { build, feeds } = trialOf(name, reference);
  const graph = new Graph();
  const p = new TrainingParameters(graph);
  const loss = build(graph, p);
  const { trained, frozen, averages, carried } = p;
  const training: TrainingGraph = { graph, loss, logged: {}, trained, frozen, averages, carried };
  const empty = new Map<string, FloatTensor>();
  const parameters = reference.weights('start');
  // Every weight is given, none is left over.
  expect([...parameters.keys()].sort()).toEqual([...p.specs.keys()].sort());
  const start: TrainingState = {
    step: 0,
    parameters,
    first: empty,
    second: empty,
    average: empty,
    frozen: empty,
    carried: empty,
  };
  const optimizer = kind === 'adamw' ? adamW : sgd;
  const session = await TrainingSession.create(training, { optimizer, microBatches: 1, keepsAverage: true }, start);
  const rates = {
    learningRate: kind === 'adamw' ? 1e-3 : reference.rate,
    averageShare: (reference.config.share as number | undefined) ?? 0,
  };
  const losses: number[] = [];
  let afterOne: TrainingState | undefined;
  for (let step = 0; step < steps; step++) {
    const logged = await session.step([feeds], rates);
    losses.push((logged.loss!.data as Float32Array)[0]!);
    afterOne ??= await session.state();
  }
  const end = await session.state();
  await session.dispose();
  return { reference, losses, afterOne: afterOne!, end };
}

const largest = (data: Float32Array): number => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The largest |ours − theirs| of each tensor, over the largest |theirs| of it. */
function perTensor(ours: NamedTensors, theirs: NamedTensors): { readonly name: string; readonly error: number }[] {
  return [...theirs].map(([name, { data }]) => {
    const own = ours.get(name)!.data;
    const apart = data.map((value, index) => value - own[index]!);
    return { name, error: largest(apart) / largest(data) };
  });
}

/**
 * The largest |ours − theirs| ÷ |theirs| over all elements; an element below a hundredth of its tensor's largest counts
 * as that hundredth, since float32 holds no more of a sum of the others.
 */
function elementwise(ours: NamedTensors, theirs: NamedTensors): { readonly name: string; readonly error: number }[] {
  return [...theirs].map(([name, { data }]) => {
    const own = ours.get(name)!.data;
    const floor = largest(data) / 100;
    const errors = data.map((value, index) => (value - own[index]!) / Math.max(Math.abs(value), floor));
    return { name, error: largest(errors) };
  });
}

const above = (errors: readonly { readonly name: string; readonly error: number }[], limit: number): unknown[] =>
  // Written so that a value which is no number is above every limit.
  errors.filter(({ error }) => !(error <= limit));

describe.each(['vit', 'swin', 'convnext', 'byol', 'masked-autoencoder'])('%s agrees with PyTorch', (name) => {
  test('ten steps of AdamW', async () => {
    const { reference, losses, afterOne, end } = await train(name, 'adamw');
    const theirs = reference.losses('adamw');
    losses.forEach((loss, step) => {
      expect(Math.abs(loss / theirs[step]! - 1)).toBeLessThan(1e-5);
    });
    // The first moment after one step is (1 − β₁) · gradient. A gradient that is zero but for rounding is compared with
    // the largest of the network.
    const gradients = reference.weights('gradient');
    const whole = Math.max(...[...gradients.values()].map(({ data }) => largest(data)));
    for (const [key, { data }] of gradients) {
      const own = afterOne.first.get(key)!.data;
      const apart = largest(data.map((value, index) => value - own[index]! / 0.1));
      expect(apart, key).toBeLessThan(1e-4 * largest(data) + 1e-6 * whole);
    }
    expect(above(perTensor(end.parameters, reference.weights('adamw')), 1e-4)).toEqual([]);
    // Training moved the weights by far more than they differ.
    expect(above(perTensor(reference.weights('start'), reference.weights('adamw')), 1e-3).length).toBeGreaterThan(5);
  });

  test('ten steps of plain SGD, weight by weight', async () => {
    const { reference, losses, end } = await train(name, 'sgd');
    const theirs = reference.losses('sgd');
    losses.forEach((loss, step) => {
      expect(Math.abs(loss / theirs[step]! - 1)).toBeLessThan(1e-4);
    });
    expect(above(elementwise(end.parameters, reference.weights('sgd')), 1e-4)).toEqual([]);
  });
});

test('the target network of BYOL follows as PyTorch says', async () => {
  const { reference, end } = await train('byol', 'adamw');
  const theirs = reference.weights('average');
  expect(theirs.size).toBeGreaterThan(10);
  expect(above(perTensor(end.average, theirs), 1e-4)).toEqual([]);
  expect(above(perTensor(end.parameters, theirs), 1e-4).length).toBeGreaterThan(5);
});
