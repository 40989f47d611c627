import { expect, test } from 'vitest';
import type { FinetuningSettings } from './parameter-policy.ts';
import { parameterPolicy } from './parameter-policy.ts';
import type { ParameterSpec } from './parameters.ts';

const spec = (depth?: number, name = 'w'): ParameterSpec => ({
  name,
  shape: [1],
  start: 0,
  decays: true,
  ...(depth === undefined ? {} : { depth }),
});
/** Of embedding, blocks 1 to 3, a last norm above them, and a head. */
const depths = [0, 1, 2, 3, 4, undefined];
const frozen = (settings: FinetuningSettings): boolean[] =>
  depths.map((depth) => parameterPolicy(settings, 3).frozen(spec(depth)));

test('what each kind freezes', () => {
  expect(frozen({ kind: 'everything' })).toEqual([false, false, false, false, false, false]);
  expect(frozen({ kind: 'linear-probe' })).toEqual([true, true, true, true, true, false]);
  expect(frozen({ kind: 'frozen-trunk' })).toEqual([true, true, true, true, true, false]);
  expect(frozen({ kind: 'frozen-trunk', trainedBlocks: 1 })).toEqual([true, true, true, false, false, false]);
  const adapters = { kind: 'low-rank-adapters', rank: 2, alpha: 2 } as const;
  expect(frozen(adapters)).toEqual([true, true, true, true, true, false]);
  expect(parameterPolicy(adapters, 3).frozen(spec(2, 'w.adapter-in'))).toBe(false);
});

test('layer-wise decay: the head at the full rate, each block below at three quarters of the one above', () => {
  const { learningRateScale } = parameterPolicy({ kind: 'everything', layerDecay: 0.75 }, 3);
  expect(depths.map((depth) => learningRateScale(spec(depth)))).toEqual([0.75 ** 4, 0.75 ** 3, 0.75 ** 2, 0.75, 1, 1]);
});

test('without decay all learn alike; a decay outside 0 to 1 is refused', () => {
  const { learningRateScale } = parameterPolicy({ kind: 'everything' }, 3);
  expect(depths.map((depth) => learningRateScale(spec(depth)))).toEqual([1, 1, 1, 1, 1, 1]);
  expect(() => parameterPolicy({ kind: 'everything', layerDecay: 1.5 }, 3)).toThrow(/layerDecay/);
});
