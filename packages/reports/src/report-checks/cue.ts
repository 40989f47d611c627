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

/** Latin letters at either end of a match must be whole words; Chinese has no such ends. */
const wordStart = '(?<![a-z0-9](?=[a-z0-9]))';
const wordEnd = '(?!(?<=[a-z0-9])[a-z0-9])';

/**
 * Compiles patterns (regular expressions over folded text: lower case, half width, simplified characters) into one.
 * A match never begins or ends inside a Latin word. Throws a SyntaxError.
 */
export function compileCue(patterns: readonly string[]): Cue {
  const source = patterns.length === 0 ? '(?!)' : `${wordStart}(?:${patterns.join('|')})${wordEnd}`;
  const expression = new RegExp(source, 'gu');
  const all = (folded: string, from = 0, to = folded.length, limit = Number.POSITIVE_INFINITY): Hit[] => {
    const hits: Hit[] = [];
    // What lies behind `to` must not stretch a hit beyond it.
    const text = to < folded.length ? folded.slice(0, to) : folded;
    expression.lastIndex = from;
    for (let match = expression.exec(text); match; match = expression.exec(text)) {
      if (match[0] === '') expression.lastIndex++;
      else hits.push({ start: match.index, end: match.index + match[0].length });
      if (hits.length >= limit) break;
    }
    return hits;
  };
  return {
    all: (folded, from, to) => all(folded, from, to),
    first: (folded, from, to) => all(folded, from, to, 1)[0],
  };
}
