import type { Language } from '@radiolect/findings';
import type { LanguageSet } from './identity-set.ts';

/** Numbers from 0 to below 1. */
export type Random = () => number;

export const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;
const digit = (random: Random, from = 0): string => String(from + Math.floor(random() * (10 - from)));

/** Fills a pattern: "#" a digit, "@" a capital letter; the rest stands. */
export const numberOf = (pattern: string, random: Random): string =>
  pattern.replace(/#/g, () => digit(random)).replace(/@/g, () => String.fromCharCode(65 + Math.floor(random() * 26)));

/** A national number with a right check digit: Taiwan (Ministry of the Interior), mainland China (GB 11643). */
export function nationalNumber(language: Language, birth: Date, random: Random): string {
  if (language === 'zh-Hant') {
    const letter = pick([...'ABCDEFGHJKLMNPQRSTUVXYWZIO'], random);
    const code = 10 + 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(letter);
    const digits = [Math.floor(code / 10), code % 10, pick([1, 2], random)];
    for (let n = 0; n < 7; n++) digits.push(Number(digit(random)));
    const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    const sum = digits.reduce((total, value, at) => total + value * weights[at]!, 0);
    return `${letter}${digits.slice(2).join('')}${(10 - (sum % 10)) % 10}`;
  }
  if (language === 'zh-Hans') {
    const day = birth.toISOString().slice(0, 10).replaceAll('-', '');
    const body = `${pick(['330106', '110105', '440305', '510107'], random)}${day}${digit(random)}${digit(random)}${digit(random)}`;
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = [...body].reduce((total, value, at) => total + Number(value) * weights[at]!, 0);
    return body + '10X98765432'[sum % 11]!;
  }
  return `${digit(random, 1)}${digit(random)}${digit(random)}-${digit(random)}${digit(random, 1)}-${digit(random)}${digit(random)}${digit(random)}${digit(random, 1)}`;
}

/** An NHS number of England and Wales with its check digit (modulus 11). */
export function nhsNumber(random: Random): string {
  for (;;) {
    const digits = Array.from({ length: 9 }, (_, at) => Number(digit(random, at === 0 ? 4 : 0)));
    const check = (11 - (digits.reduce((sum, value, at) => sum + value * (10 - at), 0) % 11)) % 11;
    if (check === 10) continue;
    const text = digits.join('') + check;
    return `${text.slice(0, 3)} ${text.slice(3, 6)} ${text.slice(6)}`;
  }
}

export interface MadeUpPerson {
  readonly given: string;
  readonly surname: string;
  readonly middle: string;
}

export const person = (set: LanguageSet, random: Random): MadeUpPerson => ({
  given: pick(set.given, random),
  surname: pick(set.surname, random),
  middle: String.fromCharCode(65 + Math.floor(random() * 26)),
});

/** A person's name in one of its written forms. */
export function nameForm({ given, surname, middle }: MadeUpPerson, form: string, latin: boolean): string {
  if (form === 'given') return given;
  if (form === 'surname') return surname;
  if (!latin) return `${surname}${given}`;
  if (form === 'reverse') return `${surname.toUpperCase()}, ${given.toUpperCase()} ${middle}`;
  if (form === 'upper') return `${given} ${surname}`.toUpperCase();
  if (form === 'initials') return `${given[0]}${middle}${surname[0]!.toUpperCase()}`;
  if (form === 'initial') return `${given[0]}.`;
  return `${given} ${surname}`;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July'].concat([
  'August',
  'September',
  'October',
  'November',
  'December',
]);
const two = (value: number): string => String(value).padStart(2, '0');
const ordinal = (day: number): string =>
  `${day}${day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;

/** A date in one of its written forms. Slashed dates are month first in English, year first in Chinese. */
export function dateForm(date: Date, form: string, latin: boolean): string {
  const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const roc = y - 1911;
  const forms: Record<string, string> = {
    iso: `${y}-${two(m)}-${two(d)}`,
    slash: latin ? `${two(m)}/${two(d)}/${y}` : `${y}/${two(m)}/${two(d)}`,
    long: `${months[m - 1]} ${ordinal(d)}, ${y}`,
    uk: `${d} ${months[m - 1]} ${y}`,
    mon: `${two(d)}-${months[m - 1]!.slice(0, 3)}-${y}`,
    dash: latin ? `${m}-${d}-${y}` : `${y}-${two(m)}-${two(d)}`,
    monthYear: `${months[m - 1]} ${y}`,
    short: `${m}/${d}`,
    day: latin ? `${months[m - 1]} ${d}` : `${m}月${d}日`,
    chinese: `${y}年${m}月${d}日`,
    roc: `民國${roc}年${two(m)}月${two(d)}日`,
    rocShort: `${roc}年${m}月${d}日`,
    rocSlash: `${roc}/${two(m)}/${two(d)}`,
    yearMonth: `${y}年${m}月`,
    dot: `${y}.${m}.${d}`,
    compact: `${y}${two(m)}${two(d)}`,
  };
  const written = forms[form];
  if (written === undefined) throw new RangeError(`no written form "${form}" of a date`);
  return written;
}
