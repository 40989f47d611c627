import type {
  ExtraosseousStatement,
  Finding,
  FindingAttributes,
  ImpressionClass,
  Presence,
  ReadingWarning,
  RegionalStatement,
  TextEvidence,
} from '@radiolect/findings';
import { abnormalUptake, brokenRule } from '@radiolect/findings';
import type { Span } from './quotes.ts';
import { QuoteFinder } from './quotes.ts';
import type { ReadingAnswer } from './reading-answer.ts';
import type { AnswerSide, ReadingVocabulary } from './reading-vocabulary.ts';
import { everywhereElse } from './reading-vocabulary.ts';

/** What of an answer stands, once it is held against the report. */
export interface HeldAnswer {
  readonly findings: readonly Finding[];
  readonly regional: readonly RegionalStatement[];
  readonly extraosseous: readonly ExtraosseousStatement[];
  readonly warnings: readonly ReadingWarning[];
  readonly impressionClass: ImpressionClass;
  /** Statements that the answer made. */
  readonly items: number;
  /** Statements whose quote does not stand in the report. */
  readonly droppedSpans: number;
  /** Statements that break a rule of valid findings. */
  readonly droppedRules: number;
  /** What was dropped and why, to be said back to the model. Holds quotes of the answer. */
  readonly problems: readonly string[];
}

interface Statement extends FindingAttributes {
  readonly presence: Presence;
  readonly evidence: TextEvidence;
  /** A site named itself, not by its region. */
  readonly specific: boolean;
}

/**
 * Holds an answer against the report it speaks of, and expands sides, regions and negatives (guideline, rules 1–5).
 * `silent` tells which words give no labels (rule 6).
 */
export function readingOfAnswer(
  text: string,
  answer: ReadingAnswer,
  vocabulary: ReadingVocabulary,
  model: string,
  silent: (span: Span) => boolean = () => false,
): HeldAnswer {
  const quotes = new QuoteFinder(text, silent);
  const problems: string[] = [];
  const statements = new Map<string, Statement[]>();
  const exempt = new Set<string>();
  const regional: RegionalStatement[] = [];
  const extraosseous: ExtraosseousStatement[] = [];
  const warnings: ReadingWarning[] = [];
  let everythingElse: TextEvidence | undefined;
  let droppedSpans = 0;
  let droppedRules = 0;

  const evidenceOf = (where: string, quote: string, subject: string): TextEvidence | undefined => {
    const span = quotes.find(quote, subject);
    if (span) return { kind: 'text', ...span, text: text.slice(span.start, span.end) };
    droppedSpans++;
    problems.push(`${where}: the quote ${JSON.stringify(quote)} does not stand in the report letter by letter`);
    return undefined;
  };
  const broken = (where: string, rule: string): void => {
    droppedRules++;
    problems.push(`${where}: ${rule}`);
  };
  /** Words that a label may rest on. */
  const groundOf = (where: string, quote: string, subject: string): TextEvidence | undefined => {
    const evidence = evidenceOf(where, quote, subject);
    if (!evidence || !silent(evidence)) return evidence;
    broken(where, 'its quote stands under indication, technique or comparison, which give no labels');
    return undefined;
  };
  const state = (places: readonly string[], side: AnswerSide, said: Omit<Statement, 'specific'>): void => {
    for (const place of places)
      for (const site of vocabulary.expand(place, side)) {
        const known = statements.get(site) ?? [];
        statements.set(site, [...known, { ...said, specific: !vocabulary.isRegion(place) }]);
      }
  };

  for (const [index, item] of answer.findings.entries()) {
    const where = `findings.${index}`;
    const said = { presence: item.state, ...attributesOf(item) };
    const rule = brokenRule(said) ?? unplaced(item.places) ?? sideless(item, vocabulary);
    if (rule !== undefined) broken(where, rule);
    else {
      const evidence = groundOf(where, item.quote, `${item.places.join()} ${item.side}`);
      if (evidence) state(item.places, item.side, { ...said, evidence });
    }
  }
  for (const [index, item] of answer.absent.entries()) {
    const where = `absent.${index}`;
    const rule = unplaced(item.places);
    if (rule !== undefined) {
      broken(where, rule);
      continue;
    }
    const evidence = groundOf(where, item.quote, `${item.places.join()} ${item.side}`);
    if (!evidence) continue;
    if (item.places.includes(everywhereElse)) everythingElse ??= evidence;
    const places = item.places.filter((place) => place !== everywhereElse);
    state(places, item.side, { presence: 'absent', ...(item.resolved ? { change: 'resolved' } : {}), evidence });
  }
  for (const [index, { quote, place, side, why }] of answer.open.entries()) {
    const evidence = evidenceOf(`open.${index}`, quote, `${why} ${place} ${side}`);
    if (!evidence) continue;
    if (why !== 'contradiction') for (const site of vocabulary.expand(place, side)) exempt.add(site);
    if (why === 'vague')
      regional.push({ region: place, ...(side === 'right' || side === 'left' ? { side } : {}), evidence });
    else if (why !== 'not-imaged') warnings.push({ code: why, subject: place, evidence: [evidence] });
  }
  for (const [index, { quote, what }] of answer.outside.entries()) {
    const evidence = evidenceOf(`outside.${index}`, quote, what);
    if (evidence && !extraosseous.some((known) => known.what === what)) extraosseous.push({ what, evidence });
  }

  const findings: Finding[] = [];
  for (const site of vocabulary.allSites) {
    const said = statements.get(site) ?? [];
    const merged = merge(said);
    if (merged) {
      findings.push(findingOf(site, merged.statement, merged.evidence, model));
      if (
        merged.contradiction &&
        !warnings.some((w) => w.code === 'contradiction' && site.startsWith(w.subject ?? '-'))
      )
        warnings.push({ code: 'contradiction', subject: site, evidence: merged.evidence });
    } else if (everythingElse && !exempt.has(site))
      findings.push(findingOf(site, { presence: 'absent' }, [everythingElse], model));
  }
  const items = answer.findings.length + answer.absent.length + answer.open.length + answer.outside.length;
  const { impression: impressionClass } = answer;
  return {
    findings,
    regional,
    extraosseous,
    warnings,
    impressionClass,
    items,
    droppedSpans,
    droppedRules,
    problems,
  };
}

function attributesOf(item: ReadingAnswer['findings'][number]): FindingAttributes {
  const { nature, likelihood, change, uptake, intensity } = item;
  return {
    ...(nature === 'none' ? {} : { nature }),
    ...(likelihood === 'none' ? {} : { likelihood }),
    ...(change === 'none' ? {} : { change }),
    ...(uptake === 'none' ? {} : { uptake }),
    ...(intensity === 'none' ? {} : { intensity }),
  };
}

const unplaced = (places: readonly string[]): string | undefined =>
  places.length === 0 ? 'places is empty: name the site, or leave the statement out' : undefined;

/** Rule 9: a paired site named without a side has no label. */
function sideless({ places, side }: ReadingAnswer['findings'][number], vocabulary: ReadingVocabulary) {
  const paired = side === 'none' ? places.find((place) => vocabulary.isPaired(place)) : undefined;
  return paired === undefined
    ? undefined
    : `${paired} is paired: side is right, left or both; if the report names none, list it under open as side-missing`;
}

interface Merged {
  readonly statement: FindingAttributes & { readonly presence: Presence };
  readonly evidence: readonly TextEvidence[];
  readonly contradiction: boolean;
}

/**
 * One label from all that is said of a site. A site named as abnormal and as free is uncertain (rule 5), a region's
 * negative yields to what is said of a site itself; of two causes metastasis comes first, else the later one, which is
 * the impression's.
 */
function merge(said: readonly Statement[]): Merged | undefined {
  const positive = said.filter((s) => s.presence !== 'absent');
  const absent = said.filter((s) => s.presence === 'absent');
  if (positive.length === 0) {
    const [first] = absent.filter((s) => s.change === 'resolved').concat(absent);
    if (!first) return undefined;
    const { change } = first;
    return {
      statement: { presence: 'absent', ...(change ? { change } : {}) },
      evidence: [first.evidence],
      contradiction: false,
    };
  }
  const denial = absent.find((s) => s.specific && s.change !== 'resolved' && positive.some((p) => p.specific));
  const cause =
    positive.find((s) => s.nature === 'metastatic') ?? positive.findLast((s) => s.nature !== undefined) ?? {};
  const { nature, likelihood }: FindingAttributes = cause;
  const change = positive.findLast((s) => s.change !== undefined)?.change;
  const uptake = positive.find((s) => s.uptake !== undefined)?.uptake;
  const intensity = positive.find((s) => s.intensity !== undefined)?.intensity;
  const certain = !denial && positive.some((s) => s.presence === 'present');
  return {
    statement: {
      presence: certain ? 'present' : 'uncertain',
      ...(nature ? { nature } : {}),
      ...(likelihood ? { likelihood } : {}),
      ...(change ? { change } : {}),
      ...(uptake ? { uptake } : {}),
      ...(intensity ? { intensity } : {}),
    },
    evidence: [...positive, ...(denial ? [denial] : [])].map((s) => s.evidence),
    contradiction: denial !== undefined,
  };
}

const findingOf = (
  site: string,
  statement: Merged['statement'],
  evidence: readonly TextEvidence[],
  model: string,
): Finding => ({
  id: site,
  concept: abnormalUptake,
  site,
  ...statement,
  evidence,
  source: { kind: 'report', name: model },
});
