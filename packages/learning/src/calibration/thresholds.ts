/** Probabilities and labels of one position, or of all together. */
export interface ScoredProbabilities {
  readonly probabilities: readonly number[];
  readonly positive: readonly boolean[];
}

/** What a threshold is chosen for, on the validation studies. */
export type ThresholdRule =
  | { readonly kind: 'best-f1' }
  /** The highest threshold that still finds this share of the positives, above 0 to 1. */
  | { readonly kind: 'sensitivity'; readonly at: number }
  /** The lowest threshold that still clears this share of the negatives, above 0 to 1. */
  | { readonly kind: 'specificity'; readonly at: number }
  /** The lowest threshold, one for all positions, with at most so many false alarms a scan on average. */
  | { readonly kind: 'false-positives-per-scan'; readonly at: number };

// Thresholds lie halfway between two studies' probabilities, so that none sits on one study's value.

/** The probability at or above which calling "present" gives the best F1. */
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
    const below = next === undefined ? 0 : probabilities[next]!;
    if (f1 > best.f1) best = { f1, threshold: (probabilities[index]! + below) / 2 };
  });
  return best.threshold;
}

/** The largest threshold below which at most the share `missed` of the labels is positive. */
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

/** The highest threshold that finds at least the share `at` of the positives; RangeError where there is none. */
export function sensitivityThreshold({ probabilities, positive }: ScoredProbabilities, at: number): number {
  const found = probabilities.filter((_, index) => positive[index]).sort((a, b) => b - a);
  const needed = found[neededOf(found.length, at) - 1];
  if (needed === undefined) throw new RangeError('a threshold at a sensitivity takes at least one positive');
  return (needed + nextBelow(probabilities, needed)) / 2;
}

/** The lowest threshold that clears at least the share `at` of the negatives; RangeError where there is none. */
export function specificityThreshold({ probabilities, positive }: ScoredProbabilities, at: number): number {
  const cleared = probabilities.filter((_, index) => !positive[index]).sort((a, b) => a - b);
  const highest = cleared[neededOf(cleared.length, at) - 1];
  if (highest === undefined) throw new RangeError('a threshold at a specificity takes at least one negative');
  return (highest + nextAbove(probabilities, highest)) / 2;
}

/**
 * The lowest threshold with at most `at` false alarms a scan over all positions. A position's share of false alarms is
 * taken among the studies that state it, and shares are summed over the positions: so positions that reports leave out
 * count as often as the rest. One threshold for all finds most for a given number of false alarms, since an equal
 * calibrated probability is an equal chance of being right.
 */
export function falsePositivesThreshold(positions: readonly ScoredProbabilities[], at: number): number {
  const alarms = positions
    .flatMap(({ probabilities, positive }) =>
      probabilities.flatMap((probability, index) =>
        positive[index] ? [] : [{ probability, rate: 1 / probabilities.length }],
      ),
    )
    .sort((a, b) => b.probability - a.probability);
  const all = positions.flatMap(({ probabilities }) => probabilities);
  let rate = 0;
  for (let from = 0; from < alarms.length; ) {
    const { probability } = alarms[from]!;
    let to = from;
    for (; alarms[to]?.probability === probability; to++) rate += alarms[to]!.rate;
    // Sums of shares carry rounding: a budget of exactly one alarm in two scans must not fail by 1e-16.
    if (rate > at + 1e-9) return (probability + nextAbove(all, probability)) / 2;
    from = to;
  }
  return nextAbove(all, 0) / 2;
}

/** At least the share `at` of so many; a share that rounding carried past a whole number is that number. */
const neededOf = (count: number, at: number): number => Math.max(Math.ceil(count * at - 1e-9), 1);
const nextBelow = (values: readonly number[], value: number): number =>
  values.reduce((best, other) => (other < value && other > best ? other : best), 0);
const nextAbove = (values: readonly number[], value: number): number =>
  values.reduce((best, other) => (other > value && other < best ? other : best), 1);
