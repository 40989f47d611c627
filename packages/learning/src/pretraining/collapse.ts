import type { Diagnostics } from './diagnostics.ts';

/** What was measured of a network: its features, and the projections on which its loss is taken, where it has any. */
export interface Measured {
  readonly features: Diagnostics;
  readonly projections?: Diagnostics;
}

interface Rule {
  readonly measure: keyof Diagnostics;
  readonly name: string;
  /** Below this the network has collapsed. */
  readonly least: (before: number) => number;
  readonly why: string;
  readonly meaning: string;
}

/**
 * On features of length 1 the square of a distance is energy in which images differ: at a fifth of what it was, 96 % of
 * that energy is gone. Below a thousandth it is gone whatever the beginning was.
 */
const fifth = (before: number): number => Math.max(0.2 * before, 1e-3);

/** What training learns to tell apart gathers in few directions, so the rank may fall far; but not to a single one. */
const rank: Rule = {
  measure: 'effectiveRank',
  name: 'the effective rank',
  least: () => 2,
  why: '2',
  meaning: 'all images lie along one line, so they are told apart by a single number, such as their brightness',
};

/**
 * Projections are compared by their angle, so there a small distance is the collapse itself. Features are not: a masked
 * autoencoder gives all images a large common part, and their distance falls to an eighth while the probe rises. What
 * heads and neighbours read is what differs, however small, and of that the effective rank tells.
 */
const rulesOf: { readonly [O in keyof Required<Measured>]: readonly Rule[] } = {
  projections: [
    {
      measure: 'distance',
      name: 'the mean distance of two images',
      least: fifth,
      why: 'a fifth of that',
      meaning:
        'the network answers nearly the same whatever image it is shown, so its loss is low and it has learnt nothing',
    },
    {
      measure: 'deviation',
      name: 'the mean deviation of a dimension',
      least: fifth,
      why: 'a fifth of that',
      meaning: 'hardly a dimension still differs between images, a few outliers aside',
    },
    rank,
  ],
  features: [rank],
};

/**
 * Why a pretraining must stop, in words for a person: which measure fell, what that means and what to change; or
 * undefined where nothing has collapsed. `before` is measured on the same images before the first step.
 */
export function collapseOf(before: Measured, now: Measured, advice: string): string | undefined {
  for (const of of ['projections', 'features'] as const) {
    const [start, latest] = [before[of], now[of]];
    if (!start || !latest) continue;
    for (const { measure, name, least, why, meaning } of rulesOf[of]) {
      const [from, to] = [start[measure], latest[measure]];
      if (!Number.isFinite(to)) return `The ${of} are no numbers any more. The run has diverged: ${advice}`;
      if (to < least(from))
        return (
          `The ${of} have collapsed: ${name} fell from ${short(from)} before training to ${short(to)}, below ${why}. ` +
          `That means that ${meaning}. What to change: ${advice}`
        );
    }
  }
  return undefined;
}

const short = (value: number): string => (value === 0 ? '0' : value.toPrecision(3));
