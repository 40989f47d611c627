import { RandomStream } from '../random-stream.ts';

/** One reporting physician: keeps to a part of the house's phrases, and varies within it. */
export class Writer {
  readonly random: RandomStream;
  readonly #name: string;

  constructor(house: string, number: number, random: RandomStream) {
    this.#name = `${house} ${number}`;
    this.random = random;
  }

  /** One of the phrases, out of the share of them that this writer uses. `occasion` names the place in the report. */
  pick<T>(occasion: string, phrases: readonly T[]): T {
    const own = RandomStream.of('writer', this.#name, occasion)
      .shuffle(phrases)
      .slice(0, Math.max(1, Math.ceil(phrases.length * 0.6)));
    return this.random.pick(own);
  }

  /** A habit that the writer always follows or never. */
  always(occasion: string, share: number): boolean {
    return RandomStream.of('writer', this.#name, occasion).chance(share);
  }
}
