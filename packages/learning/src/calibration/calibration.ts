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

/** One position's calibration. Where `steps` is there it counts; slope and offset then stand beside it, for comparison. */
export interface Calibration extends LogisticFit {
  /** Corners over the logit. */
  readonly steps?: IsotonicFit;
}

/** The probability that a logit stands for. */
export const calibrated = ({ slope, offset, steps }: Calibration, logit: number): number =>
  steps ? isotonicAt(steps, logit) : sigmoid(slope * logit + offset);

/** Labels that the common fit counts against those of one position. */
const commonWeight = 5;
/** With fewer positives or fewer negatives than this a curve of its own would follow single studies. */
export const enoughForSteps = 30;

/**
 * Calibrates positions: first all together, then each near the common fit. A position with few labels of either state
 * takes the common curve (isotonic), or a fit that the common one holds fast (temperature, Platt).
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
  if (kind === 'platt') return mapped(byPosition, (one) => plattScaling(one, common, commonWeight));
  const commonSteps = all.logits.length > 0 ? stepsOf(all) : undefined;
  return mapped(byPosition, (one) => {
    const positives = positivesOf(one);
    const own = Math.min(positives, one.positive.length - positives) >= enoughForSteps;
    const steps = own ? stepsOf(one) : commonSteps;
    return { ...plattScaling(one, common, commonWeight), ...(steps ? { steps } : {}) };
  });
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
