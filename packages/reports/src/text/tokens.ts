/** The text cut into words, numbers, single Chinese characters and punctuation, each with its place in the source. */
export interface Tokens {
  readonly texts: string[];
  readonly starts: number[];
  readonly ends: number[];
}

const cjk = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xf900 && code <= 0xfaff);
const letter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0x24f);
const digit = (code: number): boolean => code >= 48 && code <= 57;
const apostrophe = 39;

/** Whether a token is a word of Latin letters. */
export const isLatinWord = (text: string): boolean => letter(text.charCodeAt(0));
export const isNumber = (text: string): boolean => digit(text.charCodeAt(0));
export const isChinese = (text: string): boolean => cjk(text.charCodeAt(0));

/**
 * Cuts a text into tokens. The text is folded by `fold` (one code unit for one), so offsets are those of the source.
 * Line ends are tokens ("\n"); markup has been blanked before by {@link blankMarkup}.
 */
export function tokenise(text: string, fold: Uint16Array): Tokens {
  const texts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const length = text.length;
  const at = (index: number): number => (index < length ? fold[text.charCodeAt(index)]! : 0);
  let i = 0;
  while (i < length) {
    const code = at(i);
    let end = i + 1;
    if (code === 32 || code === 9) {
      i++;
      continue;
    }
    if (letter(code)) {
      while (letter(at(end)) || (at(end) === apostrophe && letter(at(end + 1)) && end - i < 40)) end++;
    } else if (digit(code)) {
      while (digit(at(end)) || (at(end) === 46 && digit(at(end + 1)))) end++;
    } else if (code === 13 && at(end) === 10) end++;
    let word: string;
    if (end - i === 1) word = code === 13 ? '\n' : String.fromCharCode(code);
    else if (code === 13) word = '\n';
    else if (end - i > 60) word = '\u0001';
    else {
      word = '';
      for (let k = i; k < end; k++) word += String.fromCharCode(at(k));
    }
    texts.push(word);
    starts.push(i);
    ends.push(end);
    i = end;
  }
  return { texts, starts, ends };
}

const breaking = /^<\/?(br|p|div|li|tr|h[1-6]|ul|ol|table|section)\b/i;

/** Replaces tags and character references by blanks (line ends for block tags) of the same length. */
export function blankMarkup(text: string): string {
  if (!text.includes('<') && !text.includes('&')) return text;
  const parts: string[] = [];
  let from = 0;
  let i = 0;
  let close = text.indexOf('>');
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (close >= 0 && close < i) close = text.indexOf('>', i);
    let length = 0;
    let filler = ' ';
    if (code === 60 && close >= 0 && close - i <= 302) {
      const tag = /^<(?:\/?[a-z!][^<>]{0,300})>/i.exec(text.slice(i, i + 304))?.[0];
      if (tag) {
        length = tag.length;
        if (breaking.test(tag)) filler = '\n';
      }
    } else if (code === 38) {
      length = /^&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});/i.exec(text.slice(i, i + 12))?.[0].length ?? 0;
    }
    if (length === 0) i++;
    else {
      parts.push(text.slice(from, i), filler.padEnd(length, ' '));
      i += length;
      from = i;
    }
  }
  parts.push(text.slice(from));
  return parts.join('');
}
