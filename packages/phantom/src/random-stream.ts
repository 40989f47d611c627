import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A seeded source of random numbers with a name. Streams of different names are independent, so that a draw added to one
 * part of a study changes no other part. Not for secrets.
 */
export class RandomStream {
  readonly #key: string;
  readonly #generator: RandomGenerator;

  private constructor(key: string) {
    this.#key = key;
    this.#generator = xoroshiro128plusFromState([hash(key, 1), hash(key, 2), hash(key, 3), hash(key, 4)]);
  }

  /** The stream of these names; the same names give the same numbers on every machine. */
  static of(...names: readonly (string | number)[]): RandomStream {
    return new RandomStream(names.join('\u0000'));
  }

  /** A further stream, by this one's names and one more. Draws nothing from this one. */
  child(name: string | number): RandomStream {
    return new RandomStream(`${this.#key}\u0000${name}`);
  }

  /** Uniform, 0 to below 1. */
  unit(): number {
    return uniformFloat64(this.#generator);
  }

  /** Uniform, `low` to below `high`. */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** Uniform whole number, both ends included. */
  integer(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }

  /** True with probability `p`. */
  chance(p: number): boolean {
    return this.unit() < p;
  }

  /** Normal, by Box and Muller. */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.unit());
  }

  /** Normal, drawn into `low` to `high` at the edges. */
  normalWithin(mean: number, deviation: number, low: number, high: number): number {
    return Math.min(high, Math.max(low, this.normal(mean, deviation)));
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('cannot pick from an empty list');
    return list[this.integer(0, list.length - 1)]!;
  }

  /** A key, each as often as its weight says. Weights are not negative and not all zero. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][];
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
    let at = this.unit() * total;
    for (const [key, weight] of entries) {
      at -= weight;
      if (at < 0) return key;
    }
    return entries.findLast(([, weight]) => weight > 0)![0];
  }

  /** A new list in random order. */
  shuffle<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let index = result.length - 1; index > 0; index--) {
      const other = this.integer(0, index);
      [result[index], result[other]] = [result[other]!, result[index]!];
    }
    return result;
  }

  /** `count` different keys (or all that have a weight), each draw by weight among those left. */
  sample<K extends string>(count: number, weights: Readonly<Partial<Record<K, number>>>): K[] {
    // Efraimidis and Spirakis: the largest u^(1/w) are a weighted sample without replacement.
    return (Object.entries(weights) as [K, number][])
      .map(([key, weight]) => ({ key, weight, rank: Math.log(1 - this.unit()) / weight }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.rank - a.rank)
      .slice(0, count)
      .map(({ key }) => key);
  }
}

/** 32 bits of a string (FNV-1a with an avalanche as in MurmurHash3), by a salt. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let index = 0; index < text.length; index++) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
