import { describe, expect, test } from 'vitest';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import { ShapeError } from './errors.ts';
import { Graph } from './graph.ts';
import { Session } from './session.ts';
import { floatTensor } from './tensor.ts';

describe('shapes are checked where a value is made', () => {
  const g = new Graph();
  const a = g.input('a', 'float32', [2, 3]);
  const b = g.input('b', 'float32', [4, 5]);
  test.each([
    ['Gemm', () => g.gemm(a, b), 'Gemm: inner sides 3 and 4 differ; inputs [2, 3], [4, 5]'],
    ['Add', () => g.add(a, b), 'Add: the shapes do not broadcast; inputs [2, 3], [4, 5]'],
    ['Reshape', () => g.reshape(a, [7]), 'Reshape: [7] holds another number of values; inputs [2, 3]'],
    ['Concat', () => g.concat([a, b], 0), 'Concat: the inputs differ outside axis 0; inputs [2, 3], [4, 5]'],
    ['Slice', () => g.slice(a, 1, 2, 4), 'Slice: 2..4 is outside axis 1; inputs [2, 3]'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(ShapeError);
    expect(make).toThrow(message);
  });
  test('a loss of several values has no gradient', () => {
    expect(() => differentiate(g, a, [a])).toThrow('the loss holds one value');
  });
});

test('float16 storage halves the file and moves results by no more than its rounding', async () => {
  const g = new Graph();
  const x = g.input('x', 'float32', [1, 64]);
  const weights = Float32Array.from({ length: 64 * 64 }, (_, index) => Math.sin(index));
  g.output('y', g.gemm(x, g.constant(floatTensor([64, 64], weights), 'weights')));
  const [full, half] = [encodeModel(g), encodeModel(g, { halfPrecision: true })];
  expect(half.length).toBeLessThan(full.length * 0.55);
  const feeds = { x: floatTensor([1, 64], new Array<number>(64).fill(1)) };
  const [a, b] = await Promise.all(
    [full, half].map(async (bytes) => (await (await Session.create(bytes)).run(feeds)).y!.data as Float32Array),
  );
  a!.forEach((value, index) => {
    expect(Math.abs(value - b![index]!)).toBeLessThan(64 * 2 ** -11);
  });
});

test('only what the outputs need is written', () => {
  const g = new Graph();
  const x = g.input('x', 'float32', [2]);
  g.input('unused', 'float32', [1000]);
  g.op('Exp', g.constant(floatTensor([1000])));
  g.output('y', g.scale(x, 2));
  expect(encodeModel(g).length).toBeLessThan(400);
});
