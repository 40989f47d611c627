/**
 * A few everyday words for the sites, to find a site in raw text. The suite's own list: it shares nothing with the
 * lexicons of a reader, so that what a reader does not know can still be planted.
 */
export const boneWords: Readonly<Record<string, RegExp>> = {
  clavicle: /clavic|鎖骨|锁骨/i,
  scapula: /scapul|肩胛/i,
  shoulder: /shoulder|acromioclav|肩關節|肩关节/i,
  humerus: /humer|肱骨/i,
  elbow: /elbow|肘/i,
  wrist: /wrist|腕/i,
  ilium: /ilium|iliac|髂骨|骼骨/i,
  'sacroiliac-joint': /sacroiliac|SI j|骶髂|薦髂/i,
  acetabulum: /acetab|\bhips?\b|髖|髋/i,
  ischium: /ischi|坐骨/i,
  pubis: /pubi|恥骨|耻骨/i,
  femur: /femur|femoral|trochanter|股骨/i,
  knee: /knee|膝/i,
  leg: /tibia|fibula|脛骨|胫骨|腓骨/i,
  ankle: /ankle|踝/i,
  foot: /foot|calcane|metatars|toe|跟骨|足|蹠/i,
  hand: /hand|metacarp|thumb|手/i,
  forearm: /radius|ulna|radial|橈骨|桡骨|尺骨/i,
};

/** Bases that a stretch of text names. */
export const basesIn = (text: string): string[] =>
  Object.entries(boneWords)
    .filter(([, pattern]) => pattern.test(text))
    .map(([base]) => base);

const numerals = [
  '',
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
];
export const numeralOf = (number: number): string =>
  numerals[number] ??
  `${number >= 20 ? (numerals[Math.floor(number / 10)] ?? '') : ''}十${numerals[number % 10] ?? ''}`;

/** A numbered site in raw text: the span of the number alone, and how to write another one there. */
export interface NumberWord {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly write: (number: number) => string;
}

const suffix = (n: number): string =>
  n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');

/** The numbers by which a text names one vertebra or rib. `site` is "t8" or "rib-5-left". */
export function numberWordsOf(text: string, site: string): NumberWord[] {
  const vertebra = /^([ctl])(\d+)$/.exec(site);
  const rib = /^rib-(\d+)-(?:right|left)$/.exec(site);
  const number = Number(vertebra?.[2] ?? rib?.[1] ?? 0);
  if (number === 0) return [];
  const found: NumberWord[] = [];
  const add = (pattern: RegExp, write: (n: number) => string): void => {
    for (const match of text.matchAll(pattern)) {
      const inner = match[1] ?? match[0];
      const start = match.index + match[0].indexOf(inner);
      found.push({ start, end: start + inner.length, number, write });
    }
  };
  const word = numeralOf(number);
  if (vertebra) {
    const letters = { c: 'C', t: '(?:T|Th|D)', l: 'L' }[vertebra[1] as 'c' | 't' | 'l'];
    const bone = { c: '[頸颈]', t: '胸', l: '腰' }[vertebra[1] as 'c' | 't' | 'l'];
    add(new RegExp(`(?<![A-Za-z])${letters}(${number})(?!\\d)`, 'g'), String);
    add(new RegExp(`${bone}椎?(${number})(?!\\d)`, 'g'), String);
    add(new RegExp(`第(${number})[節节]?${bone}椎`, 'g'), String);
    add(new RegExp(`第(${word})[節节]?${bone}椎`, 'g'), numeralOf);
  } else {
    add(new RegExp(`(?<!\\d)(${number}${suffix(number)})(?![a-z])`, 'g'), (n) => `${n}${suffix(n)}`);
    add(new RegExp(`第(${number})(?!\\d)`, 'g'), String);
    add(new RegExp(`第(${word})(?![一二三四五六七八九十])`, 'g'), numeralOf);
  }
  return found;
}

/** How many of a numbered series there are. */
export const countOf = (site: string): number =>
  site.startsWith('rib') || site.startsWith('t') ? 12 : site.startsWith('c') ? 7 : 5;

/** The site with another number: "t8" and 9 → "t9". */
export const renumbered = (site: string, number: number): string => site.replace(/\d+/, String(number));
