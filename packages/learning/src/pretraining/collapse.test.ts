import { expect, test } from 'vitest';
import { collapseOf } from './collapse.ts';
import type { Diagnostics } from './diagnostics.ts';

const sound: Diagnostics = { distance: 1, deviation: 0.7, effectiveRank: 40, alignment: 0.3, uniformity: -2 };
const advice = 'lower the learning rate.';
const judge = (now: Partial<Diagnostics>, before: Partial<Diagnostics> = {}): string | undefined =>
  collapseOf(
    { features: sound, projections: { ...sound, ...before } },
    { features: sound, projections: { ...sound, ...now } },
    advice,
  );

test('a network that changes, but tells images apart, goes on', () => {
  expect(judge({})).toBeUndefined();
  expect(judge({ distance: 0.4, deviation: 0.3, effectiveRank: 3, uniformity: -0.3 })).toBeUndefined();
  // Small from the beginning, because untrained networks see much the same everywhere.
  expect(judge({ distance: 0.05 }, { distance: 0.06 })).toBeUndefined();
});

test.each([
  [{ distance: 0.19 }, 'the mean distance of two images fell from 1.00 before training to 0.190'],
  [{ deviation: 0.1 }, 'the mean deviation of a dimension fell from 0.700 before training to 0.100'],
  [{ effectiveRank: 1.5 }, 'the effective rank fell from 40.0 before training to 1.50'],
] as const)('%j has collapsed: which measure, what it means, what to change', (now, words) => {
  const reason = judge(now)!;
  expect(reason).toMatch(/^The projections have collapsed/);
  expect(reason).toContain(words);
  expect(reason).toContain('That means that ');
  expect(reason).toMatch(/What to change: lower the learning rate\.$/);
});

test('whatever the beginning was: rounding and a single line are a collapse', () => {
  expect(judge({ distance: 5e-4 }, { distance: 1e-3 })).toContain('mean distance');
  expect(judge({ effectiveRank: 1.9 }, { effectiveRank: 3 })).toContain('effective rank');
});

test('numbers that are none are a divergence', () => {
  expect(judge({ distance: Number.NaN })).toContain('diverged');
});

test('features that all images share in part may lie close, but not along a line', () => {
  const of = (features: Partial<Diagnostics>): string | undefined =>
    collapseOf({ features: sound }, { features: { ...sound, ...features } }, advice);
  expect(of({ distance: 0.05, deviation: 0.04, effectiveRank: 30, uniformity: -0.001 })).toBeUndefined();
  expect(of({ effectiveRank: 1.2 })).toMatch(/^The features have collapsed: the effective rank/);
  // Constant but for rounding.
  expect(of({ distance: 1e-7, effectiveRank: 0 })).toContain('to 0,');
});
