import type { Hit } from './cue.ts';
import type { Work } from './work.ts';
import { report, wordsAt } from './work.ts';

const numerals = '零一二三四五六七八九十';
const between = String.raw`\s*(?:[-~/,、]|to|through|and|or|&|至|到|及|和|与)\s*`;
const ordinal = '(?:st|nd|rd|th)?';
const notUnit = String.raw`(?!\d|[.]\d|\s*(?:mm|cm|m?ci|mbq|h(?:rs?|ours?)?|min|days?|weeks?|months?|years?|yr|%|st|nd|rd|th|ribs?|foci|lesions?|vertebra|x\b|cycles?|fractions?|gy|[-/]\d|[年月日天个岁周根处次]|肋))`;
/** "C5", "T11-13", "L3, 4 and 6": the prefix, then numbers. */
const latin = new RegExp(
  String.raw`(?<![a-z0-9])(c|th|t|d|l)[-.]?(\d{1,2}(?!\d|[.]\d)(?:${between}\d{1,2}${notUnit})*)(?!\d*[a-z%])`,
  'g',
);
const number = `(?:\\d{1,2}|[${numerals}]{1,3})`;
const joined = String.raw`\s*(?:[-~/、,.]|至|到|及|和|与|或)\s*`;
const chineseAfter = new RegExp(
  `(颈|胸|腰)椎?第?(${number}(?:${joined}第?${number})*)(?!\\d|[.]\\d|\\s*[a-z%个根处次年月日天周岁肋])`,
  'g',
);
const chineseBefore = new RegExp(`第(${number}(?:${joined}第?${number})*)(?:节|个)?(颈|胸|腰)椎`, 'g');
const ribsBefore = new RegExp(
  String.raw`(?<![a-z0-9./])(\d{1,2}${ordinal}(?:${between}(?:(?:right|left|the)\s)?\d{1,2}${ordinal})*)\s+(?:(?:anterior|posterior|lateral|anterolateral|posterolateral)\s+)?ribs?(?![a-z])`,
  'g',
);
const ribsAfter = new RegExp(String.raw`(?<![a-z])ribs?\s*#?\s*(\d{1,2}(?:${between}\d{1,2}${notUnit})*)`, 'g');
const chineseRibs = new RegExp(
  `第?(${number}(?:${joined}第?${number})*)\\s*(?:根)?(?:[前后侧腋]|腋段|前段|后段)?肋(?!间)`,
  'g',
);
/** "Ribs: right 1st and 18th". */
const ordinalRibs = /(?<![\d/.-])(1[3-9]|2\d)th(?![a-z]| (?:century|edition|of))/g;
const wordRibs = /(?<![a-z])(thirteenth|fourteenth|fifteenth)\s+(?:\w+\s+)?ribs?/g;

const levels = {
  c: 'cervical',
  t: 'thoracic',
  th: 'thoracic',
  d: 'thoracic',
  l: 'lumbar',
  颈: 'cervical',
  胸: 'thoracic',
  腰: 'lumbar',
} as const;
const last = { cervical: ['C7', 7], thoracic: ['T12', 12], lumbar: ['L5', 5] } as const;
/** Above these a number is no vertebra at all, but a code or a day. */
const largest = 29;

/** Vertebrae and ribs that do not exist, in sections that speak of the picture. */
export function checkLevels(work: Work): void {
  const { folded, sentences } = work.outline;
  for (const sentence of sentences) {
    if (sentence.section === 'indication' || sentence.section === 'technique') continue;
    const text = folded.slice(sentence.start, sentence.end);
    const at = (match: RegExpExecArray): Hit => ({
      start: sentence.start + match.index,
      end: sentence.start + match.index + match[0].length,
    });
    for (const match of text.matchAll(latin)) {
      // "Ribs: R3, L11": a side, not a level.
      if (match[1] === 'l' && /(?<![a-z])ribs?(?![a-z])/.test(text)) continue;
      vertebrae(work, sentence, match[1]!, match[2]!, at(match));
    }
    for (const match of text.matchAll(chineseAfter)) vertebrae(work, sentence, match[1]!, match[2]!, at(match));
    for (const match of text.matchAll(chineseBefore)) vertebrae(work, sentence, match[2]!, match[1]!, at(match));
    for (const pattern of [ribsBefore, ribsAfter, chineseRibs])
      for (const match of text.matchAll(pattern)) ribs(work, sentence, numbersIn(match[1]!), at(match));
    if (/(?<![a-z])ribs?(?![a-z])/.test(text))
      for (const match of text.matchAll(ordinalRibs)) ribs(work, sentence, [Number(match[1])], at(match));
    for (const match of text.matchAll(wordRibs)) ribs(work, sentence, [13], at(match));
  }
}

function vertebrae(work: Work, sentence: Hit, prefix: string, list: string, at: Hit): void {
  const level = levels[prefix as keyof typeof levels];
  const [name, count] = last[level];
  const numbers = numbersIn(list);
  // "L4-S1" and "C7/T1" end before the next prefix; "T11-L2" has one number.
  const wrong = numbers.find((n) => n > count && n <= largest) ?? (numbers[0] === 0 ? 0 : undefined);
  if (wrong === undefined) return;
  const { data, outline } = work;
  const { folded } = outline;
  if (
    level === 'cervical' &&
    wrong === 8 &&
    data.cues.nerve.first(folded, at.start, Math.min(sentence.end, at.end + 30))
  )
    return;
  // A tumour stage or a code ("T13 N0") is not a level.
  if (/^\s*[a-d]?\s?n[0-3x]/.test(folded.slice(at.end, at.end + 6))) return;
  const transitional = (level === 'lumbar' && wrong === 6) || (level === 'thoracic' && wrong === 13);
  const said = transitional && data.cues.transitional.first(folded) !== undefined;
  report(work, transitional ? 'transitional-level' : 'level-out-of-range', {
    severity: said ? 'information' : transitional ? 'warning' : 'error',
    at: [at],
    values: { stated: wordsAt(work, at), expected: name },
  });
}

function ribs(work: Work, sentence: Hit, numbers: readonly number[], at: Hit): void {
  const wrong = numbers.find((n) => n > 12 || n === 0);
  if (wrong === undefined) return;
  const { data, outline } = work;
  const said = data.cues.transitional.first(outline.folded, sentence.start, sentence.end) !== undefined;
  // "13 ribs" may be a count; only an ordinal, a list or a single rib names one.
  const counted = /^\d+\s+ribs$/.test(outline.folded.slice(at.start, at.end));
  report(work, 'rib-out-of-range', {
    severity: said || counted ? 'information' : 'error',
    at: [at],
    values: { stated: String(wrong) },
  });
}

function numbersIn(list: string): number[] {
  return [...list.matchAll(new RegExp(`\\d+|[${numerals}]+`, 'g'))].map(([word]) =>
    /\d/.test(word) ? Number(word) : chineseNumber(word),
  );
}

/** Up to 99: "十二" is 12. */
export function chineseNumber(word: string): number {
  const ten = word.indexOf('十');
  if (ten < 0) return [...word].reduce((value, digit) => value * 10 + numerals.indexOf(digit), 0);
  const tens = ten === 0 ? 1 : numerals.indexOf(word[ten - 1]!);
  const ones = word[ten + 1] === undefined ? 0 : numerals.indexOf(word[ten + 1]!);
  return tens * 10 + ones;
}
