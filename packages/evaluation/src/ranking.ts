/**
 * Figures of a score against a yes-or-no reference. Scores are any real numbers, higher meaning more likely positive;
 * `positives[i]` is the reference of unit i; weights are how often a unit counts (bootstrap), 1 unless given.
 */
export interface RankedUnits {
  readonly count: number;
  /** Indices of the units whose reference is known, by falling score. */
  readonly order: Uint32Array;
  /** For each place in `order`, whether the next place has a lower score: ties end here. */
  readonly lastOfTie: Uint8Array;
  readonly positives: Uint8Array;
}

/**
 * Sorts once, so that a thousand resamples cost no sorting. Units that are not `known` (a report that does not mention
 * the site) count neither as positive nor as negative. Throws a RangeError on NaN or unequal lengths.
 */
export function rank(
  scores: ArrayLike<number>,
  positives: ArrayLike<boolean | number>,
  known?: ArrayLike<boolean | number>,
): RankedUnits {
  const count = scores.length;
  if (positives.length !== count) throw new RangeError(`${count} scores for ${positives.length} references`);
  for (let i = 0; i < count; i++) if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is not a number`);
  const units = Array.from({ length: count }, (_, i) => i).filter((unit) => !known || known[unit]);
  const order = Uint32Array.from(units).sort((a, b) => scores[b]! - scores[a]!);
  const lastOfTie = Uint8Array.from(order, (unit, place) =>
    place === order.length - 1 || scores[order[place + 1]!] !== scores[unit] ? 1 : 0,
  );
  return { count, order, lastOfTie, positives: Uint8Array.from({ length: count }, (_, i) => (positives[i] ? 1 : 0)) };
}

/**
 * Area under the receiver operating characteristic: the chance that a positive outranks a negative, ties half
 * (Hanley & McNeil 1982). NaN without a positive or without a negative.
 */
export function auroc(units: RankedUnits, weights?: ArrayLike<number>): number {
  let positivesSoFar = 0;
  let tiedPositives = 0;
  let tiedNegatives = 0;
  let negatives = 0;
  let wins = 0;
  walk(units, weights, (weight, positive, lastOfTie) => {
    if (positive) tiedPositives += weight;
    else tiedNegatives += weight;
    if (!lastOfTie) return;
    wins += tiedNegatives * (positivesSoFar + tiedPositives / 2);
    positivesSoFar += tiedPositives;
    negatives += tiedNegatives;
    tiedPositives = 0;
    tiedNegatives = 0;
  });
  return wins / (positivesSoFar * negatives); // 0 / 0 is NaN, as promised
}

/** Average precision: precision at each threshold, weighted by the gain in sensitivity there. NaN without a positive. */
export function averagePrecision(units: RankedUnits, weights?: ArrayLike<number>): number {
  let truePositives = 0;
  let called = 0;
  let tied = 0;
  let sum = 0;
  walk(units, weights, (weight, positive, lastOfTie) => {
    called += weight;
    if (positive) tied += weight;
    if (!lastOfTie) return;
    truePositives += tied;
    if (called > 0) sum += tied * (truePositives / called);
    tied = 0;
  });
  return sum / truePositives;
}

/**
 * The highest sensitivity whose false-positive rate (false positives over all negatives) does not exceed `rate`.
 * No interpolation between thresholds: a department can only set one that exists.
 */
export function sensitivityAtFalsePositiveRate(units: RankedUnits, rate: number, weights?: ArrayLike<number>): number {
  let negatives = 0;
  let positives = 0;
  walk(units, weights, (weight, positive) => {
    if (positive) positives += weight;
    else negatives += weight;
  });
  let truePositives = 0;
  let falsePositives = 0;
  let best = 0;
  walk(units, weights, (weight, positive, lastOfTie) => {
    if (positive) truePositives += weight;
    else falsePositives += weight;
    if (lastOfTie && falsePositives <= rate * negatives) best = truePositives;
  });
  return best / positives;
}

function walk(
  { order, lastOfTie, positives }: RankedUnits,
  weights: ArrayLike<number> | undefined,
  visit: (weight: number, positive: boolean, lastOfTie: boolean) => void,
): void {
  for (let place = 0; place < order.length; place++) {
    const unit = order[place]!;
    visit(weights ? weights[unit]! : 1, positives[unit] === 1, lastOfTie[place] === 1);
  }
}
