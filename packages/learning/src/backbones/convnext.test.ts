import { expect, test } from 'vitest';
import { InvalidBackboneError } from '../errors.ts';
import { backboneParameters } from './backbone-parameters.ts';
import { countOf, noise, runBackbone } from './backbone-run.fixture.ts';
import type { ConvNextSettings } from './backbone-settings.ts';
import { createBackbone } from './create-backbone.ts';

const small: ConvNextSettings = {
  kind: 'convnext',
  picture: [20, 12],
  channels: 2,
  patch: 2,
  widths: [8, 16],
  depths: [1, 2],
  layerScale: 1,
};

test('ConvNeXt-T has its published count of parameters', () => {
  const head = 768 * 1000 + 1000;
  expect(countOf({ kind: 'convnext', size: 'tiny', picture: [224, 224], channels: 3 }) + head).toBe(28_589_128);
});

test('downsampling counts as deep as the block after it', () => {
  const depths = new Map(backboneParameters(small).map((spec) => [spec.name, spec.depth]));
  expect(depths.get('backbone.patch.norm.gain')).toBe(0);
  expect(depths.get('backbone.stage-2.downsample.weight')).toBe(2);
  expect(depths.get('backbone.stage-2.block-2.scale')).toBe(3);
});

test('tokens and taps follow the lattice of each stage; an odd side loses its last row', async () => {
  const { result, lattice } = await runBackbone(small, noise(3 * 2 * 20 * 12));
  expect(result['stage-1']!.shape).toEqual([3, 10, 6, 8]);
  expect(result['stage-2']!.shape).toEqual([3, 5, 3, 16]);
  expect(lattice).toEqual([5, 3]);
  expect(result.tokens!.shape).toEqual([3, 15, 16]);
  expect(result.pooled!.shape).toEqual([3, 16]);
  const odd = await runBackbone({ ...small, picture: [10, 14] }, noise(2 * 10 * 14));
  expect(odd.result['stage-2']!.shape).toEqual([1, 2, 3, 16]);
});

test('a picture whose blocks are dropped keeps its embedding', async () => {
  const one: ConvNextSettings = { ...small, depths: [1], widths: [8] };
  const { result } = await runBackbone(one, noise(2 * 2 * 20 * 12), [0, 1]);
  const { result: whole } = await runBackbone(one, noise(2 * 2 * 20 * 12));
  const half = 10 * 6 * 8;
  const [dropped, kept] = [result['stage-1']!.data as Float32Array, whole['stage-1']!.data as Float32Array];
  expect(dropped.subarray(half)).toEqual(kept.subarray(half));
  expect(dropped.subarray(0, half)).not.toEqual(kept.subarray(0, half));
});

test('settings that do not fit are refused with the fix', () => {
  expect(() => createBackbone({ ...small, picture: [20, 13] })).toThrow(InvalidBackboneError);
  expect(() => createBackbone({ ...small, depths: [1] })).toThrow(/one number for each stage/);
  expect(() => createBackbone({ kind: 'convnext', picture: [28, 28], channels: 1 })).toThrow(/stage 4.*smaller patch/);
});
