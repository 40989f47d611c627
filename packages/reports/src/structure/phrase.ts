/**
 * The small language in which packs say how something is worded. Words match as written, in any case, a plural "s"
 * allowed; hyphens count as spaces.
 *
 * | written | matches |
 * |---|---|
 * | `(clean\|preserved)` | one of the alternatives, each of any number of words |
 * | `[acute]` | the words, or nothing |
 * | `strand*` | any word that begins so |
 * | `~3` | up to three words, across no punctuation |
 * | `{fat}` | one phrase of the class `fat` |
 */
export class PhraseError extends Error {
  constructor(phrase: string, reason: string) {
    super(`phrase "${phrase}": ${reason}`);
    this.name = 'PhraseError';
  }
}

/** Phrase classes by name. */
export type PhraseClasses = Readonly<Record<string, readonly string[]>>;

const tokenPattern = /\{[\w-]+\}|~\d|[()[\]|]|[^\s()[\]{}|~]+/g;

/** The phrases as one expression over a normalised sentence, in which every token is followed by one space. */
export function compilePhrases(phrases: readonly string[], classes: PhraseClasses): RegExp {
  if (phrases.length === 0) return /(?!)/g;
  // Longer alternatives first: an expression takes the first that fits.
  const sources = [...phrases].sort((a, b) => b.length - a.length).map((phrase) => sourceOf(phrase, classes, []));
  return new RegExp(`(?<=^| )(?:${sources.join('|')})`, 'g');
}

function sourceOf(phrase: string, classes: PhraseClasses, within: readonly string[]): string {
  let source = '';
  let depth = 0;
  for (const [token] of phrase.toLowerCase().replaceAll('-', ' ').matchAll(tokenPattern)) {
    if (token.startsWith('{')) source += classSource(token.slice(1, -1), phrase, classes, within);
    else if (token.startsWith('~')) source += `(?:[^\\s.,;:()]+ ){0,${token.slice(1)}}?`;
    else if (token === '(' || token === '[') {
      source += '(?:';
      depth++;
    } else if (token === ')' || token === ']') {
      source += token === ']' ? ')?' : ')';
      depth--;
    } else if (token === '|') source += '|';
    else source += wordSource(token);
    if (depth < 0) break;
  }
  if (depth !== 0) throw new PhraseError(phrase, 'a bracket has no partner');
  if (source === '') throw new PhraseError(phrase, 'is empty');
  return source;
}

function classSource(name: string, phrase: string, classes: PhraseClasses, within: readonly string[]): string {
  const members = classes[name];
  if (!members) throw new PhraseError(phrase, `there is no class "${name}"`);
  if (within.includes(name)) throw new PhraseError(phrase, `class "${name}" contains itself`);
  const sources = [...members]
    .sort((a, b) => b.length - a.length)
    .map((member) => sourceOf(member, classes, [...within, name]));
  return `(?:${sources.join('|')})`;
}

function wordSource(word: string): string {
  const escaped = word.replace(/\*$/, '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  if (word.endsWith('*')) return `${escaped}[a-z']* `;
  return /[a-z]{3}$/.test(word) ? `${escaped}(?:s|es)? ` : `${escaped} `;
}

/** All plain words in phrases, for the correction of misspellings. */
export function wordsOfPhrases(phrases: readonly string[]): string[] {
  return phrases.flatMap((phrase) =>
    phrase
      .toLowerCase()
      .replace(/\{[\w-]+\}|~\d/g, ' ')
      .split(/[^a-z*']+/)
      .filter((word) => word !== '' && !word.endsWith('*')),
  );
}
