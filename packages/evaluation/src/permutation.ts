import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** How a figure of matched pairs stands against the same figure when the pairs are shuffled. */
export interface PermutationResult {
  readonly observed: number;
  readonly meanShuffled: number;
  /** Share of shuffles at or above the observed figure, the observed one counted (Phipson & Smyth 2010): never 0. */
  readonly p: number;
  readonly permutations: number;
}

/**
 * One-sided permutation test: does `figure`, the mean of `agreement(i, j)` over matched pairs (i, i), exceed that of
 * shuffled pairs (i, σ(i))? Asks of a set of drafts whether each belongs to its own study at all.
 */
export function permutationTest(
  count: number,
  agreement: (unit: number, partner: number) => number,
  { permutations = 1000, seed = 1 }: { readonly permutations?: number; readonly seed?: number } = {},
): PermutationResult {
  const generator = xoroshiro128plus(seed);
  const partners = Array.from({ length: count }, (_, i) => i);
  const mean = (): number => partners.reduce((sum, partner, unit) => sum + agreement(unit, partner), 0) / count;
  const observed = mean();
  let atLeast = 1;
  let sum = 0;
  for (let round = 0; round < permutations; round++) {
    for (let i = count - 1; i > 0; i--) {
      const j = uniformInt(generator, 0, i);
      [partners[i], partners[j]] = [partners[j]!, partners[i]!];
    }
    const shuffled = mean();
    sum += shuffled;
    // The order of a sum changes its last digits: equal figures must count as equal.
    if (shuffled >= observed - 1e-9) atLeast++;
  }
  return { observed, meanShuffled: sum / permutations, p: atLeast / (permutations + 1), permutations };
}
