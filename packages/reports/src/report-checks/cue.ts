/** Where a cue was found: UTF-16 code units. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

/** A compiled list of patterns. */
export interface Cue {
  /** All hits in `folded` between `from` and `to`, in order. */
  all(folded: string, from?: number, to?: number): Hit[];
  /** The first hit, or undefined. */
  first(folded: string, from?: number, to?: number): Hit | undefined;
}

const letter = /[a-z0-9]/;

/**
 * Compiles patterns (regular expressions over folded text: lower case, half width, simplified characters) into one.
 * A pattern that starts or ends with a Latin letter stands for whole words there. Throws a SyntaxError.
 */
export function compileCue(patterns: readonly string[]): Cue {
  const source = patterns
    .map((pattern) => {
      const before = letter.test(pattern[0] ?? '') ? '(?<![a-z0-9])' : '';
      const after = letter.test(pattern.at(-1) ?? '') && pattern.at(-2) !== '\\' ? '(?![a-z0-9])' : '';
      return `${before}(?:${pattern})${after}`;
    })
    .join('|');
  const expression = new RegExp(source === '' ? '(?!)' : source, 'gu');
  const all = (folded: string, from = 0, to = folded.length, limit = Number.POSITIVE_INFINITY): Hit[] => {
    const hits: Hit[] = [];
    expression.lastIndex = from;
    for (let match = expression.exec(folded); match && match.index < to; match = expression.exec(folded)) {
      const end = match.index + match[0].length;
      if (end > to) continue;
      if (match[0] === '') expression.lastIndex++;
      else hits.push({ start: match.index, end });
      if (hits.length >= limit) break;
    }
    return hits;
  };
  return {
    all: (folded, from, to) => all(folded, from, to),
    first: (folded, from, to) => all(folded, from, to, 1)[0],
  };
}
