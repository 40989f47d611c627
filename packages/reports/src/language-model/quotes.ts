/** A place in a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds quotes in a report, to the letter. Words that stand in it more than once are taken in the order of the answer:
 * the first occurrence at or after the quote before it, and another one for each further statement on the same subject.
 */
export class QuoteFinder {
  readonly #text: string;
  readonly #taken = new Map<string, number>();
  #after = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `subject` is what is said of: two statements with one quote but other subjects rest on the same words. */
  find(quote: string, subject: string): Span | undefined {
    if (quote.trim() === '') return undefined;
    const key = `${subject}\n${quote}`;
    const last = this.#taken.get(key);
    const start =
      last === undefined ? this.#from(quote, this.#after) : Math.max(this.#text.indexOf(quote, last + 1), last);
    if (start < 0) return undefined;
    this.#taken.set(key, start);
    this.#after = start;
    return { start, end: start + quote.length };
  }

  #from(quote: string, after: number): number {
    const next = this.#text.indexOf(quote, after);
    return next >= 0 ? next : this.#text.indexOf(quote);
  }
}
