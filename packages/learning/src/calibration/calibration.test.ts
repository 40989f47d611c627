import { describe, expect, test } from 'vitest';
import { normal, randomStream } from '../random.ts';
import { calibrate, calibrated } from './calibration.ts';
import type { ScoredLabels } from './scored-labels.ts';
import { sigmoid } from './scored-labels.ts';

/** Labels whose true probability is a curve of the logit. */
function drawn(count: number, seed: number, curve: (logit: number) => number): ScoredLabels {
  const random = randomStream(seed);
  const logits = Array.from({ length: count }, () => 2 * normal(random));
  return { logits, positive: logits.map((logit) => random() < curve(logit)) };
}
/** Not a logistic curve of any slope: level in the middle. */
const level = (logit: number): number => (logit < -1 ? 0.05 : logit < 1 ? 0.5 : 0.95);
const rare: ScoredLabels = { logits: [-3, -2, 1, 2], positive: [false, false, false, true] };
const positions = new Map([
  ['many', drawn(4000, 1, level)],
  ['other', drawn(4000, 2, level)],
  ['rare', rare],
]);

describe('isotonic', () => {
  const fits = calibrate(positions, 'isotonic');
  test('follows a curve that no slope and offset follows', () => {
    const platt = calibrate(positions, 'platt').get('many')!;
    const error = (fit: Parameters<typeof calibrated>[0]): number =>
      [-3, -2, -0.5, 0.5, 2, 3].reduce((sum, at) => sum + Math.abs(calibrated(fit, at) - level(at)), 0) / 6;
    expect(error(fits.get('many')!)).toBeLessThan(0.04);
    expect(error(platt)).toBeGreaterThan(2 * error(fits.get('many')!));
  });
  test('a position with few labels takes the common curve', () => {
    const own = fits.get('rare')!.steps!;
    expect(own.at.length).toBeGreaterThan(4);
    expect(own).not.toEqual(fits.get('many')!.steps);
    expect(calibrated(fits.get('rare')!, 0)).toBeCloseTo(0.5, 1);
  });
  test('never falls, and is never certain', () => {
    const fit = fits.get('many')!;
    const curve = Array.from({ length: 200 }, (_, i) => calibrated(fit, (i - 100) / 10));
    expect(curve.every((p, i) => p > 0 && p < 1 && (i === 0 || p >= curve[i - 1]!))).toBe(true);
  });
});

test('platt and temperature: many labels decide for themselves, few stay near the common fit', () => {
  const mixed = new Map([
    ['steep', drawn(4000, 3, (logit) => sigmoid(2 * logit))],
    ['flat', drawn(4000, 4, (logit) => sigmoid(0.5 * logit))],
    ['rare', rare],
  ]);
  for (const kind of ['platt', 'temperature'] as const) {
    const fits = calibrate(mixed, kind);
    expect(fits.get('steep')!.slope).toBeCloseTo(2, 0);
    expect(fits.get('flat')!.slope).toBeCloseTo(0.5, 1);
    const between = fits.get('rare')!.slope;
    expect(between).toBeGreaterThan(fits.get('flat')!.slope);
    expect(between).toBeLessThan(fits.get('steep')!.slope);
    expect(fits.get('rare')!.steps).toBeUndefined();
  }
});

test('what is read back from JSON calibrates alike', () => {
  for (const kind of ['isotonic', 'platt'] as const) {
    const fit = calibrate(positions, kind).get('many')!;
    const again = JSON.parse(JSON.stringify(fit)) as typeof fit;
    for (const logit of [-4, -0.3, 0, 2.2]) expect(calibrated(again, logit)).toBe(calibrated(fit, logit));
  }
});
