import type { FeatureTable } from './feature-table.ts';
import { normalised, squaredDistance } from './feature-table.ts';
import { singularValues } from './singular-values.ts';

/** What the features of a few hundred images tell of a backbone, without a label. All on features of length 1. */
export interface Diagnostics {
  /** Mean Euclidean distance between the features of two images: 0 (all alike) to 2; √2 where directions are random. */
  readonly distance: number;
  /** Mean deviation of a dimension × √D: 0 where all features are one, 1 where they spread evenly over all dimensions. */
  readonly deviation: number;
  /** How many directions the features differ in: 0 (none) to min(N − 1, D). */
  readonly effectiveRank: number;
  /** Mean squared distance between two showings of one image, 0 to 4; low is good. */
  readonly alignment: number;
  /** ln of the mean of e^(−2 d²) over pairs of images: 0 (all alike) down to about −4; low is good. */
  readonly uniformity: number;
}

/**
 * All measures of N features and of the same N images shown changed. Needs N ≥ 2.
 * Alignment and uniformity: Wang and Isola 2020, section 4.1 (α = 2, t = 2).
 */
export function diagnose(features: FeatureTable, changed: FeatureTable): Diagnostics {
  const unit = normalised(features);
  return {
    distance: meanPairwiseDistance(unit),
    deviation: deviationPerDimension(unit),
    effectiveRank: effectiveRank(unit),
    alignment: alignment(unit, normalised(changed)),
    uniformity: uniformity(unit),
  };
}

/** Mean Euclidean distance over all pairs of different rows. */
export function meanPairwiseDistance(features: FeatureTable): number {
  let sum = 0;
  for (let i = 1; i < features.count; i++)
    for (let j = 0; j < i; j++) sum += Math.sqrt(squaredDistance(features, i, features, j));
  return sum / pairs(features);
}

/** Mean over the dimensions of the deviation over the rows (÷ N), × √D (Chen and He 2021, section 4.1). */
export function deviationPerDimension(features: FeatureTable): number {
  const { count, width, values } = centred(features);
  let sum = 0;
  for (let d = 0; d < width; d++) {
    let squares = 0;
    for (let row = 0; row < count; row++) squares += values[row * width + d]! ** 2;
    sum += Math.sqrt(squares / count);
  }
  return (sum / width) * Math.sqrt(width);
}

/** Below this share of the features' energy, what is left after centring is rounding of float32. */
const roundingShare = 1e-10;

/**
 * Effective rank (Roy and Vetterli 2007): e^H of the singular values as shares of their sum, H their entropy. Of the
 * centred features, other than RankMe (Garrido et al. 2023), which leaves their mean in: a mean that all images share
 * tells none from another, and in whole-body pictures it is large.
 */
export function effectiveRank(features: FeatureTable): number {
  const energy = (table: FeatureTable): number => table.values.reduce((sum, value) => sum + value * value, 0);
  const around = centred(features);
  if (energy(around) <= roundingShare * energy(features)) return 0;
  const values = singularValues(around);
  const total = values.reduce((sum, value) => sum + value, 0);
  const entropy = values.reduce((sum, value) => (value > 0 ? sum - (value / total) * Math.log(value / total) : sum), 0);
  return Math.exp(entropy);
}

/** Mean squared distance between a row and the same row of another table. */
export function alignment(features: FeatureTable, changed: FeatureTable): number {
  let sum = 0;
  for (let row = 0; row < features.count; row++) sum += squaredDistance(features, row, changed, row);
  return sum / features.count;
}

/** ln of the mean of e^(−2 d²) over all pairs of different rows. */
export function uniformity(features: FeatureTable): number {
  let sum = 0;
  for (let i = 1; i < features.count; i++)
    for (let j = 0; j < i; j++) sum += Math.exp(-2 * squaredDistance(features, i, features, j));
  return Math.log(sum / pairs(features));
}

const pairs = ({ count }: FeatureTable): number => (count * (count - 1)) / 2;

function centred({ count, width, values }: FeatureTable): FeatureTable {
  const mean = new Float64Array(width);
  values.forEach((value, index) => {
    mean[index % width]! += value / count;
  });
  return { count, width, values: values.map((value, index) => value - mean[index % width]!) };
}
