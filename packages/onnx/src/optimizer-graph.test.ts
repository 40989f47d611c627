import { describe, expect, test } from 'vitest';
import { Graph } from './graph.ts';
import { floatsOf, pytorchReference, relativeError } from './pytorch-reference.fixture.ts';
import { TrainingSession } from './training-session.ts';

// Ten steps of a linear model against PyTorch's own optimizers, weight decay on the matrix only.

const { start, batches, runs } = pytorchReference.optimizers;

describe('ten steps are those of PyTorch', () => {
  test.each(runs.map((run) => [JSON.stringify(run.settings), run] as const))('%s', async (_, run) => {
    const g = new Graph();
    const x = g.input('x', 'float32', batches[0]!.x.shape);
    const weight = g.input('weight', 'float32', start.weight.shape);
    const bias = g.input('bias', 'float32', start.bias.shape);
    const error = g.sub(g.gemm(x, weight, bias), g.input('y', 'float32', batches[0]!.y.shape));
    const session = await TrainingSession.create(
      {
        graph: g,
        loss: g.mean(g.mul(error, error), [0, 1]),
        logged: {},
        trained: [
          { value: weight, decays: true, learningRateScale: 1 },
          { value: bias, decays: false, learningRateScale: 1 },
        ],
        frozen: [],
        averages: new Map(),
        carried: [],
      },
      { optimizer: run.settings, microBatches: 1, keepsAverage: false },
      {
        step: 0,
        parameters: new Map([
          ['weight', floatsOf(start.weight)],
          ['bias', floatsOf(start.bias)],
        ]),
        first: new Map(),
        second: new Map(),
        average: new Map(),
        frozen: new Map(),
        carried: new Map(),
      },
      { threads: 1 },
    );
    for (const [step, batch] of batches.entries()) {
      const feeds = { x: floatsOf(batch.x), y: floatsOf(batch.y) };
      const { loss, gradientNorm } = await session.step([feeds], {
        learningRate: run.settings.learningRate,
        averageShare: 0,
      });
      expect(Number(loss!.data[0])).toBeCloseTo(run.losses[step]!, 5);
      expect(Number(gradientNorm!.data[0])).toBeCloseTo(run.norms[step]!, 5);
    }
    const { parameters } = await session.state();
    expect(relativeError(parameters.get('weight')!, run.weight)).toBeLessThan(1e-5);
    expect(relativeError(parameters.get('bias')!, run.bias)).toBeLessThan(1e-5);
    await session.dispose();
  });
});
