/** A place in a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds quotes in a report, to the letter. Words that stand in it more than once are taken in the order of the answer:
 * the first occurrence at or after the quote before it, and another one for each further statement on the same subject.
 * Occurrences that `silent` calls so (indication, comparison) are taken only where there is no other.
 */
export class QuoteFinder {
  readonly #text: string;
  readonly #taken = new Map<string, number>();
  #after = 0;

  readonly #silent: (span: Span) => boolean;

  constructor(text: string, silent: (span: Span) => boolean = () => false) {
    this.#text = text;
    this.#silent = silent;
  }

  /** `subject` is what is said of: two statements with one quote but other subjects rest on the same words. */
  find(quote: string, subject: string): Span | undefined {
    if (quote.trim() === '') return undefined;
    const key = `${subject}\n${quote}`;
    const last = this.#taken.get(key);
    const start = last === undefined ? this.#first(quote) : Math.max(this.#from(quote, last + 1), last);
    if (start < 0) return undefined;
    this.#taken.set(key, start);
    this.#after = start;
    return { start, end: start + quote.length };
  }

  #first(quote: string): number {
    const next = this.#from(quote, this.#after);
    if (next >= 0) return next;
    const earlier = this.#from(quote, 0);
    return earlier >= 0 ? earlier : this.#text.indexOf(quote);
  }

  /** The next occurrence that is not silent. */
  #from(quote: string, after: number): number {
    let at = this.#text.indexOf(quote, after);
    while (at >= 0 && this.#silent({ start: at, end: at + quote.length })) at = this.#text.indexOf(quote, at + 1);
    return at;
  }
}
