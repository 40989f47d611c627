import type { Hit } from './cue.ts';
import type { Work } from './work.ts';
import { report, sentenceAt, wordsAt } from './work.ts';

/** A date as far as the text gives it. Day and month may be told both ways round ("04/11/2023"). */
export interface StatedDate extends Hit {
  readonly year: number;
  /** Possible readings: [month, day], each 0 where not stated. */
  readonly readings: readonly (readonly [month: number, day: number])[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(${months.join('|')})[a-z]*\\.?`;
const patterns: readonly [RegExp, (m: RegExpExecArray) => [number, (readonly [number, number])[]]][] = [
  [/(?<![\d./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-])/g, (m) => [+m[1]!, [[+m[3]!, +m[4]!]]]],
  [
    /(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/g,
    (m) => {
      const [a, b] = [+m[1]!, +m[3]!];
      return [
        +m[4]!,
        a > 12 && b <= 12
          ? [[b, a]]
          : b > 12 && a <= 12
            ? [[a, b]]
            : [
                [a, b],
                [b, a],
              ],
      ];
    },
  ],
  [
    /(?:民国\s*)(\d{2,3})年(?:\s*(\d{1,2})月)?(?:\s*(\d{1,2})日)?/g,
    (m) => [+m[1]! + 1911, [[+(m[2] ?? 0), +(m[3] ?? 0)]]],
  ],
  [/(?<!\d)(\d{4})年(?:\s*(\d{1,2})月)?(?:\s*(\d{1,2})[日号])?/g, (m) => [+m[1]!, [[+(m[2] ?? 0), +(m[3] ?? 0)]]]],
  [
    new RegExp(`(?<![\\da-z])(\\d{1,2})(?:st|nd|rd|th)?[ -]+(?:of )?${month}[ ,-]+(\\d{4})(?!\\d)`, 'g'),
    (m) => [+m[3]!, [[months.indexOf(m[2]!) + 1, +m[1]!]]],
  ],
  [
    new RegExp(`(?<![a-z])${month} +(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})(?!\\d)`, 'g'),
    (m) => [+m[3]!, [[months.indexOf(m[1]!) + 1, +m[2]!]]],
  ],
  [new RegExp(`(?<![a-z])${month} +(\\d{4})(?!\\d)`, 'g'), (m) => [+m[2]!, [[months.indexOf(m[1]!) + 1, 0]]]],
  [/(?<![\d./-])(\d{1,2})\/(\d{4})(?![\d/])/g, (m) => [+m[2]!, [[+m[1]!, 0]]]],
  [/(?<![\d./-])(\d{4})[-/](\d{1,2})(?![\d/.-])/g, (m) => [+m[1]!, [[+m[2]!, 0]]]],
];
/** A year on its own, but not a value. */
const bareYear =
  /(?<![\w.,/>=<-])((?:19|20|21|22)\d\d)(?![\w.,/%-]?\d|\s?(?:ng|pg|u\/|iu|mg|mci|mbq|ml|counts|k)|[a-z])/g;
const valueBefore = /(?:psa|alp|pth|cea|afp|ca\s?\d+-\d|phosphatase|no\.?|number|#)[^.;。\n]{0,12}$/;

/** All dates of the text, in order, the fullest reading of each. */
export function statedDates(work: Work): StatedDate[] {
  const { folded } = work.outline;
  const found: StatedDate[] = [];
  const free = (start: number, end: number): boolean => !found.some((date) => start < date.end && date.start < end);
  for (const [pattern, read] of patterns)
    for (const match of folded.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const [year, readings] = read(match);
      if (free(start, end) && year >= 1000) found.push({ start, end, year, readings });
    }
  for (const match of folded.matchAll(bareYear)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (free(start, end) && !valueBefore.test(folded.slice(Math.max(0, start - 24), start)))
      found.push({ start, end, year: +match[1]!, readings: [[0, 0]] });
  }
  return found.sort((a, b) => a.start - b.start);
}

const exists = (year: number, m: number, d: number): boolean =>
  m <= 12 && d <= (m === 0 ? 31 : new Date(Date.UTC(year, m, 0)).getUTCDate());

/** Dates that do not exist, dates after the study, and a comparison with another date than the prior study's. */
export function checkDates(work: Work): void {
  const { studyDate, prior } = work.context;
  const study = studyDate === undefined ? undefined : parts(studyDate);
  const dates = statedDates(work);
  const wrong = new Set<StatedDate>();
  for (const date of dates) {
    const sensible = date.readings.filter(([m, d]) => exists(date.year, m, d));
    const stated = wordsAt(work, date);
    if (sensible.length === 0 || date.year < 1900 || date.year > 2150) {
      wrong.add(date);
      report(work, 'date-invalid', { severity: 'error', at: [date], values: { stated } });
    } else if (study && !isAhead(work, date) && sensible.every((reading) => isAfter(date.year, reading, study))) {
      wrong.add(date);
      report(work, 'date-in-future', {
        severity: 'error',
        at: [date],
        values: { stated, expected: shown(studyDate!) },
      });
    }
  }
  if (!prior?.date) return;
  const expected = parts(prior.date);
  const compared = dates.filter((date) => !wrong.has(date) && isCompared(work, date));
  if (compared.length === 0 || compared.some((date) => isSame(date, expected))) return;
  report(work, 'comparison-date-mismatch', {
    severity: 'warning',
    at: compared,
    values: { stated: compared.map((date) => wordsAt(work, date)), expected: shown(prior.date) },
  });
}

/** In a comparison section, or in a sentence that compares. */
function isCompared(work: Work, date: Hit): boolean {
  const sentence = sentenceAt(work, date.start);
  if (sentence?.section === 'comparison') return true;
  if (!sentence) return false;
  // Clinical details tell of many studies; only one that they compare with is meant.
  if (sentence.section === 'indication' || sentence.section === 'technique')
    return /compar|比较|对比|相较/.test(work.outline.folded.slice(sentence.start, sentence.end));
  return work.data.cues.comparison.first(work.outline.folded, sentence.start, sentence.end) !== undefined;
}

/** A recommendation speaks of the time to come. */
function isAhead(work: Work, date: Hit): boolean {
  const sentence = sentenceAt(work, date.start);
  return (
    sentence !== undefined &&
    work.data.cues.recommendation.first(work.outline.folded, sentence.start, sentence.end) !== undefined
  );
}

type Parts = readonly [year: number, month: number, day: number];
const parts = (date: string): Parts => {
  const digits = date.replace(/\D/g, '');
  return [+digits.slice(0, 4), +(digits.slice(4, 6) || 0), +(digits.slice(6, 8) || 0)];
};
export const shown = (date: string): string => {
  const digits = date.replace(/\D/g, '');
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(Boolean).join('-');
};

function isAfter(year: number, [m, d]: readonly [number, number], [y2, m2, d2]: Parts): boolean {
  if (year !== y2 || m === 0 || m2 === 0) return year > y2;
  return m !== m2 || d === 0 || d2 === 0 ? m > m2 : d > d2;
}

function isSame({ year, readings }: StatedDate, [y2, m2, d2]: Parts): boolean {
  return (
    year === y2 && readings.some(([m, d]) => (m === 0 || m2 === 0 || m === m2) && (d === 0 || d2 === 0 || d === d2))
  );
}
