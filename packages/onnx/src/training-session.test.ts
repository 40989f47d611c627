import { afterEach, describe, expect, test } from 'vitest';
import { Graph, type Value } from './graph.ts';
import type { OptimizerSettings } from './optimizer-graph.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor } from './tensor.ts';
import type { StepRates } from './training-engine.ts';
import type { TrainingGraph, TrainingState } from './training-graph.ts';
import type { TrainingSettings } from './training-session.ts';
import { TrainingSession } from './training-session.ts';

// A linear model x (rows, 3) · weight (3, 2) + bias (2), loss = mean over rows and outputs of (prediction − y)².

const adamW = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, clipNorm: 0 } as const;
const sgd = { kind: 'sgd', momentum: 0.9, weightDecay: 0.01, clipNorm: 0 } as const;
const rates: StepRates = { learningRate: 0.05, averageShare: 0.25 };
const weight = [0.5, -1, 2, 0.25, -0.75, 1];
const bias = [0.1, -0.2];

interface Variant {
  readonly rows?: number;
  readonly freezeBias?: boolean;
  readonly readsAverage?: boolean;
  readonly biasRate?: number;
}

function model({ rows = 8, freezeBias = false, readsAverage = false, biasRate = 1 }: Variant = {}): TrainingGraph {
  const g = new Graph();
  const x = g.input('x', 'float32', [rows, 3]);
  const y = g.input('y', 'float32', [rows, 2]);
  const w = g.input('weight', 'float32', [3, 2]);
  const b = g.input('bias', 'float32', [2]);
  const averages = new Map<string, Value>();
  let target = y;
  if (readsAverage) {
    const average = g.input('weight of the target', 'float32', [3, 2]);
    averages.set('weight', average);
    target = g.gemm(x, average);
  }
  const prediction = g.gemm(x, w, b);
  const error = g.sub(prediction, target);
  const seen = g.input('seen', 'float32', [1]);
  return {
    graph: g,
    loss: g.mean(g.mul(error, error), [0, 1]),
    logged: { meanPrediction: g.mean(prediction, [0, 1]) },
    trained: [
      { value: w, decays: true, learningRateScale: 1 },
      ...(freezeBias ? [] : [{ value: b, decays: false, learningRateScale: biasRate }]),
    ],
    frozen: freezeBias ? [b] : [],
    averages,
    carried: [{ value: seen, next: g.add(seen, g.scalar(rows)) }],
  };
}

const start: TrainingState = {
  step: 0,
  parameters: new Map([
    ['weight', floatTensor([3, 2], weight)],
    ['bias', floatTensor([2], bias)],
  ]),
  first: new Map(),
  second: new Map(),
  average: new Map(),
  frozen: new Map(),
  carried: new Map([['seen', floatTensor([1], [0])]]),
};

const wave = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, index) => Math.sin(seed + 1.7 * index) * 1.5);
const batch = (step: number, rows = 8, from = 0): Record<string, Tensor> => ({
  x: floatTensor([rows, 3], wave(24, step).slice(from * 3, (from + rows) * 3)),
  y: floatTensor([rows, 2], wave(16, step + 100).slice(from * 2, (from + rows) * 2)),
});
const halves = (step: number): Record<string, Tensor>[] => [batch(step, 4, 0), batch(step, 4, 4)];

/** ∂loss/∂weight and ∂loss/∂bias in double precision, written apart from the graph. */
function gradients(w: readonly number[], b: readonly number[], step: number): { weight: number[]; bias: number[] } {
  const x = (batch(step).x as FloatTensor).data;
  const y = (batch(step).y as FloatTensor).data;
  const result = { weight: w.map(() => 0), bias: b.map(() => 0) };
  for (let row = 0; row < 8; row++)
    for (let k = 0; k < 2; k++) {
      let prediction = b[k]!;
      for (let i = 0; i < 3; i++) prediction += x[row * 3 + i]! * w[i * 2 + k]!;
      const slope = (2 * (prediction - y[row * 2 + k]!)) / 16;
      result.bias[k]! += slope;
      for (let i = 0; i < 3; i++) result.weight[i * 2 + k]! += slope * x[row * 3 + i]!;
    }
  return result;
}

const open: TrainingSession[] = [];
afterEach(async () => {
  for (const session of open.splice(0)) await session.dispose();
});
async function session(
  variant: Variant,
  settings: Partial<TrainingSettings> = {},
  from: TrainingState = start,
  overlapped = false,
): Promise<TrainingSession> {
  const all = { optimizer: adamW, microBatches: 1, keepsAverage: false, ...settings };
  const made = await TrainingSession.create(model(variant), all, from, { threads: 1, overlapped });
  open.push(made);
  return made;
}
const values = (state: TrainingState, part: 'parameters' | 'average' | 'first', name: string): number[] => [
  ...state[part].get(name)!.data,
];
function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 5);
  });
}

describe('a step', () => {
  test('of AdamW follows the algorithm, with decay, learning-rate scale and average', async () => {
    const s = await session({ biasRate: 0.5 }, { keepsAverage: true });
    const w = [...weight];
    const b = [...bias];
    const moments = { weight: w.map(() => [0, 0]), bias: b.map(() => [0, 0]) };
    const average = [...weight];
    const move = (p: number[], g: readonly number[], m: number[][], step: number, rate: number, decay: number): void =>
      g.forEach((gradient, i) => {
        m[i] = [0.9 * m[i]![0]! + 0.1 * gradient, 0.999 * m[i]![1]! + 0.001 * gradient ** 2];
        const [first, second] = [m[i][0]! / (1 - 0.9 ** step), m[i][1]! / (1 - 0.999 ** step)];
        p[i]! -= rate * (first / (Math.sqrt(second) + 1e-8) + decay * p[i]!);
      });
    for (let step = 1; step <= 4; step++) {
      const g = gradients(w, b, step);
      const out = await s.step([batch(step)], rates);
      expect(Number(out.gradientNorm!.data[0])).toBeCloseTo(Math.hypot(...g.weight, ...g.bias), 4);
      move(w, g.weight, moments.weight, step, 0.05, 0.1);
      move(b, g.bias, moments.bias, step, 0.025, 0);
      w.forEach((value, i) => {
        average[i]! += 0.25 * (value - average[i]!);
      });
    }
    const state = await s.state();
    expect(state.step).toBe(4);
    expectClose(values(state, 'parameters', 'weight'), w);
    expectClose(values(state, 'parameters', 'bias'), b);
    expectClose(values(state, 'average', 'weight'), average);
    expect(values(state, 'first', 'weight')).toHaveLength(6);
    expect(state.carried.get('seen')!.data[0]).toBe(32);
  });

  test('of gradient descent keeps momentum and decays what it is told to', async () => {
    const s = await session({}, { optimizer: sgd });
    const w = [...weight];
    const b = [...bias];
    const [mw, mb] = [w.map(() => 0), b.map(() => 0)];
    for (let step = 1; step <= 3; step++) {
      const g = gradients(w, b, step);
      await s.step([batch(step)], rates);
      g.weight.forEach((gradient, i) => {
        mw[i] = 0.9 * mw[i]! + gradient + 0.01 * w[i]!;
        w[i]! -= 0.05 * mw[i];
      });
      g.bias.forEach((gradient, i) => {
        mb[i] = 0.9 * mb[i]! + gradient;
        b[i]! -= 0.05 * mb[i];
      });
    }
    const state = await s.state();
    expectClose(values(state, 'parameters', 'weight'), w);
    expectClose(values(state, 'parameters', 'bias'), b);
    expect(state.second.size).toBe(0);
  });

  test('returns the loss and what the graph logs', async () => {
    const s = await session({});
    const { loss, meanPrediction } = await s.step([batch(1)], rates);
    const x = (batch(1).x as FloatTensor).data;
    const y = (batch(1).y as FloatTensor).data;
    const predictions = [...y].map((_, at) => {
      const [row, k] = [Math.floor(at / 2), at % 2];
      return [0, 1, 2].reduce((sum, i) => sum + x[row * 3 + i]! * weight[i * 2 + k]!, bias[k]!);
    });
    const squares = predictions.map((prediction, at) => (prediction - y[at]!) ** 2);
    expect(Number(loss!.data[0])).toBeCloseTo(squares.reduce((a, c) => a + c) / 16, 5);
    expect(Number(meanPrediction!.data[0])).toBeCloseTo(predictions.reduce((a, c) => a + c) / 16, 5);
  });
});

describe('clipping', () => {
  const stepWith = async (optimizer: OptimizerSettings): Promise<{ norm: number; momentum: number[] }> => {
    const s = await session({}, { optimizer });
    const { gradientNorm } = await s.step([batch(1)], rates);
    const state = await s.state();
    const momentum = [...values(state, 'first', 'weight'), ...values(state, 'first', 'bias')];
    return { norm: Number(gradientNorm!.data[0]), momentum };
  };
  test('scales all gradients by one factor where their norm exceeds the limit', async () => {
    const whole = await stepWith({ ...sgd, weightDecay: 0, clipNorm: 0 });
    expect(whole.norm).toBeGreaterThan(1);
    const clipped = await stepWith({ ...sgd, weightDecay: 0, clipNorm: 0.5 });
    expect(clipped.norm).toBe(whole.norm);
    expect(Math.hypot(...clipped.momentum)).toBeCloseTo(0.5, 5);
    expectClose(
      clipped.momentum,
      whole.momentum.map((value) => (value * 0.5) / whole.norm),
    );
  });
  test('leaves smaller gradients as they are, and is off at 0 and infinity', async () => {
    const { momentum } = await stepWith({ ...sgd, clipNorm: 0 });
    expect((await stepWith({ ...sgd, clipNorm: 100 })).momentum).toEqual(momentum);
    expect((await stepWith({ ...sgd, clipNorm: Number.POSITIVE_INFINITY })).momentum).toEqual(momentum);
  });
});

test('two micro-batches of 4 make the step of one batch of 8', async () => {
  const whole = await session({});
  const parts = await session({ rows: 4 }, { microBatches: 2 });
  for (let step = 1; step <= 3; step++) {
    const one = await whole.step([batch(step)], rates);
    const two = await parts.step(halves(step), rates);
    for (const name of ['loss', 'meanPrediction', 'gradientNorm'])
      expect(Number(two[name]!.data[0])).toBeCloseTo(Number(one[name]!.data[0]), 5);
  }
  const [one, two] = [await whole.state(), await parts.state()];
  for (const name of ['weight', 'bias']) expectClose(values(two, 'parameters', name), values(one, 'parameters', name));
  expect(two.carried.get('seen')!.data[0]).toBe(24);
});

test.each([
  ['AdamW', adamW, 1],
  ['gradient descent', sgd, 1],
  ['accumulated gradients', adamW, 2],
] as const)('with %s a resumed run has the bits of one that never stopped', async (_, optimizer, microBatches) => {
  const settings = { optimizer, microBatches, keepsAverage: true };
  const variant = { rows: 8 / microBatches, readsAverage: true };
  const feeds = (step: number): Record<string, Tensor>[] => (microBatches === 1 ? [batch(step)] : halves(step));
  const through = await session(variant, settings);
  for (let step = 1; step <= 6; step++) await through.step(feeds(step), rates);
  const before = await session(variant, settings);
  for (let step = 1; step <= 3; step++) await before.step(feeds(step), rates);
  const saved = await before.state();
  const copy = structuredClone(saved);
  await before.step(feeds(9), rates);
  expect(saved).toEqual(copy);
  const after = await session(variant, settings, saved);
  expect(await after.state()).toEqual(saved);
  for (let step = 4; step <= 6; step++) await after.step(feeds(step), rates);
  expect(await after.state()).toEqual(await through.state());
});

test('frozen inputs are fed and stay', async () => {
  const s = await session({ freezeBias: true });
  const { meanPrediction } = await s.step([batch(1)], rates);
  const free = await session({});
  expect((await free.step([batch(1)], rates)).meanPrediction).toEqual(meanPrediction);
  const state = await s.state();
  expect([...state.frozen.get('bias')!.data]).toEqual([...Float32Array.from(bias)]);
  expect([...state.parameters.keys()]).toEqual(['weight']);
  expect(values(state, 'parameters', 'weight')).not.toEqual([...Float32Array.from(weight)]);
});

test('the target network reads the average as it was before the step', async () => {
  const s = await session({ readsAverage: true, freezeBias: true }, { keepsAverage: true });
  // At first the average is the weight itself: only the bias separates prediction and target.
  const first = await s.step([batch(1)], rates);
  expect(Number(first.loss!.data[0])).toBeCloseTo((bias[0]! ** 2 + bias[1]! ** 2) / 2, 6);
  const { parameters, average } = await s.state();
  const moved = parameters.get('weight')!.data;
  const target = average.get('weight')!.data;
  expect([...target].some((value, i) => value !== Math.fround(weight[i]!))).toBe(true);
  const x = (batch(2).x as FloatTensor).data;
  let expected = 0;
  for (let row = 0; row < 8; row++)
    for (let k = 0; k < 2; k++) {
      let error = bias[k]!;
      for (let i = 0; i < 3; i++) error += x[row * 3 + i]! * (moved[i * 2 + k]! - target[i * 2 + k]!);
      expected += error ** 2 / 16;
    }
  expect(Number((await s.step([batch(2)], rates)).loss!.data[0])).toBeCloseTo(expected, 5);
});

describe('refuses', () => {
  test('a start without one of the parameters, or with one of another shape', async () => {
    const lacking = { ...start, parameters: new Map([['bias', floatTensor([2])]]) };
    await expect(session({}, {}, lacking)).rejects.toThrow('the start lacks the parameter "weight" of [3,2]');
    const wide = { ...start, parameters: new Map([...start.parameters, ['bias', floatTensor([3])]]) };
    await expect(session({}, {}, wide)).rejects.toThrow('"bias"');
  });
  test('a graph that reads averages which nobody keeps', async () => {
    await expect(session({ readsAverage: true })).rejects.toThrow('averages');
  });
  test('another number of micro-batches than agreed', async () => {
    const s = await session({ rows: 4 }, { microBatches: 2 });
    await expect(s.step([batch(1, 4)], rates)).rejects.toThrow('a step takes 2');
  });
});

describe('in a thread of its own', () => {
  test('a training has the same bits, and batches are still the caller’s', async () => {
    const settings = { keepsAverage: true, microBatches: 2 };
    const variant = { rows: 4, readsAverage: true };
    const here = await session(variant, settings);
    const there = await session(variant, settings, start, true);
    for (let step = 1; step <= 4; step++) {
      const feeds = halves(step);
      const expected = await here.step(feeds, rates);
      expect(await there.step(feeds, rates)).toEqual(expected);
    }
    expect(await there.state()).toEqual(await here.state());
  });
  test('an error comes back to the caller, and the training goes on', async () => {
    const s = await session({}, {}, start, true);
    await expect(s.step([{ x: floatTensor([2, 2]), y: floatTensor([8, 2]) }], rates)).rejects.toThrow(/x/);
    await s.step([batch(1)], rates);
    expect((await s.state()).step).toBe(1);
  });
});
