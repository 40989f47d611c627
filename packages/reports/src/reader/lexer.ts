import type { Spelling } from '../text/spelling.ts';
import type { Tokens } from '../text/tokens.ts';
import { isChinese, isLatinWord, isNumber } from '../text/tokens.ts';
import type { Kind, Lexicon, Sense, TrieNode } from './lexicon.ts';

/** One recognised piece of the text. */
export interface Item {
  readonly kind:
    | Kind
    | 'word'
    | 'number'
    | 'level'
    | 'place'
    | 'comma'
    | 'semicolon'
    | 'colon'
    | 'open'
    | 'close'
    | 'slash'
    | 'dash'
    | 'stop'
    | 'header';
  /** The value of the sense, the number, the level's name, or the section of a header. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly sense?: Sense | undefined;
  /** Of a number or a level. */
  readonly number?: number;
  readonly ordinal?: boolean;
  /** Of a place made from numbers: its bases; `or` marks alternatives ("5th or 6th rib"). */
  readonly bases?: readonly string[];
  readonly or?: boolean;
  readonly side?: 'right' | 'left' | 'both';
}

const numerals = '一二三四五六七八九十';
const cardinals = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const punctuation: Readonly<Record<string, Item['kind']>> = {
  ',': 'comma',
  ';': 'semicolon',
  ':': 'colon',
  '(': 'open',
  ')': 'close',
  '[': 'open',
  ']': 'close',
  '/': 'slash',
  '-': 'dash',
  '~': 'dash',
  '.': 'stop',
  '!': 'stop',
  '?': 'stop',
  '。': 'stop',
  '．': 'stop',
};
const suffixes = new Set(['st', 'nd', 'rd', 'th']);
const bullets = new Set(['-', '*', '•', '·', '●', '◆', '■', '○', '▪', '>', '#', '※', '‧', '+', '◎', '★', '＊']);

/** Turns tokens into items by longest match in the lexicon, and finds section headers and sentence ends. */
export function lex(source: string, tokens: Tokens, lexicon: Lexicon, spelling: Spelling): Item[] {
  return new Lexer(source, tokens, lexicon, spelling).run();
}

class Lexer {
  readonly #items: Item[] = [];
  readonly #words: string[];
  #sentenceStart = true;
  #lineStart = true;
  /** The last number of a list ("2."). */
  #listed = 0;
  #lineOffset = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: Tokens,
    private readonly lexicon: Lexicon,
    spelling: Spelling,
  ) {
    this.#words = tokens.texts.map((word) => (isLatinWord(word) ? spelling.correct(word) : word));
  }

  run(): Item[] {
    const count = this.#words.length;
    let i = 0;
    while (i < count) {
      const word = this.#words[i]!;
      if (word === '\n') {
        this.#newline(i);
        i++;
        continue;
      }
      if (this.#sentenceStart) {
        const after = this.#skipNumbering(i);
        if (after > i) {
          if (isNumber(word)) this.#listed = Number(word);
          i = after;
          continue;
        }
        const header = this.#header(i);
        if (header > i) {
          i = header;
          continue;
        }
      }
      this.#sentenceStart = false;
      this.#lineStart = false;
      i = this.#next(i);
    }
    this.#push('stop', 'end', count - 1, count - 1);
    return this.#items;
  }

  #push(kind: Item['kind'], value: string, first: number, last: number, more: Partial<Item> = {}): void {
    const { starts, ends } = this.tokens;
    this.#items.push({ kind, value, start: starts[first] ?? 0, end: ends[last] ?? 0, ...more });
  }

  #glued(i: number): boolean {
    return i > 0 && this.tokens.ends[i - 1] === this.tokens.starts[i];
  }

  #next(i: number): number {
    const word = this.#words[i]!;
    const listed = this.#nextInList(i);
    if (listed > i) return listed;
    const normal = this.#normalLetter(i);
    if (normal > i) return normal;
    const level = this.#level(i);
    if (level > i) return level;
    if (word === '#' && isNumber(this.#words[i + 1] ?? '')) {
      this.#push('word', word, i, i);
      return i + 1;
    }
    const matched = this.#phrase(i);
    if (matched > i) return matched;
    const dotted = this.#dotted(i);
    if (dotted > i) return dotted;
    const cardinal = this.#cardinal(i);
    if (cardinal > i) return cardinal;
    if (word === '第' || numerals.includes(word)) {
      const number = this.#chineseNumber(i);
      if (number > i) return number;
    }
    if (isNumber(word)) {
      const value = Number(word);
      const ordinal = suffixes.has(this.#words[i + 1] ?? '') && this.#glued(i + 1);
      const last = ordinal ? i + 1 : i;
      this.#push('number', word, i, last, { number: value, ordinal });
      return last + 1;
    }
    const kind = punctuation[word];
    if (kind === 'stop') return this.#stop(i, word);
    if (kind === 'semicolon' && this.#words[i + 1] !== undefined && this.#skipNumbering(i + 1) > i + 1) {
      this.#push('stop', word, i, i);
      this.#sentenceStart = true;
      return i + 1;
    }
    this.#push(kind ?? 'word', word, i, i);
    return i + 1;
  }

  #stop(i: number, word: string): number {
    const next = this.#words[i + 1];
    const glued = next !== undefined && next !== '\n' && this.#glued(i + 1);
    if (word === '?') {
      this.#push('likelihood', 'possible', i, i);
      if (glued && isLatinWord(next)) return i + 1;
      // "R't ilium ? faint uptake": a mark of doubt within a sentence.
      if (!glued && !this.#glued(i) && /\p{Ll}/u.test(this.source[this.tokens.starts[i + 1] ?? -1] ?? '')) return i + 1;
    } else if (word === '.') {
      const previous = this.#words[i - 1] ?? '';
      const capital = next !== undefined && /\p{Lu}/u.test(this.source[this.tokens.starts[i + 1]!] ?? '');
      if (glued && isLatinWord(next) && !(capital && previous.length > 2)) return i + 1;
      if (glued && isNumber(next) && previous.length <= 2) return i + 1;
      if (next !== undefined && next !== '\n') {
        if (this.lexicon.sideAbbreviations.has(previous)) return i + 1;
        if (this.lexicon.wordAbbreviations.has(previous) && !capital && !isChinese(next)) return i + 1;
      }
    }
    this.#push('stop', word, i, i);
    this.#sentenceStart = true;
    return i + 1;
  }

  /** A line end closes the sentence unless the line was only wrapped. */
  #newline(i: number): void {
    const wrapped = this.#wrapped(i);
    if (!wrapped) {
      const blank = this.#words[i + 1] === '\n' || this.#words[i - 1] === '\n';
      this.#push('stop', blank ? 'blank' : 'line', i, i);
      this.#sentenceStart = true;
    }
    this.#lineStart = true;
    this.#lineOffset = this.tokens.ends[i]!;
  }

  #wrapped(i: number): boolean {
    const previous = this.#words[i - 1];
    const next = this.#words[i + 1];
    if (previous === undefined || next === undefined || previous === '\n' || next === '\n') return false;
    if (this.#sentenceStart || '.。!?;；:：'.includes(previous)) return false;
    if (bullets.has(next) || this.#skipNumbering(i + 1) > i + 1) return false;
    for (let k = i + 1; k < i + 7 && this.#words[k] !== undefined && this.#words[k] !== '\n'; k++)
      if (this.#words[k] === ':') return false;
    if (previous === ',' || previous === '、') return true;
    const length = this.tokens.starts[i]! - this.#lineOffset;
    if (isChinese(next)) return isChinese(previous) && length >= 28;
    const first = this.source[this.tokens.starts[i + 1]!]!;
    return /\p{Ll}/u.test(first) || length >= 60;
  }

  #skipNumbering(i: number): number {
    const word = this.#words[i]!;
    const next = this.#words[i + 1] ?? '';
    if (this.#lineStart && bullets.has(word)) return i + 1;
    if (/^[①-⑳]$/.test(word)) return i + 1;
    const short = /^\d{1,2}$/;
    if (short.test(word) && (next === '.' || next === ')' || next === '．')) return i + 2;
    if ((short.test(word) || (numerals.includes(word) && word !== '')) && next === '、') {
      const third = this.#words[i + 2] ?? '';
      return isNumber(third) || numerals.includes(third) || third === '第' ? i : i + 2;
    }
    if (word === '(' && (short.test(next) || numerals.includes(next)) && this.#words[i + 2] === ')') return i + 3;
    return i;
  }

  /** A section header: its words, up to three more, and a colon; or its words alone on a line or in brackets. */
  #header(start: number): number {
    let i = start;
    const bracketed = this.#words[i] === '[' || this.#words[i] === '(';
    if (bracketed) i++;
    const found = this.#longest(this.lexicon.headers, i);
    if (!found) return start;
    let end = found.end;
    for (let extra = 0; extra <= 4; extra++) {
      const word = this.#words[end];
      if (word === ':' || (bracketed && (word === ']' || word === ')'))) {
        if (word !== ':' && this.#words[end + 1] === ':') end++;
        this.#push('header', found.senses[0]!.value, start, end);
        this.#sentenceStart = true;
        this.#lineStart = false;
        return end + 1;
      }
      if (extra === 0 && this.#lineStart && (word === '\n' || word === undefined || this.#dashed(end))) {
        this.#push('header', found.senses[0]!.value, start, end - 1);
        return word === '\n' || word === undefined ? end : end + 1;
      }
      if (word === '(') {
        // "FINDINGS (delayed images):"
        const closing = this.#words.slice(end, end + 12).indexOf(')');
        if (closing < 0) return start;
        end += closing + 1;
        continue;
      }
      if (word === undefined || !(isLatinWord(word) || isChinese(word) || word === '/' || word === '&')) return start;
      end++;
    }
    return start;
  }

  #dashed(i: number): boolean {
    return this.#words[i] === '-' && !this.#glued(i) && !this.#glued(i + 1);
  }

  #longest(trie: TrieNode, start: number): { end: number; senses: readonly Sense[] } | undefined {
    let node = trie;
    let best: { end: number; senses: readonly Sense[] } | undefined;
    for (let i = start; i < this.#words.length; i++) {
      const word = this.#words[i]!;
      const child = node.next?.get(word);
      if (child) {
        node = child;
        if (node.senses) best = { end: i + 1, senses: node.senses };
        continue;
      }
      if (i === start || i - start > 16) break;
      if (word === '-' && this.#glued(i) && this.#glued(i + 1)) continue;
      if (word === '\n' && this.#words[i + 1] !== '\n' && this.#words[i - 1] !== '\n') continue;
      break;
    }
    return best;
  }

  #phrase(i: number): number {
    const found = this.#longest(this.lexicon.phrases, i);
    if (!found) return i;
    for (const sense of found.senses) this.#push(sense.kind, sense.value, i, found.end - 1, { sense });
    if (found.senses[0]!.kind === 'ordinal') {
      const item = this.#items.pop()!;
      this.#items.push({ ...item, kind: 'number', number: Number(item.value), ordinal: true });
    }
    return found.end;
  }

  /** "T8", "L.4", "th 10", "胸8", "胸第八": a level prefix and a number in its range, but not a tumour stage. */
  #level(i: number): number {
    const prefix = this.#words[i]!;
    const name = this.lexicon.levelPrefixes.get(prefix);
    if (name === undefined) return i;
    const level = this.lexicon.levels.get(name);
    if (!level) return i;
    let at = i + 1;
    const latin = isLatinWord(prefix);
    if (latin && (this.#words[at] === '-' || this.#words[at] === '.') && this.#glued(at)) at++;
    else if (!latin && this.#words[at] === '第') at++;
    const glued = this.#glued(at);
    const word = this.#words[at] ?? '';
    let number = 0;
    let end = at + 1;
    if (/^\d{1,2}$/.test(word)) number = Number(word);
    else if (latin && !glued && cardinals.includes(word)) number = cardinals.indexOf(word) + 1;
    else if (!latin && numerals.includes(word) && word !== '') [number, end] = this.#numeral(at);
    if (number < 1 || number > level.count) return i;
    if (latin) {
      const next = this.#words[end] ?? '';
      if (this.#glued(end) && isLatinWord(next)) return i;
      if (/^[nm]$/.test(next) && isNumber(this.#words[end + 1] ?? '')) return i;
      if (!glued && !cardinals.includes(word) && (prefix.length > 1 || prefix === 's' || prefix === 'd' || at > i + 1))
        return i;
      if (prefix === 'l' && !glued)
        for (let k = end; k < end + 8; k++) if (/^ribs?$/.test(this.#words[k] ?? '')) return i;
    }
    this.#push('level', name, i, end - 1, { number });
    return end;
  }

  /** "1.Uptake at T12 2.Uptake at the left hip": the next number of a list that runs on in its line ends a sentence. */
  #nextInList(i: number): number {
    if (this.#listed === 0 || this.#words[i] !== String(this.#listed + 1)) return i;
    const mark = this.#words[i + 1];
    const next = this.tokens.starts[i + 2];
    if (!(mark === '.' || mark === ')' || mark === '、') || next === undefined || !this.#glued(i + 1)) return i;
    const begins = /[\p{Lu}\p{Script=Han}]/u.test(this.source[next] ?? '');
    if (!begins || this.#words[i - 1] === '-' || this.#words[i - 1] === '、' || this.#words[i - 1] === '第') return i;
    this.#listed++;
    this.#push('stop', 'list', i, i + 1);
    this.#sentenceStart = true;
    return i + 2;
  }

  /** "Skull - N.": the letter for normal, at the end of its line or sentence. */
  #normalLetter(i: number): number {
    if (this.#words[i] !== 'n' || this.source[this.tokens.starts[i]!] !== 'N') return i;
    const before = this.#items.at(-1)?.kind;
    const next = this.#words[i + 1];
    if ((before !== 'dash' && before !== 'colon') || !(next === undefined || '.,;\n'.includes(next))) return i;
    this.#push('normal', 'normal', i, i);
    return i + 1;
  }

  /** "第5.6.7肋": a list whose commas are dots. */
  #dotted(i: number): number {
    const prefixed = this.#words[i] === '第';
    const at = prefixed ? i + 1 : i;
    const word = this.#words[at] ?? '';
    if (!/^\d{1,2}(\.\d{1,2})+$/.test(word)) return i;
    const next = this.#words[at + 1] ?? '';
    if (!prefixed && word.split('.').length < 3 && !/^(ribs?|th|肋|胸|腰|颈)$/.test(next)) return i;
    for (const [n, number] of word.split('.').entries()) {
      if (n > 0) this.#push('comma', ',', at, at);
      this.#push('number', number, i, at, { number: Number(number), ordinal: prefixed });
    }
    return at + 1;
  }

  /** "ribs two, three and five", as dictated: number words after the noun that they number. */
  #cardinal(i: number): number {
    const value = cardinals.indexOf(this.#words[i]!) + 1;
    if (value === 0) return i;
    const last = this.#items.at(-1);
    const before = ['and', 'dash', 'range', 'comma', 'versus'].includes(last?.kind ?? '') ? this.#items.at(-2) : last;
    const listed = before !== last && before?.kind === 'number';
    const twice = last?.kind === 'and' && before?.kind === 'comma' && this.#items.at(-3)?.kind === 'number';
    if (!listed && !twice && !(last?.kind === 'region' && last.sense?.region?.level !== undefined)) return i;
    this.#push('number', String(value), i, i, { number: value });
    return i + 1;
  }

  #numeral(at: number): [number: number, end: number] {
    let value = 0;
    let end = at;
    while (end < at + 3 && numerals.includes(this.#words[end] ?? ' ')) {
      const digit = numerals.indexOf(this.#words[end]!) + 1;
      value = digit === 10 ? (value === 0 ? 10 : value * 10) : value >= 10 ? value + digit : digit;
      end++;
    }
    return [value, end];
  }

  /** "第四", "第12", and a bare numeral that goes on a list of numbers ("第三、四肋骨"). */
  #chineseNumber(i: number): number {
    const prefixed = this.#words[i] === '第';
    const at = prefixed ? i + 1 : i;
    const word = this.#words[at] ?? '';
    if (prefixed && /^\d{1,2}$/.test(word)) {
      this.#push('number', word, i, at, { number: Number(word), ordinal: true });
      return at + 1;
    }
    if (word === '' || !numerals.includes(word)) return i;
    if (!prefixed) {
      const last = this.#items.at(-1);
      const beforeLast = this.#items.at(-2);
      const listed =
        last !== undefined &&
        ['and', 'dash', 'range', 'versus', 'comma', 'slash'].includes(last.kind) &&
        (beforeLast?.kind === 'number' || beforeLast?.kind === 'level');
      const after = last?.kind === 'region' && last.sense?.region?.level !== undefined;
      if (!listed && !after) return i;
    }
    const [value, end] = this.#numeral(at);
    this.#push('number', String(value), i, end - 1, { number: value, ordinal: true });
    return end;
  }
}
