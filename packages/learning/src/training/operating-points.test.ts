import { describe, expect, test } from 'vitest';
import { normal, randomStream } from '../random.ts';
import { absentThreshold, bestF1Threshold, operatingPoints, plattScaling } from './operating-points.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

test('Platt scaling finds the slope and offset that made the labels', () => {
  const random = randomStream(5);
  const logits = Array.from({ length: 40_000 }, () => 2 * normal(random));
  const positive = logits.map((logit) => random() < sigmoid(0.7 * logit - 1.2));
  const fit = plattScaling({ logits, positive }, { slope: 1, offset: 0 }, 1);
  expect(fit.slope).toBeCloseTo(0.7, 1);
  expect(fit.offset).toBeCloseTo(-1.2, 1);
});

test('with few labels the fit stays near the common one', () => {
  const fit = plattScaling({ logits: [3, -3], positive: [false, true] }, { slope: 1, offset: -0.5 }, 100);
  expect(fit.slope).toBeGreaterThan(0.8);
  expect(fit.offset).toBeCloseTo(-0.5, 1);
});

describe('thresholds, by hand', () => {
  const probabilities = [0.9, 0.8, 0.7, 0.3, 0.2, 0.1];
  const positive = [true, true, false, true, false, false];
  test('F1 is 0.857 from 0.3 up, 0.8 from 0.8 up', () => {
    expect(bestF1Threshold(probabilities, positive)).toBeCloseTo(0.25);
  });
  test('below 0.25 nothing is missed; below 0.5 one of three is', () => {
    expect(absentThreshold(probabilities, positive, 0)).toBeCloseTo(0.25);
    expect(absentThreshold(probabilities, positive, 0.34)).toBeCloseTo(0.75);
  });
});

test('a position with few positives takes the common thresholds, and low never passes high', () => {
  const random = randomStream(8);
  const scored = (count: number, rate: number): { logits: number[]; positive: boolean[] } => {
    const positive = Array.from({ length: count }, () => random() < rate);
    return { positive, logits: positive.map((is) => (is ? 2 : -2) + normal(random)) };
  };
  const positions = new Map([
    ['common', scored(400, 0.3)],
    ['rare', scored(400, 0.005)],
    ['never', { logits: [-1, -2, -3], positive: [false, false, false] }],
  ]);
  const points = operatingPoints(positions, scored(200, 0.4), [
    { probability: 0.9, right: true },
    { probability: 0.8, right: true },
    { probability: 0.6, right: true },
    { probability: 0.5, right: false },
    { probability: 0.4, right: false },
  ]);
  expect(points.positions.rare!.high).toBe(points.positions.never!.high);
  expect(points.positions.rare!.low).toBe(points.positions.never!.low);
  expect(points.positions.common!.low).not.toBe(points.positions.rare!.low);
  for (const one of [...Object.values(points.positions), points.metastasis]) {
    expect(one.low).toBeLessThanOrEqual(one.high);
    expect(one.high).toBeGreaterThanOrEqual(0.5);
    expect(one.slope).toBeGreaterThan(0);
  }
  // Three of four named causes are right down to 0.5.
  expect(points).toMatchObject({ natureThreshold: 0.5, natureAccuracy: 0.75, natureCoverage: 0.8 });
});
