import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers in 0..1. */
export type Random = () => number;

/**
 * An independent stream for a place in a run, for example (seed, epoch, step). Streams are made anew from their
 * place, so a resumed run needs no saved generator.
 */
export function randomStream(...place: readonly number[]): Random {
  let hash = 0x9e3779b9;
  for (const part of place) {
    hash = Math.imul(hash ^ (part >>> 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  const generator = xoroshiro128plus(hash);
  // Seeds that differ in few bits give correlated first numbers.
  for (let skipped = 0; skipped < 8; skipped++) generator.next();
  return () => uniformFloat64(generator);
}

/** A standard normal number (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
export function permutation(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
