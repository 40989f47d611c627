/** One bin of a reliability table: how sure the reader was and how often it was right. */
export interface ReliabilityBin {
  readonly count: number;
  readonly meanProbability: number;
  /** Share of positives in the bin. */
  readonly observed: number;
}

/** Mean squared distance between probability (0 to 1) and outcome (Brier 1950). Lower is better; NaN without units. */
export function brierScore(
  probabilities: ArrayLike<number>,
  positives: ArrayLike<boolean | number>,
  weights?: ArrayLike<number>,
): number {
  checkProbabilities(probabilities, positives);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * (probabilities[i]! - (positives[i] ? 1 : 0)) ** 2;
    total += weight;
  }
  return sum / total;
}

/** Reliability over `binCount` bins of equal width on 0 to 1 (Guo et al. 2017); empty bins are left out. */
export function reliability(
  probabilities: ArrayLike<number>,
  positives: ArrayLike<boolean | number>,
  binCount = 15,
  weights?: ArrayLike<number>,
): ReliabilityBin[] {
  checkProbabilities(probabilities, positives);
  const bins = Array.from({ length: binCount }, () => ({ count: 0, probability: 0, positive: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    const weight = weights ? weights[i]! : 1;
    const bin = bins[Math.min(binCount - 1, Math.floor(probabilities[i]! * binCount))]!;
    bin.count += weight;
    bin.probability += weight * probabilities[i]!;
    bin.positive += positives[i] ? weight : 0;
  }
  return bins
    .filter((bin) => bin.count > 0)
    .map(({ count, probability, positive }) => ({
      count,
      meanProbability: probability / count,
      observed: positive / count,
    }));
}

/** Expected calibration error: mean distance between probability and observed share over the bins, by their counts. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.meanProbability - bin.observed), 0) / total;
}

function checkProbabilities(probabilities: ArrayLike<number>, positives: ArrayLike<unknown>): void {
  if (probabilities.length !== positives.length)
    throw new RangeError(`${probabilities.length} probabilities for ${positives.length} references`);
  for (let i = 0; i < probabilities.length; i++)
    if (!(probabilities[i]! >= 0 && probabilities[i]! <= 1)) throw new RangeError(`probability ${i} is not in 0 to 1`);
}
