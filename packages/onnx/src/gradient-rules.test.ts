import { describe, expect, test } from 'vitest';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import { Graph, type Value } from './graph.ts';
import { Session } from './session.ts';
import { floatTensor, intTensor } from './tensor.ts';

// Each rule is held against its operator's reference in `operators.test.ts`; here stand the conventions where a
// derivative does not exist, and what happens between the rules.

/** The gradient of the sum of what is built, by each input. */
async function gradientsOf(
  inputs: readonly (readonly number[])[],
  build: (g: Graph, ...x: readonly Value[]) => Value,
): Promise<number[][]> {
  const g = new Graph();
  const x = inputs.map((values, index) => g.input(`x${index}`, 'float32', [values.length]));
  const y = build(g, ...x);
  const loss = g.sum(
    y,
    y.shape.map((_, axis) => axis),
  );
  differentiate(g, loss, x).forEach((gradient, index) => {
    g.output(`d${index}`, gradient);
  });
  const session = await Session.create(encodeModel(g), { threads: 1 });
  const feeds = inputs.map((values, index) => [`x${index}`, floatTensor([values.length], values)] as const);
  const results = await session.run(Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name))));
  await session.dispose();
  return inputs.map((_, index) => [...(results[`d${index}`]!.data as Float32Array)]);
}

describe('where a derivative does not exist', () => {
  test('of two equal values the second takes the gradient', async () => {
    expect(
      await gradientsOf(
        [
          [1, 2, 3],
          [2, 2, 2],
        ],
        (g, a, b) => g.op('Max', a!, b!),
      ),
    ).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ]);
  });
  test('at zero the absolute value and the rectifier have slope 0', async () => {
    expect(await gradientsOf([[-1, 0, 1]], (g, x) => g.op('Abs', x!))).toEqual([[-1, 0, 1]]);
    expect(await gradientsOf([[-1, 0, 1]], (g, x) => g.op('Relu', x!))).toEqual([[0, 0, 1]]);
  });
  test('equal maxima each take the whole gradient', async () => {
    expect(await gradientsOf([[2, 1, 2]], (g, x) => g.max(x!, [0]))).toEqual([[1, 0, 1]]);
  });
  test('a clipped value has none, the bounds themselves have', async () => {
    expect(await gradientsOf([[-2, -1, 0, 1, 2]], (g, x) => g.clip(x!, -1, 1))).toEqual([[0, 1, 1, 1, 0]]);
  });
});

test('a value that is used twice takes both gradients', async () => {
  expect(await gradientsOf([[1, -3]], (g, x) => g.add(g.mul(x!, x!), x!))).toEqual([[3, -5]]);
});

test('a value that the loss does not depend on has a gradient of zeros', async () => {
  expect(
    await gradientsOf(
      [
        [1, 2],
        [3, 4],
      ],
      (g, a) => g.op('Exp', g.op('Neg', g.mul(a!, a!))),
    ),
  ).toEqual([
    [expect.closeTo(-2 * Math.exp(-1), 6), expect.closeTo(-4 * Math.exp(-4), 6)],
    [0, 0],
  ]);
});

test('a row that is gathered three times takes three gradients', async () => {
  expect(await gradientsOf([[5, 6, 7]], (g, table) => g.gather(table!, g.indices([2, 2], [1, 1, 0, 1]), 0))).toEqual([
    [1, 3, 0],
  ]);
});

test('an index tensor gets no gradient', () => {
  const g = new Graph();
  const table = g.input('table', 'float32', [3, 2]);
  const rows = g.constant(intTensor([2], [0, 2]));
  expect(differentiate(g, g.sum(g.gather(table, rows, 0), [0, 1]), [table])[0]!.shape).toEqual([3, 2]);
});
