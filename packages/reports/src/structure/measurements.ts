import type { Place, Whereabouts } from './places.ts';
import { subjectOf } from './places.ts';
import { wordsOfMatch } from './prepared-report.ts';
import type { Mention, ReadSentence, Span } from './statements.ts';
import type { StructureRules } from './structure-rules.ts';

/** A length in the report: its numbers in millimetres, what it is of, and as what ("diameter"). */
export interface Measurement {
  readonly sentence: ReadSentence;
  readonly from: number;
  readonly to: number;
  /** One number, or those of "4.2 x 3.1 cm" or "8-9 mm", in millimetres; empty for a volume. */
  readonly millimetres: readonly number[];
  /** Whether the numbers are the ends of a range. */
  readonly range: boolean;
  /** Where the measured thing lies, or the statement that names it. */
  readonly of: Whereabouts | 'thing' | { readonly mention: Mention };
  readonly as: string | undefined;
  /** A limit ("< 6 mm") or an earlier value is no measurement of this study. */
  readonly counts: boolean;
  readonly evidence: Span;
}

const unitToMm: Readonly<Record<string, number>> = {
  mm: 1,
  millimeter: 1,
  millimeters: 1,
  millimetre: 1,
  millimetres: 1,
  cm: 10,
  cms: 10,
  centimeter: 10,
  centimeters: 10,
  centimetre: 10,
  centimetres: 10,
};
const volumeUnit = /^(cc|ml|millilitres?|milliliters?)$/;
const number = /^\d+(\.\d+)?$/;

/** All lengths and volumes of a sentence. `mentions` are those of the same sentence. */
export function measurementsIn(
  sentence: ReadSentence,
  mentions: readonly Mention[],
  rules: StructureRules,
): Measurement[] {
  const found: Measurement[] = [];
  const { words } = sentence;
  for (let i = 0; i < words.length; i++) {
    if (!number.test(words[i]!.text)) continue;
    const read = readNumbers(sentence, i);
    if (!read) continue;
    found.push(measured(sentence, mentions, rules, i, read));
    i = read.to - 1;
  }
  return found;
}

interface Numbers {
  readonly to: number;
  readonly millimetres: readonly number[];
  readonly range: boolean;
}

/** "13 mm", "4.2 x 3.1 cm", "4.2 cm x 31 mm", "8-9 mm", "8 to 9 mm". */
function readNumbers({ words }: ReadSentence, first: number): Numbers | undefined {
  const values: { value: number; factor: number | undefined }[] = [];
  let range = false;
  let i = first;
  for (;;) {
    const text = words[i]?.text;
    if (text === undefined || !number.test(text)) return undefined;
    i++;
    const unit = words[i]?.text ?? '';
    const factor = unitToMm[unit];
    values.push({ value: Number(text), factor });
    if (volumeUnit.test(unit)) return { to: i + 1, millimetres: [], range };
    if (factor !== undefined) i++;
    const joint = words[i]?.text ?? '';
    const more = number.test(words[i + 1]?.text ?? '');
    if (more && /^(x|×|\*|by)$/.test(joint)) i++;
    else if (more && factor === undefined && /^(-|–|to)$/.test(joint)) {
      range = true;
      i++;
    } else break;
  }
  let factor = values.at(-1)!.factor;
  if (factor === undefined) return undefined;
  const millimetres: number[] = [];
  for (const entry of values.reverse()) {
    factor = entry.factor ?? factor;
    // 0.8 × 10 is 8, and 1.6 × 10 is 16, whatever binary fractions make of it.
    millimetres.unshift(Math.round(entry.value * factor * 1e4) / 1e4);
  }
  return { to: i, millimetres, range };
}

const chunkMark = /^([,;:.()]|and|with|but|without)$/;

function measured(
  sentence: ReadSentence,
  mentions: readonly Mention[],
  rules: StructureRules,
  from: number,
  numbers: Numbers,
): Measurement {
  const { words } = sentence;
  const nouns = nounsOf(sentence, mentions);
  const { of, noun } = objectOf(sentence, nouns, from, numbers.to, rules);
  const first = noun && noun.to <= from ? Math.min(noun.from, from) : from;
  const last = noun && noun.from >= numbers.to ? noun.to : numbers.to;
  let start = from;
  let end = Math.max(last, numbers.to);
  while (start > first && !chunkMark.test(words[start - 1]!.text)) start--;
  while (end < words.length && !/^([,;:.()]|and|with|but|without|is|are|in|at|from|no)$/.test(words[end]!.text)) end++;
  const as = attributeOf(sentence, rules, from, numbers.to);
  if (as) {
    start = Math.min(start, as.from);
    end = Math.max(end, as.to);
  }
  return {
    sentence,
    from,
    to: numbers.to,
    millimetres: numbers.millimetres,
    range: numbers.range,
    of,
    as: as?.name,
    counts: !isLimit(words.slice(Math.max(0, from - 4), from).map((word) => word.text)),
    evidence: { start: words[start]!.start, end: words[end - 1]!.end },
  };
}

/** Limits and earlier values: "< 6 mm", "less than 6 mm", "previously 9 mm". */
const isLimit = (before: readonly string[]): boolean =>
  /(^| )(<|>|≤|≥|< =|> =|less than|under|below|greater than|more than|exceeding|over|normal up to|previously|prior|formerly|earlier) (= )?$/.test(
    `${before.join(' ')} `,
  );

interface Noun {
  readonly from: number;
  readonly to: number;
  readonly of: Measurement['of'];
}

function nounsOf(sentence: ReadSentence, mentions: readonly Mention[]): Noun[] {
  const named = mentions
    .filter((mention) => mention.rule.thing === true)
    .map((mention): Noun => ({ from: mention.from, to: mention.to, of: { mention } }));
  const placed = sentence.places
    .filter((place) => !named.some((noun) => place.from < noun.to && noun.from < place.to))
    .map((place: Place): Noun => ({ from: place.from, to: place.to, of: place.kind }));
  return [...named, ...placed].sort((a, b) => a.from - b.from);
}

const follows = 5;
const endOfRow =
  /^([,;:.()]|in|at|of|from|and|or|with|without|but|is|are|was|has|to|on|which|that|no|within|around|obstruct(s|ing)|occlud(es|ing)|fill(s|ing)|caus(es|ing)|seen|noted|identified|present|arises|lies|located|lodged|impacted|adjacent|near|behind|posterior|anterior)$/;
const article = /^(a|an|one|another|tiny|small|large)$/;

/** What a number measures: the noun it stands before ("a 6 mm appendicolith"), or the one it is said of. */
function objectOf(
  sentence: ReadSentence,
  nouns: readonly Noun[],
  from: number,
  to: number,
  rules: StructureRules,
): { of: Measurement['of']; noun: Noun | undefined } {
  const { words } = sentence;
  let ahead: Noun | undefined;
  // "a small (1.5 cm) abscess": the bracket stands inside the row.
  const bracketed = words[from - 1]?.text === '(' && words[to]?.text === ')' && !nouns.some((n) => n.to === from - 1);
  const begin = bracketed ? to + 1 : to;
  for (let i = begin; i < Math.min(begin + follows, words.length); i++) {
    const noun = nouns.find((candidate) => candidate.from === i);
    if (noun) {
      // "28 mm pericolic abscess": the last noun of the row is the thing; a place before it only says where.
      ahead = noun;
      i = noun.to - 1;
      continue;
    }
    if (endOfRow.test(words[i]!.text)) {
      // "7 cm of terminal ileum", "distal 8 cm of the ileum".
      const whole = words[i]!.text === 'of' ? nouns.find((n) => n.from > i && n.from <= i + 3) : undefined;
      if (!ahead && whole) ahead = whole;
      break;
    }
  }
  if (ahead) return { of: ahead.of, noun: ahead };
  if (namesUnknownThing(words, from, to, rules)) return { of: 'thing', noun: undefined };
  const start = clauseBefore(words, from, nouns);
  const before = nouns.filter((noun) => noun.to <= from && noun.from >= start);
  const spoken = [...before].reverse().find((noun) => !insidePhraseOfPlace(sentence, noun));
  // "lies beside a cyst and measures 5 mm" goes on with what the clause began with.
  const goesOn = /^and (measures|is|has|reaches)$/.test(
    words
      .slice(from - 2, from)
      .map(({ text }) => text)
      .join(' '),
  );
  // "around the appendix, which measures 11 mm" is said of what stands before "which".
  const relative = /(which|that) (measures|is|has|reaches)$/.test(
    words
      .slice(Math.max(0, from - 2), from)
      .map(({ text }) => text)
      .join(' '),
  );
  const noun = goesOn ? before[0] : relative ? before.at(-1) : (spoken ?? before[0]);
  // A place that only says where ("RIF: a tubular structure of 10 mm") is not what is measured.
  const names = noun !== undefined && noun.of !== 'near' && noun.of !== 'everywhere';
  return names
    ? { of: noun.of, noun }
    : { of: subjectOf(sentence, sentence.places, sentence.carried), noun: undefined };
}

/** "A 5 mm hyperdensity": a thing that no list knows, and no attribute of what the clause is about. */
function namesUnknownThing(words: ReadSentence['words'], from: number, to: number, rules: StructureRules): boolean {
  const next = words[to]?.text;
  if (next === undefined || !/^[a-z]/.test(next) || endOfRow.test(next)) return false;
  if (!article.test(words[from - 1]?.text ?? '')) return false;
  return !rules.attributes.some(({ pattern }) => `${next} `.search(pattern) === 0);
}

/** Where the clause begins that a number belongs to: after a semicolon outside brackets, if that part has nouns. */
function clauseBefore(words: ReadSentence['words'], from: number, nouns: readonly Noun[]): number {
  let depth = 0;
  for (let i = from - 1; i >= 0; i--) {
    const { text } = words[i]!;
    if (text === ')') depth++;
    else if (text === '(') depth--;
    else if (text === ';' && depth === 0 && nouns.some((noun) => noun.from > i && noun.to <= from)) return i + 1;
  }
  return 0;
}

const placingWord =
  /^(to|in|behind|within|near|from|at|beneath|under|over|into|between|along|of|around|on|by|inside|through)$/;
const newThing = /^(a|an|with|and|containing|no|one|two|several|multiple|,|;|:|\(|is|are|has|shows|there)$/;

/** "in the right iliac fossa", "of the appendix": said only to place something else. */
function insidePhraseOfPlace({ words }: ReadSentence, noun: Noun): boolean {
  for (let i = noun.from - 1; i >= Math.max(0, noun.from - 5); i--) {
    const { text } = words[i]!;
    // "dilatation of the appendix to 14 mm": what stands right before its number is measured.
    if (
      text === 'of' &&
      /^(to|is|=|:)$/.test(words[noun.to]?.text ?? '') &&
      number.test(words[noun.to + 1]?.text ?? '')
    )
      return false;
    if (placingWord.test(text)) return true;
    if (newThing.test(text)) return false;
  }
  return false;
}

const sized = /^(dilated|distended|enlarged|thickened|swollen|measuring|measures|measured|diameter|caliber|calibre)$/;

/** The attribute that a number is given as: the nearest attribute word in its part of the sentence. */
function attributeOf(
  sentence: ReadSentence,
  rules: StructureRules,
  from: number,
  to: number,
): { name: string; from: number; to: number } | undefined {
  const { words } = sentence;
  let first = from;
  let last = to;
  const stop = (i: number): boolean => chunkMark.test(words[i]!.text) || number.test(words[i]!.text);
  while (first > 0 && !stop(first - 1)) first--;
  while (last < words.length && !stop(last)) last++;
  let best: { name: string; from: number; to: number; distance: number } | undefined;
  for (const { name, pattern } of rules.attributes)
    for (const match of sentence.line.matchAll(pattern)) {
      const place = wordsOfMatch(sentence, match.index, match[0].length);
      if (place.from < first || place.to > last) continue;
      // A distance begins with the unit of its own number; "dilated to 14 mm distal to a stone" is none.
      if (
        name === 'distance' &&
        (place.from !== to - 1 || sized.test(words[from - 2]?.text ?? '') || sized.test(words[from - 1]?.text ?? ''))
      )
        continue;
      const distance = place.from >= to ? place.from - to : from - place.to;
      // An attribute behind the number belongs to it more surely: "5 mm in maximal diameter".
      if (!best || distance < best.distance || (distance === best.distance && place.from >= to))
        best = { name, ...place, distance };
    }
  return best;
}
