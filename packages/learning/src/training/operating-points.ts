import type { OperatingPoint } from '@radiolect/findings';
import type { Calibration, CalibrationKind } from '../calibration/calibration.ts';
import { calibrate, calibrated } from '../calibration/calibration.ts';
import { plattScaling, temperatureScaling } from '../calibration/platt-scaling.ts';
import type { ScoredLabels } from '../calibration/scored-labels.ts';
import { positivesOf } from '../calibration/scored-labels.ts';
import type { ScoredProbabilities, ThresholdRule } from '../calibration/thresholds.ts';
import {
  absentThreshold,
  bestF1Threshold,
  falsePositivesThreshold,
  sensitivityThreshold,
  specificityThreshold,
} from '../calibration/thresholds.ts';

/** How a recipe turns logits into calls; both parts are fitted on the validation studies. */
export interface OperatingPointSettings {
  readonly calibration: CalibrationKind;
  /** Of "present". */
  readonly threshold: ThresholdRule;
}

export const defaultOperatingPoints: OperatingPointSettings = {
  calibration: 'platt',
  threshold: { kind: 'best-f1' },
};

/** Calibration of one position and its two thresholds on the probability. */
export interface PositionOperation extends OperatingPoint, Calibration {
  /** Positive and negative labels in validation, from which the numbers were chosen. */
  readonly positives: number;
  readonly negatives: number;
}

/** `operating-points.json`. */
export interface OperatingPoints {
  /** How the numbers were chosen; models from before there was a choice do not say it, and have the default. */
  readonly method?: OperatingPointSettings;
  readonly positions: Readonly<Record<string, PositionOperation>>;
  readonly metastasis: PositionOperation;
  /** A cause is named only where its probability reaches this. */
  readonly natureThreshold: number;
  /** Share of the validation's stated causes that the model names rightly, and names at all, at that threshold. */
  readonly natureAccuracy: number | null;
  readonly natureCoverage: number | null;
}

/** Fewer labels of the state that matters than this, and a position borrows its thresholds from all together. */
const enoughLabels = 30;
/** With the best F1, nothing is called present below an even chance, even where that would find more than it invents. */
const leastPresent = 0.5;
/** A site is denied below this, even where labels of reports would keep it uncertain: nobody reads on at one in fifty. */
const leastUncertain = 0.05;
/** Largest share of wrongly denied sites among the denied. */
const acceptedMisses = 0.02;

/** Calibrates all positions and chooses their thresholds. */
export function operatingPoints(
  byPosition: ReadonlyMap<string, ScoredLabels>,
  metastasis: ScoredLabels,
  natures: readonly { readonly probability: number; readonly right: boolean }[],
  settings: OperatingPointSettings = defaultOperatingPoints,
): OperatingPoints {
  const { positions, common } = positionOperations(byPosition, settings);
  const near = { slope: 1, offset: 0 };
  // One question a study has too few labels for a curve of its own.
  const fit =
    settings.calibration === 'temperature' ? temperatureScaling(metastasis, 1, 1) : plattScaling(metastasis, near, 1);
  const scored = probabilitiesOf(metastasis, fit);
  // False alarms a scan are those at sites.
  const rule: ThresholdRule =
    settings.threshold.kind === 'false-positives-per-scan' ? { kind: 'best-f1' } : settings.threshold;
  return {
    method: settings,
    positions,
    metastasis: {
      ...fit,
      ...(enough(scored, rule) ? thresholds(scored, rule) : common),
      ...counts(metastasis),
    },
    ...natureOperation(natures),
  };
}

/** The operations of all positions, and the thresholds of those that have too few labels for their own. */
export function positionOperations(
  byPosition: ReadonlyMap<string, ScoredLabels>,
  method: OperatingPointSettings = defaultOperatingPoints,
): {
  readonly method: OperatingPointSettings;
  readonly positions: Readonly<Record<string, PositionOperation>>;
  readonly common: OperatingPoint;
} {
  const { calibration, threshold } = method;
  checkOperatingPoints(method);
  const fits = calibrate(byPosition, calibration);
  const scored = new Map([...byPosition].map(([id, one]) => [id, probabilitiesOf(one, fits.get(id)!)]));
  const all = [...scored.values()];
  const everywhere: ScoredProbabilities = {
    probabilities: all.flatMap(({ probabilities }) => probabilities),
    positive: all.flatMap(({ positive }) => positive),
  };
  const budget = threshold.kind === 'false-positives-per-scan' ? falsePositivesThreshold(all, threshold.at) : undefined;
  const own = (one: ScoredProbabilities): OperatingPoint =>
    budget === undefined ? thresholds(one, threshold) : below(one, budget);
  const common = own(everywhere);
  const positions = Object.fromEntries(
    [...scored].map(([id, one]) => [
      id,
      { ...fits.get(id)!, ...(enough(one, threshold) ? own(one) : common), ...counts(byPosition.get(id)!) },
    ]),
  );
  return { method, positions, common };
}

/** Throws RangeError on a share or number that no threshold can reach: before a run, not after it. */
export function checkOperatingPoints({ threshold }: OperatingPointSettings = defaultOperatingPoints): void {
  if (threshold.kind === 'best-f1') return;
  const { kind, at } = threshold;
  if (kind === 'false-positives-per-scan' ? !(at >= 0) : !(at > 0 && at <= 1))
    throw new RangeError(`operatingPoints.threshold: ${kind} cannot be ${at}`);
}

const probabilitiesOf = ({ logits, positive }: ScoredLabels, fit: Calibration): ScoredProbabilities => ({
  probabilities: logits.map((logit) => calibrated(fit, logit)),
  positive,
});

const counts = (one: ScoredLabels): { readonly positives: number; readonly negatives: number } => {
  const positives = positivesOf(one);
  return { positives, negatives: one.positive.length - positives };
};

/** Whether there are labels enough of the state that a rule counts. */
function enough(one: ScoredProbabilities, { kind }: ThresholdRule): boolean {
  const positives = positivesOf(one);
  return (kind === 'specificity' ? one.positive.length - positives : positives) >= enoughLabels;
}

function thresholds(one: ScoredProbabilities, rule: ThresholdRule): OperatingPoint {
  const positives = positivesOf(one);
  if (rule.kind === 'sensitivity' && positives > 0) return below(one, sensitivityThreshold(one, rule.at));
  if (rule.kind === 'specificity' && positives < one.positive.length)
    return below(one, specificityThreshold(one, rule.at));
  return below(one, Math.max(bestF1Threshold(one.probabilities, one.positive), leastPresent));
}

/** Denied below the threshold that rarely denies wrongly, or is next to nothing, and never what is called present. */
const below = ({ probabilities, positive }: ScoredProbabilities, high: number): OperatingPoint => ({
  low: Math.min(Math.max(absentThreshold(probabilities, positive, acceptedMisses), leastUncertain), high),
  high,
});

/** Causes are named where the model is right in at least three of four, and never below an even chance. */
const wantedAccuracy = 0.75;
const leastProbability = 0.5;

function natureOperation(
  scored: readonly { readonly probability: number; readonly right: boolean }[],
): Pick<OperatingPoints, 'natureThreshold' | 'natureAccuracy' | 'natureCoverage'> {
  if (scored.length === 0) return { natureThreshold: 1, natureAccuracy: null, natureCoverage: null };
  const sorted = [...scored].sort((a, b) => b.probability - a.probability);
  let right = 0;
  let best = { threshold: sorted[0]!.probability, accuracy: 0, coverage: 0 };
  sorted.forEach((one, index) => {
    if (one.right) right += 1;
    const accuracy = right / (index + 1);
    if ((accuracy >= wantedAccuracy && one.probability >= leastProbability) || index === 0)
      best = { threshold: one.probability, accuracy, coverage: (index + 1) / sorted.length };
  });
  return { natureThreshold: best.threshold, natureAccuracy: best.accuracy, natureCoverage: best.coverage };
}
