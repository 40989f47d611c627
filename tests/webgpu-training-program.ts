import { createBackbone } from '@radiolect/learning';
import type { Device, Tensor, TrainingState } from '@radiolect/onnx';
import { floatTensor, Graph, sizeOf, TrainingSession } from '@radiolect/onnx';
import { linear } from '../packages/learning/src/network/layers.ts';
import { TrainingParameters } from '../packages/learning/src/network/training-parameters.ts';
import { randomStream } from '../packages/learning/src/random.ts';

// A small vision transformer trained for some steps on the device that the first argument names, as a program of its
// own: which Vulkan driver answers is settled by its environment. Prints JSON. Half-way the state is read back, and a
// second session goes on from it.

const batch = 4;
const labels = 5;
const steps = 10;
const device = process.argv[2] as Device;

function numbers(seed: number, shape: readonly number[], make: (value: number) => number): Tensor {
  const next = randomStream(seed);
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => make(next())),
  );
}

const parametersOf = (): { g: Graph; p: TrainingParameters } => {
  const g = new Graph();
  return { g, p: new TrainingParameters(g) };
};

async function session(start?: TrainingState): Promise<TrainingSession> {
  const { g, p } = parametersOf();
  const pictures = g.input('pictures', 'float32', [batch, 1, 32, 32]);
  const backbone = createBackbone({
    kind: 'vit',
    picture: [32, 32],
    channels: 1,
    patch: 8,
    width: 32,
    depth: 2,
    heads: 2,
  });
  const logits = linear(g, p, 'head', backbone.build(g, p, pictures).pooled, labels);
  const targets = g.input('targets', 'float32', [batch, labels]);
  const loss = g.mean(g.sub(g.op('Softplus', logits), g.mul(targets, logits)), [0, 1]);
  const none = new Map();
  const fresh = { step: 0, first: none, second: none, average: none, frozen: none, carried: none };
  return TrainingSession.create(
    {
      graph: g,
      loss,
      logged: { meanLogit: g.mean(logits, [0, 1]) },
      trained: p.trained,
      frozen: p.frozen,
      averages: p.averages,
      carried: p.carried,
    },
    {
      optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.05, clipNorm: 1 },
      microBatches: 2,
      keepsAverage: true,
    },
    start ?? { ...fresh, parameters: p.start(new Map(), randomStream(1)) },
    { provider: device, threads: 1 },
  );
}

const feeds = (seed: number): Record<string, Tensor> => ({
  pictures: numbers(seed, [batch, 1, 32, 32], (value) => 2 * value - 1),
  targets: numbers(seed + 1, [batch, labels], (value) => (value < 0.3 ? 1 : 0)),
});
const rates = { learningRate: 3e-3, averageShare: 0.1 };

const losses: number[] = [];
const norms: number[] = [];
let running = await session();
for (let step = 0; step < steps; step++) {
  if (step === steps / 2) {
    const resumed = await session(await running.state());
    await running.dispose();
    running = resumed;
  }
  const { loss, gradientNorm } = await running.step([feeds(100), feeds(200 + (step % 2))], rates);
  losses.push(Number(loss!.data[0]));
  norms.push(Number(gradientNorm!.data[0]));
}
const { step, average, parameters } = await running.state();
await running.dispose();

// A linear model whose target is its own moving average, with a frozen bias and a running count: what else may stay on
// the device.
const g = new Graph();
const x = g.input('x', 'float32', [4, 3]);
const weight = g.input('weight', 'float32', [3, 2]);
const bias = g.input('bias', 'float32', [2]);
const target = g.input('target', 'float32', [3, 2]);
const count = g.input('count', 'float32', [1]);
const error = g.sub(g.gemm(x, weight, bias), g.gemm(x, target));
const follower = await TrainingSession.create(
  {
    graph: g,
    loss: g.mean(g.mul(error, error), [0, 1]),
    logged: {},
    trained: [{ value: weight, decays: true, learningRateScale: 1 }],
    frozen: [bias],
    averages: new Map([['weight', target]]),
    carried: [{ value: count, next: g.add(count, g.scalar(4)) }],
  },
  {
    optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 0.01, clipNorm: 0 },
    microBatches: 2,
    keepsAverage: true,
  },
  {
    step: 0,
    parameters: new Map([['weight', floatTensor([3, 2], [0.5, -1, 2, 0.25, -0.75, 1])]]),
    first: new Map(),
    second: new Map(),
    average: new Map([['weight', floatTensor([3, 2], [0, 0, 1, 1, 0, 0])]]),
    frozen: new Map([['bias', floatTensor([2], [0.1, -0.2])]]),
    carried: new Map([['count', floatTensor([1])]]),
  },
  { provider: device, threads: 1 },
);
for (let index = 0; index < 4; index++) {
  const rows = (seed: number): Record<string, Tensor> => ({ x: numbers(seed, [4, 3], (value) => 2 * value - 1) });
  const { loss } = await follower.step([rows(index), rows(index + 50)], { learningRate: 0.1, averageShare: 0.2 });
  losses.push(Number(loss!.data[0]));
}
const followed = await follower.state();
await follower.dispose();
const counted = followed.carried.get('count')!.data[0];
const frozen = [...followed.frozen.get('bias')!.data];

const sums = (tensors: TrainingState['average']): number =>
  [...tensors.values()].reduce((sum, { data }) => sum + data.reduce((own, value) => own + Math.abs(value), 0), 0);
process.stdout.write(
  JSON.stringify({
    losses,
    norms,
    step,
    average: sums(average),
    parameters: sums(parameters),
    followed: sums(followed.average),
    counted,
    frozen,
  }),
);
