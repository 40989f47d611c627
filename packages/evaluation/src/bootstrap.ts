import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Resamples; 1,000 unless told. */
  readonly replicates?: number;
  /** Seed of the resampling, so that an interval can be made again. */
  readonly seed?: number;
}

/**
 * Percentile bootstrap over independent units (patients, not images): Efron & Tibshirani 1993, chapter 13.
 * `statistic` gets how often each unit was drawn and must be able to take any such weights; the value itself is its
 * figure at weights of 1. Replicates without a figure (NaN: no positive was drawn) are left out.
 */
export function bootstrap(
  unitCount: number,
  statistic: (weights: Uint16Array) => number,
  { replicates = 1000, seed = 1 }: BootstrapOptions = {},
): Estimate {
  const value = statistic(new Uint16Array(unitCount).fill(1));
  const generator = xoroshiro128plus(seed);
  const drawn: number[] = [];
  const weights = new Uint16Array(unitCount);
  for (let replicate = 0; replicate < replicates; replicate++) {
    weights.fill(0);
    for (let draw = 0; draw < unitCount; draw++) {
      const unit = uniformInt(generator, 0, unitCount - 1);
      weights[unit] = weights[unit]! + 1;
    }
    const figure = statistic(weights);
    if (!Number.isNaN(figure)) drawn.push(figure);
  }
  drawn.sort((a, b) => a - b);
  return { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

/** The q-quantile (0 to 1) of ascending values, linear between neighbours; NaN without values. */
export function quantile(ascending: readonly number[], q: number): number {
  if (ascending.length === 0) return Number.NaN;
  const at = q * (ascending.length - 1);
  const below = Math.floor(at);
  const a = ascending[below]!;
  const b = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return a + (b - a) * (at - below);
}
