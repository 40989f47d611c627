import type { Tensor, Value } from '@radiolect/onnx';
import { differentiate, encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { linear } from '../network/layers.ts';
import { TrainingParameters } from '../network/training-parameters.ts';
import { normal, randomStream } from '../random.ts';
import type { ByolHeads } from './byol-loss.ts';
import { batchNorm, byolLoss } from './byol-loss.ts';

const batch = 6;
const pixels = 5;

/** The loss of two showings and its gradients, under random weights; `averages` are the target's, else the same. */
async function run(heads: ByolHeads, first: Tensor, second: Tensor, averages?: number) {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const input = (name: string): Value => g.input(name, 'float32', [batch, pixels]);
  const loss = byolLoss(g, p, (own, x) => linear(g, own, 'backbone', x, 7), input('first'), input('second'), heads);
  const wrt = p.trained.map(({ value }) => value);
  g.output('loss', loss);
  for (const [index, gradient] of differentiate(g, loss, wrt).entries()) g.output(`d/${wrt[index]!.name}`, gradient);
  const start = p.start(new Map(), randomStream(2));
  const target = averages === undefined ? start : p.start(new Map(), randomStream(averages));
  const session = await Session.create(encodeModel(g));
  const feeds: Record<string, Tensor> = { first, second, ...Object.fromEntries(start) };
  for (const [name, value] of p.averages) feeds[value.name] = target.get(name)!;
  const results = await session.run(feeds);
  await session.dispose();
  return { loss: Number(results.loss!.data[0]), results, averages: [...p.averages.keys()] };
}

const pictures = (seed: number) => {
  const random = randomStream(seed);
  return floatTensor(
    [batch, pixels],
    Array.from({ length: batch * pixels }, () => normal(random)),
  );
};
const heads: ByolHeads = { projection: 4, hidden: 9, predictor: true };

test('two networks of the same weights agree on the same showing, without a predictor', async () => {
  const { loss } = await run({ ...heads, predictor: false }, pictures(1), pictures(1));
  expect(loss).toBeCloseTo(0, 5);
});

test('the loss lies between 0 and 8 and counts both ways alike', async () => {
  const one = await run(heads, pictures(1), pictures(2), 9);
  const other = await run(heads, pictures(2), pictures(1), 9);
  expect(one.loss).toBeGreaterThan(0.1);
  expect(one.loss).toBeLessThan(8);
  expect(other.loss).toBeCloseTo(one.loss, 5);
});

test('the target is backbone and projector, not the predictor, and only the online network learns', async () => {
  const { averages, results } = await run(heads, pictures(1), pictures(2), 9);
  expect(averages.every((name) => /^(backbone|projector)/.test(name))).toBe(true);
  const gradients = Object.keys(results).filter((name) => name.startsWith('d/'));
  expect(gradients.some((name) => name.startsWith('d/predictor'))).toBe(true);
  expect(gradients.some((name) => name.startsWith('d/average/'))).toBe(false);
});

test('batch norm: mean 0 and deviation 1 of each column, worked by hand', async () => {
  const g = new Graph();
  const p = new TrainingParameters(g);
  g.output('y', batchNorm(g, p, 'norm', g.input('x', 'float32', [2, 2]), 0));
  const session = await Session.create(encodeModel(g));
  const x = floatTensor([2, 2], [1, 10, 3, 30]);
  const { y } = await session.run({ x, 'norm.gain': floatTensor([2], [1, 2]), 'norm.shift': floatTensor([2], [0, 5]) });
  await session.dispose();
  expect([...(y!.data as Float32Array)]).toEqual([-1, 3, 1, 7]);
});
