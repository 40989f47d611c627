import { expect, test } from 'vitest';
import { adamW } from './adamw.ts';
import { encodeModel } from './encode.ts';
import { Graph } from './graph.ts';
import { Session } from './session.ts';
import { floatTensor } from './tensor.ts';

const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, clipNorm: 1 };

/** The paper's algorithm in double precision, one parameter at a time: written apart from the graph. */
function reference(start: readonly number[], gradients: readonly (readonly number[])[], rate: number): number[] {
  const decays = [1, 0, 1];
  const theta = [...start];
  const m = start.map(() => 0);
  const v = start.map(() => 0);
  gradients.forEach((raw, index) => {
    const norm = Math.hypot(...raw);
    const factor = norm > settings.clipNorm ? settings.clipNorm / norm : 1;
    raw.forEach((value, i) => {
      const gradient = value * factor;
      m[i] = settings.beta1 * m[i]! + (1 - settings.beta1) * gradient;
      v[i] = settings.beta2 * v[i]! + (1 - settings.beta2) * gradient ** 2;
      const mHat = m[i]! / (1 - settings.beta1 ** (index + 1));
      const vHat = v[i]! / (1 - settings.beta2 ** (index + 1));
      theta[i]! -= rate * (mHat / (Math.sqrt(vHat) + settings.epsilon) + settings.weightDecay * decays[i]! * theta[i]!);
    });
  });
  return theta;
}

test('five steps follow the algorithm, clipped and unclipped gradients alike', async () => {
  const g = new Graph();
  const state = {
    parameters: g.input('parameters', 'float32', [3]),
    first: g.input('first', 'float32', [3]),
    second: g.input('second', 'float32', [3]),
  };
  const gradient = g.input('gradient', 'float32', [3]);
  const rate = g.input('rate', 'float32', []);
  const step = g.input('step', 'float32', []);
  const { next, gradientNorm } = adamW(g, state, gradient, rate, step, Float32Array.of(1, 0, 1), settings);
  g.output('nextParameters', next.parameters);
  g.output('nextFirst', next.first);
  g.output('nextSecond', next.second);
  g.output('norm', gradientNorm);
  const session = await Session.create(encodeModel(g), { threads: 1 });
  const gradients = [
    [0.3, -0.2, 0.1],
    [3, 4, 0],
    [-0.5, 0.1, 0.7],
    [0.01, 0.02, -0.03],
    [-9, 2, 1],
  ];
  const start = [0.5, -1, 2];
  let [parameters, first, second] = [floatTensor([3], start), floatTensor([3]), floatTensor([3])];
  for (const [index, values] of gradients.entries()) {
    const out = await session.run({
      parameters,
      first,
      second,
      gradient: floatTensor([3], values),
      rate: floatTensor([], [0.05]),
      step: floatTensor([], [index + 1]),
    });
    parameters = floatTensor([3], out.nextParameters!.data as Float32Array);
    first = floatTensor([3], out.nextFirst!.data as Float32Array);
    second = floatTensor([3], out.nextSecond!.data as Float32Array);
    expect(Number(out.norm!.data[0])).toBeCloseTo(Math.hypot(...values), 5);
  }
  const expected = reference(start, gradients, 0.05);
  [...parameters.data].forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 4);
  });
});
