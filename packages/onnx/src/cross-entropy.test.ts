import { describe, expect, test } from 'vitest';
import { crossEntropy } from './cross-entropy.ts';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import { Graph } from './graph.ts';
import { floatsOf, indicesOf, pytorchReference, relativeError } from './pytorch-reference.fixture.ts';
import { Session } from './session.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor, intTensor } from './tensor.ts';

async function lossAndGradient(
  logits: FloatTensor,
  targets: Tensor,
  ignoreIndex?: number,
): Promise<{ loss: number; gradient: Tensor }> {
  const g = new Graph();
  const x = g.input('logits', 'float32', logits.shape);
  const loss = crossEntropy(g, x, g.input('targets', 'int64', targets.shape), ignoreIndex);
  g.output('loss', loss);
  g.output('gradient', differentiate(g, loss, [x])[0]!);
  const session = await Session.create(encodeModel(g), { threads: 1 });
  const results = await session.run({ logits, targets });
  await session.dispose();
  return { loss: Number(results.loss!.data[0]), gradient: results.gradient! };
}

describe('loss and gradient are those of PyTorch', () => {
  test.each(pytorchReference.crossEntropy.map((one) => [one.ignoreIndex, one] as const))(
    'ignoring %i',
    async (ignoreIndex, one) => {
      const { loss, gradient } = await lossAndGradient(floatsOf(one.logits), indicesOf(one.targets), ignoreIndex);
      expect(Math.abs(loss - one.loss) / one.loss).toBeLessThan(1e-6);
      expect(relativeError(gradient, one.gradient)).toBeLessThan(1e-6);
    },
  );
});

test('logits beyond the range of eˣ give a finite loss', async () => {
  const { loss, gradient } = await lossAndGradient(
    floatTensor([2, 3], [1e4, 0, -1e4, 500, 500, 500]),
    intTensor([2], [1, 2]),
  );
  expect(loss).toBeCloseTo((1e4 + Math.log(3)) / 2, 2);
  expect([...(gradient.data as Float32Array)].every(Number.isFinite)).toBe(true);
});

test('where every token is ignored, loss and gradient are zero', async () => {
  const { loss, gradient } = await lossAndGradient(
    floatTensor([2, 3], [1, 2, 3, 4, 5, 6]),
    intTensor([2], [-100, -100]),
  );
  expect(Math.abs(loss)).toBe(0);
  expect([...(gradient.data as Float32Array)].every((value) => value === 0)).toBe(true);
});

test('targets that do not lie along the logits are refused', () => {
  const g = new Graph();
  const logits = g.input('logits', 'float32', [2, 3, 5]);
  expect(() => crossEntropy(g, logits, g.input('few', 'int64', [2]))).toThrow(
    'takes logits (…, V) and int64 targets (…)',
  );
  expect(() => crossEntropy(g, logits, g.input('floats', 'float32', [2, 3]))).toThrow('inputs [2, 3, 5], [2, 3]');
});
