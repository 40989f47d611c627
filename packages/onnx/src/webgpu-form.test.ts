import { expect, test } from 'vitest';
import { encodeModel } from './encode.ts';
import { Graph } from './graph.ts';
import { Session } from './session.ts';
import { floatTensor } from './tensor.ts';
import { webGpuForm } from './webgpu-form.ts';

test('the form without fused products, LogSoftmax and Sign computes the same', async () => {
  const g = new Graph();
  const x = g.input('x', 'float32', [2, 3, 4]);
  const y = g.input('y', 'float32', [2, 5, 4]);
  const weight = g.constant(floatTensor([4, 2], [0.5, -1, 0, 2, 1, 1, -3, 0.25]), 'weight');
  const scores = g.matmul(x, y, { transB: true, alpha: 0.5 });
  g.output('scores', scores);
  g.output('turned', g.matmul(scores, x, { transA: true }));
  g.output('likelihoods', g.op('LogSoftmax', g.scale(scores, 100)));
  g.output('signs', g.op('Sign', g.matmul(x, weight)));
  g.output('given', x);
  const form = webGpuForm(g);
  const operators = new Set(form.nodes.map(({ operator }) => operator));
  expect(operators.has('LogSoftmax') || operators.has('Sign')).toBe(false);
  expect(
    form.nodes.every(
      ({ operator, attributes }) =>
        operator !== 'FusedMatMul' || (!attributes.transA && !attributes.transB && attributes.alpha === 1),
    ),
  ).toBe(true);
  const numbers = (count: number, step: number): number[] =>
    Array.from({ length: count }, (_, index) => ((index * step) % 17) / 8 - 1);
  const feeds = { x: floatTensor([2, 3, 4], numbers(24, 5)), y: floatTensor([2, 5, 4], numbers(40, 7)) };
  const results = [];
  for (const one of [g, form]) {
    const session = await Session.create(encodeModel(one), { threads: 1 });
    results.push(await session.run(feeds));
    await session.dispose();
  }
  const [expected, got] = results;
  expect(Object.keys(got!)).toEqual(Object.keys(expected!));
  for (const [name, { shape, data }] of Object.entries(expected!)) {
    expect(got![name]!.shape).toEqual(shape);
    data.forEach((value, index) => {
      expect(Number(got![name]!.data[index])).toBeCloseTo(Number(value), 5);
    });
  }
});
