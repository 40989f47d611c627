import type { IsotonicFit } from './isotonic-fit.ts';
import { isotonicAt, isotonicFit } from './isotonic-fit.ts';
import type { LogisticFit } from './platt-scaling.ts';
import { plattScaling, temperatureScaling } from './platt-scaling.ts';
import type { ScoredLabels } from './scored-labels.ts';
import { positivesOf, sigmoid, softTargets } from './scored-labels.ts';

/**
 * How logits become probabilities. `platt`: slope and offset. `temperature`: slope alone. `isotonic`: any rising curve;
 * it follows the labels best and needs most of them, and studies on one step of it become equal, so it blurs rankings.
 */
export type CalibrationKind = 'temperature' | 'platt' | 'isotonic';

/** One position's calibration: a logistic fit, and where `steps` is there, a rising curve after it. */
export interface Calibration extends LogisticFit {
  /** Probability over slope · logit + offset. */
  readonly steps?: IsotonicFit;
}

/** The probability that a logit stands for. */
export function calibrated({ slope, offset, steps }: Calibration, logit: number): number {
  const scaled = slope * logit + offset;
  return steps ? isotonicAt(steps, scaled) : sigmoid(scaled);
}

/** Labels that the common fit counts against those of one position. */
const commonWeight = 5;
/**
 * With fewer positives or fewer negatives than this a curve of its own would follow single studies: below about a
 * thousand labels an isotonic fit is no better than Platt's (Niculescu-Mizil and Caruana 2005, section 5).
 */
export const enoughForSteps = 100;

/**
 * Calibrates positions: first all together, then each near the common fit, which holds positions with few labels fast.
 * An isotonic curve stands on each position's Platt scaling; a position with few labels of either state takes the curve of
 * all positions together.
 */
export function calibrate(
  byPosition: ReadonlyMap<string, ScoredLabels>,
  kind: CalibrationKind,
): ReadonlyMap<string, Calibration> {
  const all = pooled(byPosition.values());
  if (kind === 'temperature') {
    const common = temperatureScaling(all, 1, 1);
    return mapped(byPosition, (one) => temperatureScaling(one, common.slope, commonWeight));
  }
  const common = plattScaling(all, { slope: 1, offset: 0 }, 1);
  const fits = mapped(byPosition, (one) => plattScaling(one, common, commonWeight));
  if (kind === 'platt' || all.logits.length === 0) return fits;
  const scaled = new Map(
    [...byPosition].map(([id, one]) => {
      const { slope, offset } = fits.get(id)!;
      return [id, { ...one, logits: one.logits.map((logit) => slope * logit + offset) }] as const;
    }),
  );
  const commonSteps = stepsOf(pooled(scaled.values()));
  return new Map(
    [...scaled].map(([id, one]) => {
      const positives = positivesOf(one);
      const own = Math.min(positives, one.positive.length - positives) >= enoughForSteps;
      return [id, { ...fits.get(id)!, steps: own ? stepsOf(one) : commonSteps }] as const;
    }),
  );
}

const stepsOf = (one: ScoredLabels): IsotonicFit => isotonicFit(one.logits, softTargets(one));

export function pooled(all: Iterable<ScoredLabels>): ScoredLabels {
  const parts = [...all];
  return { logits: parts.flatMap((one) => one.logits), positive: parts.flatMap((one) => one.positive) };
}

const mapped = <T>(
  byPosition: ReadonlyMap<string, ScoredLabels>,
  fit: (one: ScoredLabels) => T,
): ReadonlyMap<string, T> => new Map([...byPosition].map(([id, one]) => [id, fit(one)]));
