import type { Change, Pack, Presence } from '@radiolect/findings';
import { InvalidPackError, packJson } from '@radiolect/findings';
import { z } from 'zod';
import { foldTable } from '../text/fold.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { isLatinWord, tokenise } from '../text/tokens.ts';

/** Sections of a report; the first three give no findings. */
export const reportSections = ['indication', 'technique', 'comparison', 'findings', 'impression'] as const;
export type ReportSection = (typeof reportSections)[number];

const changes = ['new', 'increased', 'stable', 'decreased', 'resolved'] as const satisfies readonly Change[];
const terms = z.array(z.string().min(1));
const state = z.enum(['present', 'absent', 'uncertain']);

/** The form of `lexicon/<language>.json` in a pack of concepts. */
export const conceptLexiconSchema = z.strictObject({
  language: z.string().min(1),
  note: z.string().optional(),
  /** Words of section headings. */
  headers: z.partialRecord(z.enum(reportSections), terms),
  /** Terms that name a position (or several) by themselves; `state` is what the bare term says. */
  concepts: z.array(
    z.strictObject({ positions: z.array(z.string()).min(1), terms: terms.min(1), state: state.optional() }),
  ),
  /** Words that say something of a subject: "heart" … "enlarged". An empty `says` only keeps the words of others off. */
  pairs: z.array(
    z.strictObject({
      subjects: terms.min(1),
      says: z.array(z.strictObject({ positions: z.array(z.string()).min(1), state, terms: terms.min(1) })),
    }),
  ),
  /** Words that look like a mention and are none. */
  ignored: terms.optional(),
  change: z.partialRecord(z.enum(changes), terms).optional(),
  /** Words after which a full stop ends no sentence. */
  abbreviations: terms.optional(),
  /** Right words that resemble words of the lexicon, kept from being corrected into them. */
  plain: terms.optional(),
});
export type ConceptLanguage = z.infer<typeof conceptLexiconSchema>;

export interface Sense {
  readonly positions: readonly string[];
  readonly state: Presence;
}

/** What a quality says, by the pair that it belongs to. */
export interface Quality extends Sense {
  readonly pair: number;
}

/** All languages of a pack of concepts, compiled for reading. */
export interface ConceptLexicon {
  /** An empty list is an ignored phrase. */
  readonly concepts: PhraseTrie<readonly Sense[]>;
  readonly subjects: PhraseTrie<readonly number[]>;
  readonly qualities: PhraseTrie<readonly Quality[]>;
  readonly changes: PhraseTrie<Change>;
  readonly headers: PhraseTrie<ReportSection>;
  readonly abbreviations: ReadonlySet<string>;
  readonly vocabulary: ReadonlySet<string>;
  readonly fold: Uint16Array;
}

/** The language files of a pack. */
export const conceptLexiconFiles = (pack: Pick<Pack, 'files'>): string[] =>
  [...pack.files.keys()].filter((file) => /^lexicon\/[^/]+\.json$/.test(file)).sort();

/** Compiles the lexicons of a pack. Throws {@link InvalidPackError} naming the file that is wrong. */
export function compileConceptLexicon(pack: Pack, characters: Readonly<Record<string, string>>): ConceptLexicon {
  const fold = foldTable(characters);
  const vocabulary = new Set<string>();
  const abbreviations = new Set<string>();
  const wordsOf = (term: string): readonly string[] => {
    const words = tokenise(term, fold).texts;
    for (const word of words) if (isLatinWord(word)) vocabulary.add(word);
    return words;
  };
  const concepts = new PhraseTrie<readonly Sense[]>();
  const subjects = new PhraseTrie<readonly number[]>();
  const qualities = new PhraseTrie<readonly Quality[]>();
  const changeWords = new PhraseTrie<Change>();
  const headers = new PhraseTrie<ReportSection>();
  const files = conceptLexiconFiles(pack);
  if (files.length === 0) throw new InvalidPackError(pack.name, 'lexicon', 'holds no language');
  let pairs = 0;
  for (const file of files) {
    const parsed = conceptLexiconSchema.safeParse(packJson(pack.name, pack.files, file));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new InvalidPackError(
        pack.name,
        file,
        `does not follow its form: ${issue?.path.join('.')} ${issue?.message}`,
      );
    }
    const language = parsed.data;
    const known = (positions: readonly string[]): readonly string[] => {
      for (const id of positions)
        if (!pack.labelSpace.positions.includes(id))
          throw new InvalidPackError(pack.name, file, `names position "${id}", which is not in concepts.json`);
      return positions;
    };
    const forms = (term: string): readonly string[] => (language.language === 'en' ? withPlural(term) : [term]);
    for (const { positions, terms, state = 'present' } of language.concepts) {
      const sense: Sense = { positions: known(positions), state };
      for (const term of terms.flatMap(forms)) concepts.add(wordsOf(term), [sense], (before) => [...before, sense]);
    }
    for (const { subjects: names, says } of language.pairs) {
      const pair = pairs++;
      for (const name of names.flatMap(forms))
        subjects.add(wordsOf(name), [pair], (before) => (before.includes(pair) ? before : [...before, pair]));
      for (const { positions, state, terms } of says) {
        const quality: Quality = { pair, positions: known(positions), state };
        for (const term of terms) qualities.add(wordsOf(term), [quality], (before) => [...before, quality]);
      }
    }
    for (const term of (language.ignored ?? []).flatMap(forms)) concepts.add(wordsOf(term), []);
    for (const change of changes)
      for (const term of language.change?.[change] ?? []) changeWords.add(wordsOf(term), change);
    for (const section of reportSections)
      for (const term of language.headers[section] ?? []) headers.add(wordsOf(term), section);
    for (const word of language.abbreviations ?? []) abbreviations.add(word);
    for (const word of language.plain ?? []) wordsOf(word);
  }
  return { concepts, subjects, qualities, changes: changeWords, headers, abbreviations, vocabulary, fold };
}

/** A term and its regular English plural. */
export function withPlural(term: string): readonly string[] {
  if (!/[a-z]$/.test(term) || term.endsWith('s')) return [term];
  if (/[^aeiou]y$/.test(term)) return [term, `${term.slice(0, -1)}ies`];
  return [term, /(x|ch|sh)$/.test(term) ? `${term}es` : `${term}s`];
}
