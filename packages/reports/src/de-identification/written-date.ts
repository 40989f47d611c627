import type { DateRule } from './rules.ts';

/** A date as it is written in a text, with the groups that its digits and words stand in. */
export interface WrittenDate {
  readonly start: number;
  readonly end: number;
  /** 0 where the text names no year. */
  readonly year: number;
  /** 0 where only a year is named. */
  readonly month: number;
  /** 0 where no day is named. */
  readonly day: number;
  readonly text: string;
  readonly groups: readonly (readonly [name: string, start: number, end: number])[];
}

export type DateOrder = 'mdy' | 'dmy';

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'].concat([
  'october',
  'november',
  'december',
]);
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const chineseDigits = '〇一二三四五六七八九';

/** All dates of a text. `order` is how "05/03/2024" is meant where no other date of the text tells. */
export function findDates(text: string, rules: readonly DateRule[], order: DateOrder): WrittenDate[] {
  const han = (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length / 8;
  const meant = orderOf(text) ?? order;
  const found: WrittenDate[] = [];
  for (const rule of rules) {
    if (rule.script === (han ? 'latin' : 'han')) continue;
    for (const match of text.matchAll(rule.expression)) {
      const date = dateOf(match, meant);
      if (!date) continue;
      if (rule.unless?.test(text.slice(date.start, date.end))) continue;
      if (rule.unlessBefore?.test(text.slice(Math.max(0, date.start - 30), date.start))) continue;
      found.push(date);
    }
  }
  // Of dates that overlap the longest is meant: "5 March 2024", not "March 2024".
  const settled: WrittenDate[] = [];
  for (const date of found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start))
    if (settled.every((other) => other.end <= date.start || other.start >= date.end)) settled.push(date);
  return settled.sort((a, b) => a.start - b.start);
}

/** The order that a date such as 25/03/2024 or 03/25/2024 gives away. */
function orderOf(text: string): DateOrder | undefined {
  for (const [, a, b] of text.matchAll(/(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)?\d{2}(?!\d)/g)) {
    if (Number(a) > 12 && Number(b) <= 12) return 'dmy';
    if (Number(b) > 12 && Number(a) <= 12) return 'mdy';
  }
  return undefined;
}

function dateOf(match: RegExpMatchArray & { index?: number }, order: DateOrder): WrittenDate | undefined {
  const at = (match as RegExpExecArray).indices?.groups ?? {};
  const given = match.groups ?? {};
  const spans = Object.entries(at).flatMap(([name, span]) => (span ? [[name, span[0], span[1]] as const] : []));
  const { a, b } = given;
  const firstIsMonth = a === undefined || monthFirst(Number(a), Number(b), order);
  const groups = spans
    .filter(([name]) => name !== 's')
    .map(([name, start, end]) => {
      const meaning = name === 'a' ? (firstIsMonth ? 'm' : 'd') : name === 'b' ? (firstIsMonth ? 'd' : 'm') : name;
      return [meaning, start, end] as const;
    });
  const textOf = (name: string): string | undefined => {
    const group = groups.find(([own]) => own === name);
    return group && match[0].slice(group[1] - (match.index ?? 0), group[2] - (match.index ?? 0));
  };
  const number = (name: string): number => numberOf(textOf(name) ?? '0');
  const yy = textOf('yy');
  const roc = textOf('roc');
  let year = number('y');
  if (yy !== undefined) year = Number(yy) > 50 ? 1900 + Number(yy) : 2000 + Number(yy);
  if (roc !== undefined) year = 1911 + numberOf(roc);
  const mon = textOf('mon');
  const month =
    mon === undefined
      ? number('m')
      : monthNames.findIndex((name) => name.startsWith(mon.slice(0, 3).toLowerCase())) + 1;
  if (mon !== undefined && month === 0) return undefined;
  const day = number('d');
  if (month > 12 || day > 31 || (month === 0 && (day > 0 || year === 0))) return undefined;
  if (day > new Date(Date.UTC(year || 2024, month, 0)).getUTCDate() && month > 0) return undefined;
  // From the first group to the last, with what belongs to the date before and behind it.
  const dated = groups.filter(([name]) => name !== 'w' || groups.length > 1);
  const first = Math.min(...dated.map(([, start]) => start));
  const last = Math.max(...dated.map(([, , end]) => end));
  const index = match.index ?? 0;
  const before = /(?:中華)?民[國国][ \t\u3000]*$/u.exec(match[0].slice(0, first - index))?.[0].length ?? 0;
  const behind = /^[ \t]*[年月日號号]/u.exec(match[0].slice(last - index))?.[0].length ?? 0;
  const start = first - before;
  const end = last + behind;
  return { start, end, year, month, day, text: match[0].slice(start - index, end - index), groups };
}

function monthFirst(a: number, b: number, order: DateOrder): boolean {
  if (a > 12) return false;
  if (b > 12) return true;
  return order === 'mdy';
}

/** "113", "〇三", "一百一十三", "二〇二四" */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const plain = text.replaceAll('○', '〇').replaceAll('零', '〇');
  if (!/[十百]/.test(plain)) return Number([...plain].map((one) => chineseDigits.indexOf(one)).join(''));
  const [hundreds, rest = ''] = plain.includes('百') ? plain.split('百') : ['', plain];
  const of = (one: string): number => Math.max(0, chineseDigits.indexOf(one.replaceAll('〇', '')));
  const [tens, ones = ''] = rest.includes('十') ? rest.split('十') : ['〇', rest];
  const tenth = rest.includes('十') && tens === '' ? 1 : of(tens ?? '');
  return (plain.includes('百') ? (hundreds === '' ? 1 : of(hundreds!)) : 0) * 100 + tenth * 10 + of(ones);
}

/**
 * The date moved back by whole days, in the same written form: padding, names of months, ordinal endings, weekdays, years
 * of the Republic and Chinese numerals stay what they are. What names no day moves as the middle of its month or year;
 * what names no year as a date of `year`. Undefined where the form cannot hold the result.
 */
export function shiftWrittenDate(date: WrittenDate, daysBack: number, year: number): string | undefined {
  const from = Date.UTC(
    date.year || year,
    date.month === 0 ? 6 : date.month - 1,
    date.day || (date.month === 0 ? 1 : 15),
  );
  const moved = new Date(from - daysBack * 86_400_000);
  const [y, m, d] = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate()];
  if (Number.isNaN(moved.getTime()) || y < 1000) return undefined;
  const numeric = date.groups
    .filter(([name]) => name === 'm' || name === 'd')
    .map(([, start, end]) => date.text.slice(start - date.start, end - date.start));
  // "05/03/2024" keeps two digits; "12月5日" does not get them.
  const padded =
    numeric.some((part) => part.startsWith('0')) ||
    (numeric.length === 2 && !/月/.test(date.text) && numeric.every((part) => part.length === 2));
  let out = '';
  let at = date.start;
  for (const [name, start, end] of [...date.groups].sort((a, b) => a[1] - b[1])) {
    if (start < date.start || end > date.end) continue;
    const old = date.text.slice(start - date.start, end - date.start);
    out += date.text.slice(at - date.start, start - date.start);
    at = end;
    const number = (value: number): string => (/\d/.test(old) ? String(value) : chineseNumber(value));
    if (name === 'y')
      out += /\d/.test(old) ? String(y) : [...String(y)].map((one) => chineseDigits[Number(one)]).join('');
    else if (name === 'yy') out += String(y % 100).padStart(2, '0');
    else if (name === 'roc') {
      if (y <= 1911) return undefined;
      out += number(y - 1911);
    } else if (name === 'm') out += padded && /\d/.test(old) ? String(m).padStart(2, '0') : number(m);
    else if (name === 'd') out += padded && /\d/.test(old) ? String(d).padStart(2, '0') : number(d);
    else if (name === 'mon') out += styled(monthNames[m - 1]!, old);
    else if (name === 'w') out += styled(weekdays[moved.getUTCDay()]!, old);
    else if (name === 'ord') out += ordinal(d, old);
    else out += old;
  }
  return out + date.text.slice(at - date.start);
}

/** A name as long and in the same case as the one it stands for. */
function styled(name: string, like: string): string {
  const word =
    like.length <= 4 && !monthNames.includes(like.toLowerCase())
      ? name.slice(0, 3)
      : like === 'May'
        ? name.slice(0, 3)
        : name;
  if (like === like.toUpperCase()) return word.toUpperCase();
  return like === like.toLowerCase() ? word : word.charAt(0).toUpperCase() + word.slice(1);
}

function ordinal(day: number, like: string): string {
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return like === like.toUpperCase() ? ending.toUpperCase() : ending;
}

/** 13 → 十三, 113 → 一百一十三 */
function chineseNumber(value: number): string {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const word = (digit: number): string => (digit === 0 ? '' : chineseDigits[digit]!);
  const ten =
    tens === 0 ? (hundreds > 0 && ones > 0 ? '〇' : '') : `${tens === 1 && hundreds === 0 ? '' : word(tens)}十`;
  return `${hundreds > 0 ? `${word(hundreds)}百` : ''}${ten}${word(ones)}`;
}
