import type { Finding, Pack, Presence, ReadingWarning, ReportReading, TextEvidence } from '@radiolect/findings';
import { InvalidPackError, makeFinding, packJson } from '@radiolect/findings';
import type { Assertion } from '../assertion/assertion-reader.ts';
import { createAssertionReader } from '../assertion/assertion-reader.ts';
import type { AssertionRules } from '../assertion/assertion-rules.ts';
import { parseAssertionRules } from '../assertion/assertion-rules.ts';
import { assertionRules } from '../assertion/language-rules.ts';
import { languageOf } from '../text/language.ts';
import { Spelling } from '../text/spelling.ts';
import { blankMarkup, isLatinWord, tokenise } from '../text/tokens.ts';
import type { PositionState, Statement } from './combination.ts';
import { combine } from './combination.ts';
import { compileConceptLexicon } from './concept-lexicon.ts';
import type { Mention } from './mentions.ts';
import { alternativesIn, mentionsIn } from './mentions.ts';
import { reportSentences, tellsFindings } from './report-sentences.ts';

/** Reads reports into the findings of a pack whose positions are concepts. */
export interface ConceptReader {
  /** Never throws on any text. Offsets are UTF-16 code units of the text as given. */
  read(text: string): ReportReading;
}

/** Shorter words have too many neighbours to be corrected safely. */
const shortestCorrected = 6;
const mostEvidence = 3;

/**
 * A reader for a pack of concepts: sections, sentences, mentions by the pack's lexicon, assertion, and one state per
 * position. The pack may add or override trigger words in `assertion/<language>.json`. Throws InvalidPackError where a
 * file is missing or broken.
 */
export function createConceptReader(pack: Pack): ConceptReader {
  const rules = assertionRulesOf(pack);
  const characters: Record<string, string> = Object.assign({}, ...rules.map((r) => r.characters ?? {}));
  const lexicon = compileConceptLexicon(pack, characters);
  const vocabulary = new Set([...lexicon.vocabulary, ...wordsOfRules(rules, lexicon.fold)]);
  const spelling = new Spelling(vocabulary);
  const correct = (word: string): string =>
    word.length >= shortestCorrected && isLatinWord(word) ? spelling.correct(word) : word;
  const assertion = createAssertionReader(rules, correct);
  const verbs = new Set(rules.flatMap((r) => r.verbs));
  const isVerb = (word: string): boolean => verbs.has(word);
  const past = new Map(pack.concepts.map(({ id, past }) => [id, past]));
  const scripts = {
    traditional: new Set(Object.keys(characters)),
    simplified: new Set(Object.values(characters).filter((c) => !(c in characters))),
  };
  return {
    read(text: string): ReportReading {
      const blanked = blankMarkup(text);
      const tokens = tokenise(blanked, lexicon.fold);
      const words = tokens.texts.map(correct);
      const language = languageOf(text, tokens, scripts);
      const report = { source: blanked, texts: words, starts: tokens.starts, ends: tokens.ends };
      const stated = new Map<string, Statement[]>();
      const sentences = reportSentences(report, lexicon).filter(({ section }) => tellsFindings(section));
      for (const sentence of sentences) {
        const span = { start: tokens.starts[sentence.first]!, end: tokens.ends[sentence.end - 1]! };
        const mentions = mentionsIn(words, sentence, lexicon, isVerb);
        const doubtful = new Set(alternativesIn(words, mentions).flat());
        for (const mention of mentions) {
          const read = assertion.assess(blanked, span, {
            start: tokens.starts[mention.asserted.first]!,
            end: tokens.ends[mention.asserted.end - 1]!,
          });
          const said =
            doubtful.has(mention) && read.presence === 'present' ? { ...read, presence: 'uncertain' as const } : read;
          for (const position of mention.positions) {
            const presence = presenceOf(mention, said, past.get(position) === 'present');
            if (!presence) continue;
            const statement: Statement = {
              presence,
              change: mention.change,
              start: tokens.starts[mention.first]!,
              end: tokens.ends[mention.end - 1]!,
            };
            const known = stated.get(position);
            if (known) known.push(statement);
            else stated.set(position, [statement]);
          }
        }
      }
      const states = combine(stated, pack.concepts, sentences.length > 0);
      return {
        language,
        findings: pack.concepts.flatMap(({ id, concept }) => {
          const state = states.get(id);
          return state ? [findingOf(id, concept, state, text)] : [];
        }),
        regional: [],
        extraosseous: [],
        warnings: warningsOf(text, blanked, language),
        impressionClass: impressionClassOf(pack, states),
      };
    },
  };
}

/** What a mention says of its position, or undefined where it says nothing of this patient now. */
function presenceOf(mention: Mention, said: Assertion, pastCounts: boolean): Presence | undefined {
  if (said.experiencer === 'other' || said.temporality === 'hypothetical') return undefined;
  if (said.temporality === 'historical' && !pastCounts) return undefined;
  if (mention.state === 'absent') return said.presence === 'absent' ? undefined : 'absent';
  if (said.presence === 'present') return mention.state;
  return said.presence;
}

function findingOf(id: string, concept: Finding['concept'], state: PositionState, text: string): Finding {
  const { presence, change } = state;
  const fits = change !== undefined && (change === 'resolved') === (presence === 'absent');
  return makeFinding({
    site: id,
    concept,
    presence,
    ...(fits ? { change } : {}),
    evidence: state.statements
      .slice(0, mostEvidence)
      .map(({ start, end }): TextEvidence => ({ kind: 'text', start, end, text: text.slice(start, end) })),
    source: { kind: 'report', name: 'rules' },
  });
}

/** `normal` where a derived position ("no finding") is present, else by the strongest state. */
function impressionClassOf(pack: Pack, states: ReadonlyMap<string, PositionState>): ReportReading['impressionClass'] {
  const derived = pack.concepts.filter((position) => position.noneOf);
  if (derived.some(({ id }) => states.has(id))) return 'normal';
  const exempt = new Set(derived.flatMap((position) => position.noneOf!.exempt));
  const rest = [...states].filter(([id, { presence }]) => !exempt.has(id) && presence !== 'absent');
  if (rest.length === 0) return 'normal';
  return rest.some(([, { presence }]) => presence === 'present') ? 'other' : 'equivocal';
}

function warningsOf(text: string, blanked: string, language: ReportReading['language']): ReadingWarning[] {
  const warnings: ReadingWarning[] = [];
  if (text.trim() === '') warnings.push({ code: 'no-text', evidence: [] });
  else if (language === 'unknown') warnings.push({ code: 'unknown-language', evidence: [] });
  if (blanked !== text) warnings.push({ code: 'markup', evidence: [] });
  return warnings;
}

/** The shipped rules, then those of the pack. */
export function assertionRulesOf(pack: Pick<Pack, 'name' | 'files'>): readonly AssertionRules[] {
  const own = [...pack.files.keys()].filter((file) => /^assertion\/[^/]+\.json$/.test(file)).sort();
  return [
    assertionRules.en,
    assertionRules.zh,
    ...own.map((file) => {
      const json = packJson(pack.name, pack.files, file);
      try {
        return parseAssertionRules(json);
      } catch (cause) {
        throw new InvalidPackError(pack.name, file, `does not follow its form: ${(cause as Error).message}`);
      }
    }),
  ];
}

function wordsOfRules(rules: readonly AssertionRules[], fold: Uint16Array): string[] {
  const terms = rules.flatMap((r) => [
    ...r.triggers.flatMap((t) => t.terms),
    ...r.stops.flatMap((s) => s.terms),
    ...r.verbs,
    ...r.perceived,
    ...r.joins,
    ...r.openers,
  ]);
  return terms.flatMap((term) => tokenise(term, fold).texts).filter(isLatinWord);
}
