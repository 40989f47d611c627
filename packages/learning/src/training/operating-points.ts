import type { OperatingPoint } from '@radiolect/findings';

/** Calibration of one position, probability = σ(slope · logit + offset), and its two thresholds on the probability. */
export interface PositionOperation extends OperatingPoint {
  readonly slope: number;
  readonly offset: number;
  /** Positive and negative labels in validation, from which the numbers were chosen. */
  readonly positives: number;
  readonly negatives: number;
}

/** `operating-points.json`. */
export interface OperatingPoints {
  readonly positions: Readonly<Record<string, PositionOperation>>;
  readonly metastasis: PositionOperation;
  /** A cause is named only where its probability reaches this. */
  readonly natureThreshold: number;
  /** Share of the validation's stated causes that the model names rightly, and names at all, at that threshold. */
  readonly natureAccuracy: number | null;
  readonly natureCoverage: number | null;
}

/** Labels and logits of one position over the validation studies that state it. */
export interface ScoredLabels {
  readonly logits: readonly number[];
  readonly positive: readonly boolean[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Platt scaling: slope and offset that fit the labels best, held near (`slope`, `offset`) by a ridge worth `weight`
 * labels. Newton's method; targets are softened as Platt (1999) does so that a perfect split stays finite.
 */
export function plattScaling(
  { logits, positive }: ScoredLabels,
  near: { readonly slope: number; readonly offset: number },
  weight: number,
): { slope: number; offset: number } {
  const positives = positive.filter(Boolean).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (positive.length - positives + 2);
  let { slope, offset } = near;
  for (let iteration = 0; iteration < 50; iteration++) {
    let [gs, go] = [weight * (slope - near.slope), weight * (offset - near.offset)];
    let [hss, hso, hoo] = [weight + 1e-6, 0, weight + 1e-6];
    logits.forEach((logit, index) => {
      const p = sigmoid(slope * logit + offset);
      const error = p - (positive[index] ? high : low);
      const curvature = Math.max(p * (1 - p), 1e-6);
      gs += error * logit;
      go += error;
      hss += curvature * logit * logit;
      hso += curvature * logit;
      hoo += curvature;
    });
    const determinant = hss * hoo - hso * hso;
    const [ds, dO] = [(hoo * gs - hso * go) / determinant, (hss * go - hso * gs) / determinant];
    // Long steps are cut: far from the optimum the curvature says little.
    const cut = Math.min(1, 2 / Math.max(Math.abs(ds), Math.abs(dO), 1e-9));
    slope -= cut * ds;
    offset -= cut * dO;
    if (Math.abs(ds) + Math.abs(dO) < 1e-6) break;
  }
  return { slope: Math.max(slope, 0.05), offset };
}

/** The probability at or above which calling "present" gives the best F1, and that F1. */
export function bestF1Threshold(probabilities: readonly number[], positive: readonly boolean[]): number {
  const order = probabilities.map((_, index) => index).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const total = positive.filter(Boolean).length;
  let hits = 0;
  let best = { f1: -1, threshold: 0.5 };
  order.forEach((index, rank) => {
    if (positive[index]) hits += 1;
    const next = order[rank + 1];
    if (next !== undefined && probabilities[next] === probabilities[index]) return;
    const f1 = (2 * hits) / (rank + 1 + total);
    // Halfway to the next study below, so that the threshold does not sit on one study's value.
    const below = next === undefined ? 0 : probabilities[next]!;
    if (f1 > best.f1) best = { f1, threshold: (probabilities[index]! + below) / 2 };
  });
  return best.threshold;
}

/** The largest threshold below which at most `missed` of the labels are positive. */
export function absentThreshold(
  probabilities: readonly number[],
  positive: readonly boolean[],
  missed: number,
): number {
  const order = probabilities.map((_, index) => index).sort((a, b) => probabilities[a]! - probabilities[b]!);
  let positives = 0;
  let threshold = 0;
  order.forEach((index, rank) => {
    if (positive[index]) positives += 1;
    const above = order[rank + 1];
    if (positives <= missed * (rank + 1) && above !== undefined)
      threshold = (probabilities[index]! + probabilities[above]!) / 2;
  });
  return threshold;
}

/** Fewer positives than this, and a position borrows its thresholds from all positions together. */
const enoughPositives = 30;
/** Nothing is called present below an even chance, even where that would find more than it invents. */
const leastPresent = 0.5;
/** Largest share of wrongly denied sites among the denied. */
const acceptedMisses = 0.02;

/** Calibrates all positions: first together, then each near the common fit. */
export function operatingPoints(
  byPosition: ReadonlyMap<string, ScoredLabels>,
  metastasis: ScoredLabels,
  natures: readonly { readonly probability: number; readonly right: boolean }[],
): OperatingPoints {
  const pooled: ScoredLabels = {
    logits: [...byPosition.values()].flatMap((one) => one.logits),
    positive: [...byPosition.values()].flatMap((one) => one.positive),
  };
  const common = plattScaling(pooled, { slope: 1, offset: 0 }, 1);
  const fits = new Map([...byPosition].map(([id, one]) => [id, plattScaling(one, common, 5)]));
  const probabilitiesOf = (id: string): number[] =>
    byPosition.get(id)!.logits.map((logit) => sigmoid(fits.get(id)!.slope * logit + fits.get(id)!.offset));
  const everywhere = [...byPosition.keys()].flatMap(probabilitiesOf);
  const shared = thresholds(everywhere, pooled.positive);
  const positions = Object.fromEntries(
    [...byPosition].map(([id, one]) => {
      const positives = one.positive.filter(Boolean).length;
      const own = positives >= enoughPositives ? thresholds(probabilitiesOf(id), one.positive) : shared;
      return [id, { ...fits.get(id)!, ...own, positives, negatives: one.positive.length - positives }];
    }),
  );
  const fit = plattScaling(metastasis, { slope: 1, offset: 0 }, 1);
  const metastasisProbabilities = metastasis.logits.map((logit) => sigmoid(fit.slope * logit + fit.offset));
  const metastatic = metastasis.positive.filter(Boolean).length;
  return {
    positions,
    metastasis: {
      ...fit,
      ...(metastatic >= enoughPositives ? thresholds(metastasisProbabilities, metastasis.positive) : shared),
      positives: metastatic,
      negatives: metastasis.positive.length - metastatic,
    },
    ...natureOperation(natures),
  };
}

function thresholds(probabilities: readonly number[], positive: readonly boolean[]): OperatingPoint {
  const high = Math.max(bestF1Threshold(probabilities, positive), leastPresent);
  return { low: Math.min(absentThreshold(probabilities, positive, acceptedMisses), high), high };
}

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
