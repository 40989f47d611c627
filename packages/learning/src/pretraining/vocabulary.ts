/** Words of Latin letters and digits, and runs of Chinese characters; what lies between is left out. */
const pieces = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const chinese = /^\p{Script=Han}/u;

/** Ids that no token has. */
export const padding = 0;
export const unknown = 1;

/** Lower-case words, and of Chinese, which writes no spaces, each pair of neighbouring characters. */
export function tokensOf(text: string): string[] {
  return (text.normalize('NFKC').match(pieces) ?? []).flatMap((piece) => {
    if (!chinese.test(piece)) return [piece.toLowerCase()];
    const characters = Array.from(piece);
    return characters.length === 1 ? characters : characters.slice(1).map((next, index) => characters[index]! + next);
  });
}

/** The tokens that a text encoder knows; ids count from 2. Plain data, kept in the run. */
export interface Vocabulary {
  readonly tokens: readonly string[];
}

/** The most frequent tokens of the texts, at most `size`; equally frequent ones in the order of their characters. */
export function vocabularyOf(texts: Iterable<string>, size: number): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of texts) for (const token of tokensOf(text)) counts.set(token, (counts.get(token) ?? 0) + 1);
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { tokens: order.slice(0, size).map(([token]) => token) };
}

/** Turns texts into ids of a fixed length: cut off, or filled up with padding. */
export function idsOf({ tokens }: Vocabulary): (text: string, length: number) => number[] {
  const ids = new Map(tokens.map((token, index) => [token, index + 2]));
  return (text, length) => {
    const known = tokensOf(text)
      .slice(0, length)
      .map((token) => ids.get(token) ?? unknown);
    return [...known, ...new Array<number>(length - known.length).fill(padding)];
  };
}
