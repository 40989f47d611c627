import { expect, test } from 'vitest';
import { normal, randomStream } from '../random.ts';
import { plattScaling, temperatureScaling } from './platt-scaling.ts';
import { sigmoid } from './scored-labels.ts';

/** Labels that σ(slope · logit + offset) made. */
function drawn(slope: number, offset: number): { logits: number[]; positive: boolean[] } {
  const random = randomStream(5);
  const logits = Array.from({ length: 40_000 }, () => 2 * normal(random));
  return { logits, positive: logits.map((logit) => random() < sigmoid(slope * logit + offset)) };
}

test('Platt scaling finds the slope and offset that made the labels', () => {
  const fit = plattScaling(drawn(0.7, -1.2), { slope: 1, offset: 0 }, 1);
  expect(fit.slope).toBeCloseTo(0.7, 1);
  expect(fit.offset).toBeCloseTo(-1.2, 1);
});

test('with few labels the fit stays near the common one', () => {
  const scored = { logits: [3, -3], positive: [false, true] };
  const fit = plattScaling(scored, { slope: 1, offset: -0.5 }, 100);
  expect(fit.slope).toBeGreaterThan(0.8);
  expect(fit.offset).toBeCloseTo(-0.5, 1);
  expect(temperatureScaling(scored, 1, 100).slope).toBeGreaterThan(0.8);
});

test('temperature scaling finds the slope, and keeps an even chance where it was', () => {
  const fit = temperatureScaling(drawn(0.4, 0), 1, 1);
  expect(fit.slope).toBeCloseTo(0.4, 1);
  expect(fit.offset).toBe(0);
});

test('temperature by hand: of two labels at logit 2, softened to ⅔ and ⅓, nothing is left', () => {
  // Gradient (σ(2s) − ⅔) · 2 + (σ(2s) − ⅓) · 2 vanishes at σ(2s) = ½, so s falls to the least slope.
  expect(temperatureScaling({ logits: [2, 2], positive: [true, false] }, 1, 0).slope).toBe(0.05);
  // One positive at 2 and one negative at −2, softened to ⅔ and ⅓: σ(2s) = ⅔, so s = ln 2 ÷ 2.
  const fit = temperatureScaling({ logits: [2, -2], positive: [true, false] }, 1, 0);
  expect(fit.slope).toBeCloseTo(Math.LN2 / 2, 5);
});

test('a model that says the opposite is flattened, not turned around', () => {
  expect(temperatureScaling(drawn(-1, 0), 1, 1).slope).toBe(0.05);
  expect(plattScaling(drawn(-1, 0), { slope: 1, offset: 0 }, 1).slope).toBe(0.05);
});
