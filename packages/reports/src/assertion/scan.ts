import { foldTable } from '../text/fold.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenise } from '../text/tokens.ts';
import type { AssertionRules, Saying } from './assertion-rules.ts';

export interface Trigger {
  readonly says: Saying;
  readonly reach: 'forward' | 'backward' | 'both';
  readonly within: number;
}

/** What a phrase of the rules is, beside a trigger. */
export interface Role {
  readonly triggers?: readonly Trigger[];
  /** Sayings whose reach ends here; `all` for every one. */
  readonly stops?: ReadonlySet<Saying> | 'all';
  readonly verb?: boolean;
  readonly perceived?: boolean;
  readonly join?: boolean;
  readonly alternative?: boolean;
  readonly opener?: boolean;
}

interface FiledRole extends Role {
  readonly file: number;
}

/** A phrase of the rules in a sentence, by the indices of its first word and of the word behind its last. */
export interface Mark extends Role {
  readonly first: number;
  readonly end: number;
}

/** A sentence cut into words (offsets in the whole text) with all phrases of the rules in it, in order. */
export interface ScannedSentence {
  readonly words: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly marks: readonly Mark[];
  readonly markAt: ReadonlyMap<number, Mark>;
  /** How far triggers reach, by trigger and direction, once worked out. */
  readonly limits: Map<string, number>;
}

export type Scanner = (text: string, start: number, end: number) => ScannedSentence;

/** Within one set of rules the meanings of a phrase add up; a later set replaces what an earlier one makes it trigger. */
const merged = (known: FiledRole, role: FiledRole): FiledRole => ({
  ...known,
  ...role,
  ...(known.stops === 'all' ? { stops: 'all' as const } : {}),
  ...(known.triggers && role.triggers && known.file === role.file
    ? { triggers: [...known.triggers, ...role.triggers] }
    : {}),
});

/** A question mark asks of what follows it; at the end of a sentence, of what precedes it. */
const asking = (triggers: readonly Trigger[] | undefined, within: boolean): readonly Trigger[] | undefined =>
  triggers?.filter(({ reach }) => reach === (within ? 'forward' : 'backward'));

/** Compiles rules of several languages into one scanner; later rules win over earlier ones with the same words. */
export function createScanner(rules: readonly AssertionRules[], correct?: (word: string) => string): Scanner {
  const fold = foldTable(Object.assign({}, ...rules.map((r) => r.characters ?? {})) as Record<string, string>);
  const phrases = new PhraseTrie<FiledRole>();
  const verbs = new Set(rules.flatMap((language) => language.verbs));
  for (const [file, language] of rules.entries()) {
    const add = (terms: readonly string[], role: Role): void => {
      const filed = { ...role, file };
      for (const term of terms) phrases.add(tokenise(term, fold).texts, filed, (known) => merged(known, filed));
    };
    add(language.verbs, { verb: true });
    add(language.perceived, { perceived: true });
    add(language.joins, { join: true });
    add(language.alternatives, { alternative: true });
    add(language.openers, { opener: true });
    for (const { of, terms } of language.stops) add(terms, { stops: of ? new Set(of) : 'all' });
    for (const { says, reach = 'forward', within = Number.POSITIVE_INFINITY, terms } of language.triggers)
      add(terms, { triggers: [{ says, reach, within }] });
  }
  return (text, start, end) => {
    const tokens = tokenise(text.slice(start, end), fold);
    const words = correct ? tokens.texts.map(correct) : tokens.texts;
    const marks: Mark[] = [];
    for (let i = 0; i < words.length; ) {
      const found = phrases.longest(words, i);
      // "is likely" holds its verb as "is" does.
      if (found) {
        const verb = found.value.verb || words.slice(i, found.end).some((word) => verbs.has(word));
        const triggers =
          words[i] === '?' ? asking(found.value.triggers, found.end < words.length) : found.value.triggers;
        marks.push({ ...found.value, ...(triggers ? { triggers } : {}), verb, first: i, end: found.end });
      }
      i = found?.end ?? i + 1;
    }
    return {
      words,
      starts: tokens.starts.map((at) => at + start),
      ends: tokens.ends.map((at) => at + start),
      marks,
      markAt: new Map(marks.map((mark) => [mark.first, mark])),
      limits: new Map(),
    };
  };
}
