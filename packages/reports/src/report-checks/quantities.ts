import type { Quantity } from './check-data.ts';
import { chineseNumber } from './levels.ts';
import { statedAges } from './patient.ts';
import type { Work } from './work.ts';
import { report, sentenceAt, wordsAt } from './work.ts';

const words: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  twenty: 20,
  thirty: 30,
};

/** How far from a number the words may stand that tell what it is. */
const around = 48;

/** Numbers with a unit that lie outside what is possible: activity, uptake time, laboratory values, sizes. */
export function checkQuantities(work: Work): void {
  for (const quantity of work.data.quantities) checkQuantity(work, quantity);
}

function checkQuantity(work: Work, quantity: Quantity): void {
  const { folded } = work.outline;
  for (const match of folded.matchAll(quantity.pattern)) {
    const at = { start: match.index, end: match.index + match[0].length };
    const sentence = sentenceAt(work, at.start) ?? lineAround(folded, at.start);
    const from = Math.max(sentence.start, at.start - around);
    const to = Math.min(sentence.end, at.end + around);
    if (quantity.near && !quantity.near.first(folded, from, to)) continue;
    if (quantity.except?.first(folded, from, to)) continue;
    // The name of a value stands shortly before it.
    if (quantity.before) {
      const names = quantity.before.all(folded, Math.max(sentence.start, at.start - 40), at.start + 1);
      const name = names.at(-1);
      if (!name || /[;。]|\d/.test(folded.slice(name.end, at.start).replace(/\d-\d/g, ''))) continue;
    }
    const number = numberOf(match[1]!);
    const value = number * (quantity.units.get(match[2]!) ?? Number.NaN);
    const low = quantity.adultLow !== undefined && isAdult(work) ? quantity.adultLow : quantity.low;
    if (!Number.isFinite(value) || (value >= low && value <= quantity.high)) continue;
    report(work, 'value-implausible', {
      severity: 'error',
      at: [at],
      values: {
        what: quantity.name,
        stated: wordsAt(work, at),
        expected: `${low}–${quantity.high} ${quantity.baseUnit}`,
      },
    });
  }
}

function isAdult(work: Work): boolean {
  const age = work.context.patient?.age ?? statedAges(work)[0]?.years;
  return age !== undefined && age >= 18;
}

function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(/^\d+,\d{3}$/.test(text) ? text.replace(',', '') : text.replace(',', '.'));
  if (text in words) return words[text]!;
  if (text.includes('百')) {
    const [hundreds = '', rest = ''] = text.split('百');
    return (hundreds === '' ? 1 : chineseNumber(hundreds)) * 100 + (rest === '' ? 0 : chineseNumber(rest));
  }
  return chineseNumber(text);
}

function lineAround(folded: string, at: number): { start: number; end: number } {
  const end = folded.indexOf('\n', at);
  return { start: folded.lastIndexOf('\n', at) + 1, end: end < 0 ? folded.length : end };
}
