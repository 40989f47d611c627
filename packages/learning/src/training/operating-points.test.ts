import { expect, test } from 'vitest';
import { calibrated } from '../calibration/calibration.ts';
import { sigmoid } from '../calibration/scored-labels.ts';
import { normal, randomStream } from '../random.ts';
import type { OperatingPointSettings } from './operating-points.ts';
import { operatingPoints, positionOperations } from './operating-points.ts';

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

test('a site is denied at next to nothing, however many reports call such sites abnormal', () => {
  // All positives lie as low as the negatives: the rule that rarely denies wrongly would deny none of them.
  const positive = Array.from({ length: 2000 }, (_, index) => index % 33 === 0);
  const logits = positive.map((_, index) => -6 + (index % 7) / 100);
  const { positions } = positionOperations(new Map([['noisy', { logits, positive }]]));
  const { low, high } = positions.noisy!;
  expect(low).toBeGreaterThanOrEqual(0.05);
  expect(low).toBeLessThanOrEqual(high);
});

/** A position whose logits are twice as sure as they should be. */
function overconfident(count: number, seed: number): { logits: number[]; positive: boolean[] } {
  const random = randomStream(seed);
  const logits = Array.from({ length: count }, () => 4 * normal(random) - 2);
  return { logits, positive: logits.map((logit) => random() < sigmoid(logit / 2)) };
}
const settings = (
  calibration: OperatingPointSettings['calibration'],
  threshold: OperatingPointSettings['threshold'],
): OperatingPointSettings => ({ calibration, threshold });
const several = new Map([1, 2, 3].map((seed) => [`site-${seed}`, overconfident(2000, seed)]));

test.each(['temperature', 'platt', 'isotonic'] as const)('%s: thresholds reach what they were chosen for', (kind) => {
  for (const at of [0.8, 0.9]) {
    const sensitive = positionOperations(several, settings(kind, { kind: 'sensitivity', at })).positions;
    const specific = positionOperations(several, settings(kind, { kind: 'specificity', at })).positions;
    for (const [id, { logits, positive }] of several) {
      const found = (points: typeof sensitive, of: boolean): number => {
        const calls = logits.filter((logit, index) => positive[index] === of && called(points[id]!, logit));
        return calls.length / positive.filter((is) => is === of).length;
      };
      // Steps of an isotonic fit are wide: whole groups of studies pass at once.
      const slack = kind === 'isotonic' ? 0.1 : 0.01;
      expect(found(sensitive, true)).toBeGreaterThanOrEqual(at);
      expect(found(sensitive, true)).toBeLessThan(at + slack);
      expect(1 - found(specific, false)).toBeGreaterThanOrEqual(at);
      expect(1 - found(specific, false)).toBeLessThan(at + slack);
    }
  }
});

test.each(['temperature', 'platt', 'isotonic'] as const)('%s: half a false alarm a scan, over all sites', (kind) => {
  const { positions } = positionOperations(several, settings(kind, { kind: 'false-positives-per-scan', at: 0.5 }));
  expect(new Set(Object.values(positions).map(({ high }) => high)).size).toBe(1);
  let alarms = 0;
  for (const [id, { logits, positive }] of several)
    alarms += logits.filter((logit, index) => !positive[index] && called(positions[id]!, logit)).length;
  expect(alarms / 2000).toBeLessThanOrEqual(0.5);
  expect(alarms / 2000).toBeGreaterThan(kind === 'isotonic' ? 0.4 : 0.49);
});

test('what a model folder says of its thresholds is what the recipe asked for', () => {
  const asked = settings('isotonic', { kind: 'sensitivity', at: 0.9 });
  const points = operatingPoints(several, overconfident(100, 9), [], asked);
  expect(points.method).toEqual(asked);
  expect(operatingPoints(several, overconfident(100, 9), []).method).toEqual(settings('platt', { kind: 'best-f1' }));
  expect(points.metastasis.steps).toBeUndefined();
});

test('a share above 1 and a sensitivity of nothing are refused', () => {
  const choose = (at: number) => () => positionOperations(several, settings('platt', { kind: 'sensitivity', at }));
  expect(choose(1.1)).toThrow(/sensitivity/);
  expect(choose(0)).toThrow(/sensitivity/);
});

const called = (point: Parameters<typeof calibrated>[0] & { high: number }, logit: number): boolean =>
  calibrated(point, logit) >= point.high;
