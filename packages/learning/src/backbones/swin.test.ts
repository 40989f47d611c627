import { encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { InvalidBackboneError } from '../errors.ts';
import { backboneParameters } from './backbone-parameters.ts';
import { countOf, noise, runBackbone } from './backbone-run.fixture.ts';
import type { SwinSettings } from './backbone-settings.ts';
import { createBackbone } from './create-backbone.ts';
import type { Windows } from './windows.ts';
import { cutWindows, joinWindows, offsetIndices, shiftMask } from './windows.ts';

const small: SwinSettings = {
  kind: 'swin',
  picture: [16, 24],
  channels: 1,
  patch: 2,
  window: 4,
  width: 8,
  depths: [2, 2],
  heads: [2, 4],
};

const windows: Windows = { lattice: [5, 7], window: [3, 4], shift: [1, 2] };

/** Runs a graph without inputs. */
async function outOf(build: (g: Graph) => void): Promise<Float32Array> {
  const g = new Graph();
  build(g);
  const session = await Session.create(encodeModel(g));
  const { out } = await session.run({});
  await session.dispose();
  return out!.data as Float32Array;
}

test('Swin-T has its published count of parameters', () => {
  const head = 768 * 1000 + 1000;
  expect(countOf({ kind: 'swin', size: 'tiny', picture: [224, 224], channels: 3 }) + head).toBe(28_288_354);
});

test('merging counts as deep as the block after it', () => {
  const depths = new Map(backboneParameters(small).map((spec) => [spec.name, spec.depth]));
  expect(depths.get('backbone.stage-1.block-2.attention.offsets')).toBe(2);
  expect(depths.get('backbone.stage-2.merge.weight')).toBe(3);
  expect(depths.get('backbone.stage-2.block-2.attention.qkv.weight')).toBe(4);
});

test('tokens and taps follow the lattice of each stage, whatever its sides', async () => {
  const { result, lattice } = await runBackbone(small, noise(2 * 16 * 24));
  expect(result['stage-1']!.shape).toEqual([2, 8, 12, 8]);
  expect(result['stage-2']!.shape).toEqual([2, 4, 6, 16]);
  expect(lattice).toEqual([4, 6]);
  expect(result.tokens!.shape).toEqual([2, 24, 16]);
  expect(result.pooled!.shape).toEqual([2, 16]);
  const odd = await runBackbone({ ...small, picture: [14, 10] }, noise(14 * 10));
  expect(odd.result['stage-1']!.shape).toEqual([1, 7, 5, 8]);
  expect(odd.result['stage-2']!.shape).toEqual([1, 4, 3, 16]);
});

test('joining undoes cutting, padding and shift included', async () => {
  const values = noise(2 * 5 * 7 * 3);
  const back = await outOf((g) => {
    const x = g.constant(floatTensor([2, 5, 7, 3], values));
    g.output('out', joinWindows(g, cutWindows(g, x, windows), windows));
  });
  expect(back).toEqual(values);
});

test('a shifted window holds the tokens that the shift brings into it', async () => {
  const numbers = Float32Array.from({ length: 4 * 4 }, (_, index) => index);
  const cut = await outOf((g) => {
    const x = g.constant(floatTensor([1, 4, 4, 1], numbers));
    g.output('out', cutWindows(g, x, { lattice: [4, 4], window: [2, 2], shift: [1, 1] }));
  });
  // The last window joins the four corners of the picture.
  expect([...cut.subarray(0, 4)]).toEqual([5, 6, 9, 10]);
  expect([...cut.subarray(12)]).toEqual([15, 12, 3, 0]);
});

test('tokens from opposite ends do not attend to each other', async () => {
  const mask = await outOf((g) => {
    g.output('out', shiftMask(g, { lattice: [4, 4], window: [2, 2], shift: [1, 1] }));
  });
  expect([...mask.subarray(0, 16)].every((value) => value === 0)).toBe(true);
  // Of the four corners each sees itself alone.
  expect([...mask.subarray(48)].filter((value) => value === 0)).toHaveLength(4);
});

test('offsets: a shorter window reads the middle of the table', () => {
  expect(offsetIndices([2, 2], 2)).toEqual([4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4]);
  expect(offsetIndices([1, 1], 3)).toEqual([12]);
});

test('a picture whose blocks are dropped keeps its embedding', async () => {
  const { result } = await runBackbone({ ...small, depths: [1], heads: [2] }, noise(2 * 16 * 24), [1, 0]);
  const { result: whole } = await runBackbone({ ...small, depths: [1], heads: [2] }, noise(2 * 16 * 24));
  const half = 8 * 12 * 8;
  const [dropped, kept] = [result['stage-1']!.data as Float32Array, whole['stage-1']!.data as Float32Array];
  expect(dropped.subarray(0, half)).toEqual(kept.subarray(0, half));
  expect(dropped.subarray(half)).not.toEqual(kept.subarray(half));
});

test('settings that do not fit are refused with the fix', () => {
  expect(() => createBackbone({ ...small, picture: [15, 24] })).toThrow(InvalidBackboneError);
  expect(() => createBackbone({ ...small, heads: [2] })).toThrow(/one number for each stage/);
  expect(() => createBackbone({ ...small, heads: [3, 4] })).toThrow(/3 heads do not divide a width of 8/);
});
