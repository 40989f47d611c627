import type { ConceptPosition } from '@radiolect/findings';
import type { ConceptLanguage } from '../concepts/concept-lexicon.ts';
import { conceptLexiconSchema, withPlural } from '../concepts/concept-lexicon.ts';
import { foldTable } from '../text/fold.ts';
import { tokenise } from '../text/tokens.ts';
import type { PackProblems } from './pack-problem.ts';
import { some } from './pack-problem.ts';

const fold = foldTable({});
const wordsOf = (term: string): string =>
  tokenise(term, fold)
    .texts.filter((word) => word !== '-')
    .join(' ');
const endsSentence = /[.!?;。！？；\n]/;

/** Checks `lexicon/<language>.json` of a pack of concepts. */
export function checkConceptLexicon(
  file: string,
  json: unknown,
  positions: readonly ConceptPosition[],
  problems: PackProblems,
): ConceptLanguage | undefined {
  const parsed = conceptLexiconSchema.safeParse(json);
  if (!parsed.success) {
    problems.form(file, parsed.error.issues);
    return undefined;
  }
  const lexicon = parsed.data;
  if (file !== `lexicon/${lexicon.language}.json`)
    problems.error(
      file,
      'language',
      `says that its language is "${lexicon.language}"`,
      `name the file lexicon/${lexicon.language}.json`,
    );
  checkIds(file, lexicon, positions, problems);
  checkTerms(file, lexicon, problems);
  checkClaims(file, lexicon, positions, problems);
  return lexicon;
}

/** Positions that a lexicon can find: named by a term, or said of a subject. */
export function findable(lexicon: ConceptLanguage): ReadonlySet<string> {
  return new Set([
    ...lexicon.concepts.flatMap((entry) => entry.positions),
    ...lexicon.pairs.flatMap((pair) => pair.says.flatMap((say) => say.positions)),
  ]);
}

function checkIds(
  file: string,
  lexicon: ConceptLanguage,
  positions: readonly ConceptPosition[],
  problems: PackProblems,
): void {
  const known = new Map(positions.map((position) => [position.id, position]));
  const entries = [
    ...lexicon.concepts.map((entry, index) => ({ at: `concepts.${index}`, positions: entry.positions })),
    ...lexicon.pairs.flatMap((pair, index) =>
      pair.says.map((say, k) => ({ at: `pairs.${index}.says.${k}`, positions: say.positions })),
    ),
  ];
  for (const { at, positions: named } of entries)
    for (const id of named) {
      const position = known.get(id);
      if (!position)
        problems.error(
          file,
          'unknown-position',
          `${at} names position "${id}", which concepts.json does not have`,
          `correct the id, or add the position; known are ${some([...known.keys()], 20)}`,
        );
      else if (position.noneOf)
        problems.error(
          file,
          'derived-position',
          `${at} gives terms to "${id}", which is derived from the others (noneOf)`,
          'take the terms out, or take noneOf out of concepts.json',
        );
    }
}

function checkTerms(file: string, lexicon: ConceptLanguage, problems: PackProblems): void {
  const all = [
    ...lexicon.concepts.flatMap((entry) => entry.terms),
    ...lexicon.pairs.flatMap((pair) => [...pair.subjects, ...pair.says.flatMap((say) => say.terms)]),
    ...(lexicon.ignored ?? []),
    ...Object.values(lexicon.change ?? {}).flat(),
    ...Object.values(lexicon.headers).flat(),
  ];
  for (const term of new Set(all)) {
    if (wordsOf(term) === '')
      problems.error(file, 'no-words', `the term ${JSON.stringify(term)} holds no word`, 'take it out');
    else if (endsSentence.test(term))
      problems.error(
        file,
        'sentence-end',
        `the term ${JSON.stringify(term)} holds a mark that ends a sentence, so it is never found`,
        'write it without the mark; an abbreviation belongs to "abbreviations" without its full stop',
      );
  }
}

function checkClaims(
  file: string,
  lexicon: ConceptLanguage,
  positions: readonly ConceptPosition[],
  problems: PackProblems,
): void {
  const forms = (term: string): readonly string[] => (lexicon.language === 'en' ? withPlural(term) : [term]);
  const implied = new Map(positions.map(({ id, implies }) => [id, implies]));
  const claims = new Map<string, { positions: string; term: string; state: string }>();
  const reported = new Set<string>();
  for (const { positions, terms, state = 'present' } of lexicon.concepts)
    for (const term of terms)
      for (const form of forms(term)) {
        const words = wordsOf(form);
        const here = { positions: [...positions].sort().join(' and '), term, state };
        const known = claims.get(words);
        if (!known) claims.set(words, here);
        else if ((known.positions !== here.positions || known.state !== here.state) && !reported.has(words)) {
          reported.add(words);
          const both =
            known.positions === here.positions ? `as ${known.state} and as ${state}` : `and for ${here.positions}`;
          problems.error(
            file,
            'claimed-twice',
            `"${form}" stands for ${known.positions} ${both}`,
            'keep it in one entry; a term that means several positions lists them all in "positions"',
          );
        }
      }
  const ignored = new Set((lexicon.ignored ?? []).flatMap(forms).map(wordsOf));
  const lost = [...claims.keys()].filter((words) => ignored.has(words));
  if (lost.length > 0)
    problems.error(
      file,
      'ignored-term',
      `${some(lost)} ${lost.length === 1 ? 'is' : 'are'} both a term and ignored, so never found`,
      'take it out of one of the two lists',
    );
  checkSwallowed(
    file,
    [...claims].map(([words, claim]) => ({ words, ...claim })),
    implied,
    problems,
  );
  checkShadowed(file, lexicon, problems);
}

/** A longer term of another position keeps a shorter one from being seen inside it: often meant, sometimes not. */
function checkSwallowed(
  file: string,
  claims: readonly { words: string; positions: string }[],
  implied: ReadonlyMap<string, readonly string[]>,
  problems: PackProblems,
): void {
  const short = new Map(
    claims.filter(({ words }) => !words.includes(' ')).map((claim) => [claim.words, claim.positions]),
  );
  const examples = new Map<string, string[]>();
  for (const { words, positions } of claims) {
    if (!words.includes(' ')) continue;
    for (const word of words.split(' ')) {
      const other = short.get(word);
      const means = positions.split(' and ').flatMap((id) => [id, ...(implied.get(id) ?? [])]);
      if (!other || other.split(' and ').some((id) => means.includes(id))) continue;
      const key = `${other}\n${positions}`;
      examples.set(key, [...(examples.get(key) ?? []), words]);
    }
  }
  for (const [key, terms] of examples) {
    const [other, positions] = key.split('\n');
    problems.warn(
      file,
      'swallowed',
      `inside ${some(terms, 4)} (${positions}) a term of ${other} is not seen`,
      `if the longer term means both, list ${other} in its "positions" too`,
    );
  }
}

/** A longer description of one subject hides a shorter one of another: "mildly enlarged" of the heart, "enlarged". */
function checkShadowed(file: string, lexicon: ConceptLanguage, problems: PackProblems): void {
  const owners = new Map<string, Set<number>>();
  for (const [pair, { says }] of lexicon.pairs.entries())
    for (const { terms } of says)
      for (const term of terms) owners.set(wordsOf(term), (owners.get(wordsOf(term)) ?? new Set()).add(pair));
  const shadows: string[] = [];
  for (const [long, longOwners] of owners) {
    const words = long.split(' ');
    for (let from = 0; from < words.length; from++)
      for (let to = from + 1; to <= words.length; to++) {
        if (to - from === words.length) continue;
        const inner = owners.get(words.slice(from, to).join(' '));
        if (inner && [...inner].some((pair) => !longOwners.has(pair)))
          shadows.push(`${long} > ${words.slice(from, to).join(' ')}`);
      }
  }
  if (shadows.length > 0)
    problems.warn(
      file,
      'shadowed',
      `descriptions that hide a shorter one of other subjects: ${some(shadows)}`,
      'leave out the longer one where the shorter says the same, or give it to those subjects too',
    );
}
