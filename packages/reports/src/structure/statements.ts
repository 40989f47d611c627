import type { Presence } from '@radiolect/findings';
import type { AssertionReader } from '../assertion/assertion-reader.ts';
import type { Place, Whereabouts } from './places.ts';
import { placesIn, subjectOf, whereabouts } from './places.ts';
import type { Sentence } from './prepared-report.ts';
import { prepareReport, wordsOfMatch } from './prepared-report.ts';
import type { StatementRule, StructureRules } from './structure-rules.ts';

/** A part of the report, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One place where the report says what a rule looks for. */
export interface Mention {
  readonly rule: StatementRule;
  readonly sentence: ReadSentence;
  readonly from: number;
  readonly to: number;
  readonly presence: Presence;
  readonly where: Whereabouts;
  /** Its words, with those that deny, doubt or place it. */
  readonly evidence: Span;
}

export interface ReadSentence extends Sentence {
  readonly index: number;
  readonly places: readonly Place[];
  /** What the sentences before it are about. */
  readonly carried: Whereabouts;
}

/** The report's sentences that speak of this study, and every mention in them. */
export function readStatements(
  text: string,
  rules: StructureRules,
  assertions: AssertionReader,
): { readonly sentences: readonly ReadSentence[]; readonly mentions: readonly Mention[] } {
  const sentences: ReadSentence[] = [];
  const mentions: Mention[] = [];
  let carried: Whereabouts = 'unplaced';
  let section = '';
  let begun = false;
  // Line ends and hard spaces inside a phrase are spaces to the assertion reader; offsets stay.
  const flat = text.replace(/\s/g, ' ');
  let historyEnded = false;
  for (const prepared of prepareReport(text, rules)) {
    historyEnded = prepared.loose && (historyEnded || endsHistory(prepared, rules));
    const sentence = historyEnded ? { ...prepared, section: '' } : prepared;
    if (rules.silent.has(sentence.section)) continue;
    if (!begun && sentence.section === '' && isIndication(sentence, rules)) continue;
    if (!begun && sentence.section === '' && sentence.line.search(rules.requests) === 0) continue;
    // At the head of a text or of its impression, what is said without a place is said of the set's topic.
    if (!begun || sentence.section !== section) carried = 'topic';
    begun = true;
    section = sentence.section;
    const places = placesIn(sentence, rules);
    const read: ReadSentence = { ...sentence, index: sentences.length, places, carried };
    sentences.push(read);
    for (const rule of rules.statements)
      if (rule.section === undefined || rule.section === section)
        mentions.push(...mentionsOf(rule, read, flat, assertions, rules));
    carried = subjectOf(sentence, places, carried);
  }
  return { sentences, mentions: withoutInner(mentions) };
}

/** A history without an end of its own ends where the report speaks of the topic and asks nothing. */
function endsHistory(sentence: Sentence, rules: StructureRules): boolean {
  if (sentence.line.search(rules.topicWords) < 0) return false;
  return sentence.line.search(rules.requests) < 0 && !sentence.words.some(({ text }) => text === '?');
}

const isIndication = (sentence: Sentence, rules: StructureRules): boolean =>
  sentence.line.search(rules.indication) >= 0 && sentence.line.search(rules.topicWords) < 0;

function* mentionsOf(
  rule: StatementRule,
  sentence: ReadSentence,
  text: string,
  assertions: AssertionReader,
  rules: StructureRules,
): Generator<Mention> {
  for (const match of sentence.line.matchAll(rule.pattern)) {
    const { from, to } = wordsOfMatch(sentence, match.index, match[0].length);
    const first = sentence.words[from]!;
    const last = sentence.words[to - 1]!;
    const before = sentence.words[from - 1]?.text;
    if (before === '?') continue;
    const span = { start: first.start, end: last.end };
    const said = assertions.assess(text, { start: sentence.start, end: sentence.end }, span);
    if (said.temporality !== 'recent' && !rule.verbatim) continue;
    if (said.experiencer !== 'patient') continue;
    const mark = rule.verbatim ? undefined : markBehind(sentence, to, rules.marks);
    const plain = mark?.presence ?? presenceOf(rule, said, text);
    const open = plain === 'present' && rule.presence === undefined && !rule.verbatim;
    const denied = open && rules.denied.test(sentence.line.slice(sentence.offsets[to] ?? sentence.line.length));
    const doubted = open && isDoubted(sentence, from, to, rules.doubts);
    const presence = denied ? 'absent' : doubted ? 'uncertain' : plain;
    const where = whereabouts(
      sentence,
      sentence.places,
      from,
      to,
      sentence.carried,
      rule.scope === 'topic' && rule.thing !== true,
    );
    const triggers = rule.verbatim ? [] : said.triggers;
    const evidence = evidenceOf(sentence, from, mark?.to ?? to, triggers);
    yield { rule, sentence, from, to, presence, where, evidence };
  }
}

/** "Abscess (-)", "free fluid around the appendix: none": a mark behind the words, in the same part of the sentence. */
function markBehind(
  sentence: ReadSentence,
  to: number,
  marks: StructureRules['marks'],
): { presence: Presence; to: number } | undefined {
  const rest = sentence.line.slice(sentence.offsets[to] ?? sentence.line.length);
  for (const { presence, pattern } of marks) {
    const match = pattern.exec(rest);
    if (match) return { presence, to: to + match[0].trim().split(' ').length };
  }
  return undefined;
}

/** "Equivocal for appendicitis", "appendicitis versus ileitis". */
function isDoubted(
  { line, offsets }: ReadSentence,
  from: number,
  to: number,
  doubts: StructureRules['doubts'],
): boolean {
  return doubts.before.test(line.slice(0, offsets[from])) || doubts.after.test(line.slice(offsets[to] ?? line.length));
}

function presenceOf(rule: StatementRule, said: ReturnType<AssertionReader['assess']>, text: string): Presence {
  const worded = rule.presence ?? 'present';
  if (rule.verbatim) return worded;
  if (said.presence === 'uncertain') {
    const firm = rule.firm;
    const doubts = said.triggers.map(({ start, end }) => text.slice(start, end).toLowerCase());
    const stated = firm !== undefined && doubts.some((doubt) => `${doubt.replaceAll('-', ' ')} `.search(firm) >= 0);
    // "not definitely perforated" is denied, "possibly clean" doubted.
    return stated ? worded : 'uncertain';
  }
  if (said.presence === 'absent') return worded === 'present' ? 'absent' : 'present';
  return worded;
}

/**
 * A mention inside a longer one of the same statement says nothing of its own ("stranding" in "fat stranding"), nor does
 * one inside words that mean something else ("fluid" in "fluid collection").
 */
function withoutInner(mentions: readonly Mention[]): Mention[] {
  return mentions.filter(
    (mention) =>
      !mentions.some(
        (other) =>
          other !== mention &&
          (other.rule.name === mention.rule.name ||
            (other.rule.covers === true && other.rule.element === mention.rule.element)) &&
          other.sentence === mention.sentence &&
          other.from <= mention.from &&
          other.to >= mention.to &&
          (other.to - other.from > mention.to - mention.from || mentions.indexOf(other) < mentions.indexOf(mention)),
      ),
  );
}

const clauseMark = /^([,;:.()]|with|and|but|which|while|whereas)$/;

/** The mention with its triggers and the words around them, up to the next mark or joining word. */
function evidenceOf(sentence: Sentence, from: number, to: number, triggers: readonly Span[]): Span {
  const inside = (span: Span): boolean => span.start >= sentence.start && span.end <= sentence.end;
  let first = from;
  let last = to - 1;
  for (const trigger of triggers.filter(inside)) {
    sentence.words.forEach((word, i) => {
      if (word.end <= trigger.start || word.start >= trigger.end) return;
      first = Math.min(first, i);
      last = Math.max(last, i);
    });
  }
  while (first > 0 && !clauseMark.test(sentence.words[first - 1]!.text)) first--;
  while (last + 1 < sentence.words.length && !clauseMark.test(sentence.words[last + 1]!.text)) last++;
  return { start: sentence.words[first]!.start, end: sentence.words[last]!.end };
}
