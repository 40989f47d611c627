import { Graph } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { InvalidBackboneError } from '../errors.ts';
import { TrainingParameters } from '../network/training-parameters.ts';
import { backboneParameters } from './backbone-parameters.ts';
import { countOf, noise, runBackbone } from './backbone-run.fixture.ts';
import type { VitSettings } from './backbone-settings.ts';
import { createBackbone } from './create-backbone.ts';

const small: VitSettings = {
  kind: 'vit',
  picture: [16, 8],
  channels: 2,
  patch: 4,
  width: 12,
  depth: 2,
  heads: 3,
  hidden: 24,
};

test('the sizes have the published counts of parameters', () => {
  const counted = (size: 'tiny' | 'small' | 'base'): number =>
    countOf({ kind: 'vit', size, picture: [224, 224], channels: 3 });
  const head = (width: number): number => width * 1000 + 1000;
  // timm's counts hold the classifier of ImageNet's 1,000 classes.
  expect(counted('tiny') + head(192)).toBe(5_717_416);
  expect(counted('small') + head(384)).toBe(22_050_664);
  expect(counted('base') + head(768)).toBe(86_567_656);
});

test('every parameter says how deep it lies', () => {
  const depths = new Map(backboneParameters(small).map((spec) => [spec.name, spec.depth]));
  expect(depths.get('backbone.patch.weight')).toBe(0);
  expect(depths.get('backbone.block-1.attention.qkv.weight')).toBe(1);
  expect(depths.get('backbone.block-2.feed-forward.out.bias')).toBe(2);
  expect([...depths.values()].every((depth) => depth !== undefined)).toBe(true);
});

test('tokens, pooled and taps have the shapes that the interface promises', async () => {
  const { result, lattice } = await runBackbone(small, noise(3 * 2 * 16 * 8));
  expect(lattice).toEqual([4, 2]);
  expect(result.tokens!.shape).toEqual([3, 8, 12]);
  expect(result.pooled!.shape).toEqual([3, 12]);
  expect(result['block-1']!.shape).toEqual([3, 4, 2, 12]);
  expect(result['block-2']!.shape).toEqual([3, 4, 2, 12]);
});

test('the mean of the tokens is pooled where the settings say so', async () => {
  const { result } = await runBackbone({ ...small, pooling: 'mean' }, noise(2 * 16 * 8));
  const tokens = result.tokens!.data as Float32Array;
  const mean = Array.from({ length: 12 }, (_, d) => {
    let sum = 0;
    for (let n = 0; n < 8; n++) sum += tokens[n * 12 + d]!;
    return sum / 8;
  });
  (result.pooled!.data as Float32Array).forEach((value, d) => {
    expect(value).toBeCloseTo(mean[d]!, 5);
  });
});

test('a picture whose blocks are all dropped keeps its embedding, its neighbour is untouched', async () => {
  const pictures = noise(2 * 2 * 16 * 8);
  const { result: whole } = await runBackbone(small, pictures);
  const { result: dropped } = await runBackbone(small, pictures, [1, 0, 1, 0]);
  const of = (which: typeof whole, picture: number): Float32Array =>
    (which['block-2']!.data as Float32Array).subarray(picture * 96, (picture + 1) * 96);
  expect(of(dropped, 0)).toEqual(of(whole, 0));
  expect(of(dropped, 1)).toEqual((dropped['block-1']!.data as Float32Array).subarray(96));
  expect(of(dropped, 1)).not.toEqual(of(whole, 1));
});

test('settings and pictures that do not fit are refused with the fix', () => {
  expect(() => createBackbone({ ...small, picture: [18, 8] })).toThrow(InvalidBackboneError);
  expect(() => createBackbone({ ...small, heads: 5 })).toThrow(/choose other heads/);
  const g = new Graph();
  const pictures = g.input('pictures', 'float32', [1, 3, 16, 8]);
  expect(() => createBackbone(small).build(g, new TrainingParameters(g), pictures)).toThrow(/\[3,16,8\].*\[2,16,8\]/);
});
