import { foldTable } from '../text/fold.ts';
import type { Spelling } from '../text/spelling.ts';
import { blankMarkup, isChinese, isLatinWord, isNumber, tokenise } from '../text/tokens.ts';

/** A word, number or mark as compared with phrases, with its place in the report (UTF-16). */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A sentence as words; `line` is the words with a space after each, `offsets[i]` where word i begins in it. */
export interface Sentence {
  readonly words: readonly Word[];
  readonly line: string;
  readonly offsets: readonly number[];
  readonly start: number;
  readonly end: number;
  /** "findings", "impression" or another name of the pack's section headings; "" before the first heading. */
  readonly section: string;
  /** Under a heading such as "History:" that no heading of the findings follows: where it ends is not marked. */
  readonly loose: boolean;
}

/** What is needed to cut a report: headings by section, words that end in a point, spelling, words known. */
export interface PreparationRules {
  /** Section name by heading, in lower case without colon. */
  readonly headings: ReadonlyMap<string, string>;
  /** Sections that state nothing of this study. */
  readonly silent: ReadonlySet<string>;
  readonly abbreviations: ReadonlySet<string>;
  readonly spelling: Spelling;
  readonly vocabulary: ReadonlySet<string>;
}

const fold = foldTable({});
const headingLength = 5;
const standingHeadings = new Set([
  'indication',
  'clinical history',
  'technique',
  'findings',
  'impression',
  'conclusion',
  'opinion',
]);

/** Cuts a report into sentences in their sections, words corrected where the pack's vocabulary knows what was meant. */
export function prepareReport(text: string, rules: PreparationRules): Sentence[] {
  const tokens = tokenise(blankMarkup(text), fold);
  const count = tokens.texts.length;
  const sentences: Sentence[] = [];
  let section = '';
  // "History: pain." in one line ends with it, unless the findings come under a heading of their own.
  let endsWithLine = false;
  let loose = false;
  let words: Word[] = [];
  const close = (): void => {
    if (words.some((word) => isLatinWord(word.text) || isChinese(word.text)))
      sentences.push(sentenceOf(words, section, loose));
    words = [];
  };
  for (let i = 0; i < count; i++) {
    const token = tokens.texts[i]!;
    const [start, end] = [tokens.starts[i]!, tokens.ends[i]!];
    const next = tokens.texts[i + 1];
    if (isLatinWord(token)) {
      const heading = headingAt(tokens.texts, i, rules.headings);
      // Behind a title without a full stop a heading may stand anywhere, if it is one that is no ordinary word.
      if (heading && (words.length === 0 || standingHeadings.has(heading.name))) {
        close();
        section = heading.section;
        i = heading.last;
        endsWithLine = loose =
          rules.silent.has(section) &&
          tokens.texts[i] === ':' &&
          tokens.texts[i + 1] !== '\n' &&
          !findingsHeaded(tokens.texts, i, rules);
        continue;
      }
    }
    if (token === '\n') {
      const afterStop = words.length === 0;
      if (endsAtLine(text, tokens, i) || afterStop) {
        close();
        if (endsWithLine) section = '';
        endsWithLine = loose = false;
      }
      continue;
    }
    if (token === '。' || token === '！') {
      close();
      continue;
    }
    if (token === '.' || token === '?' || token === '!') {
      // "?appendicitis" asks; "1." counts; "approx. 9 mm" goes on.
      const asks = token === '?' && next !== undefined && tokens.starts[i + 1] === end && isLatinWord(next);
      if (asks) words.push({ text: '?', start, end });
      else if (!continues(text, tokens, i, words, rules)) close();
      continue;
    }
    if (token === '-' && joins(tokens, i)) continue;
    if (token === 'w' && next === '/') {
      const without = tokens.texts[i + 2] === 'o';
      words.push({ text: without ? 'without' : 'with', start, end: tokens.ends[i + (without ? 2 : 1)]! });
      i += without ? 2 : 1;
      continue;
    }
    if (isLatinWord(token)) words.push(...latinWords(token, start, end, rules));
    else words.push({ text: token, start, end });
  }
  close();
  return sentences;
}

function sentenceOf(words: readonly Word[], section: string, loose: boolean): Sentence {
  const offsets: number[] = [];
  let line = '';
  for (const word of words) {
    offsets.push(line.length);
    line += `${word.text} `;
  }
  return { words, line, offsets, start: words[0]!.start, end: words.at(-1)!.end, section, loose };
}

function headingAt(
  texts: readonly string[],
  first: number,
  headings: ReadonlyMap<string, string>,
): { section: string; name: string; last: number } | undefined {
  let name = '';
  for (let i = first; i < Math.min(first + headingLength, texts.length); i++) {
    const text = texts[i]!;
    // A heading ends with a colon, or stands alone in its line.
    if (text === ':' || text === '\n') {
      const section = headings.get(name);
      const alone = text === ':' || first === 0 || texts[first - 1] === '\n';
      return section !== undefined && alone ? { section, name, last: i } : undefined;
    }
    name += name === '' ? text : ` ${text}`;
  }
  return undefined;
}

function findingsHeaded(texts: readonly string[], after: number, rules: PreparationRules): boolean {
  for (let i = after + 1; i < texts.length; i++)
    if (isLatinWord(texts[i]!) && headingAt(texts, i, rules.headings)?.section === 'findings') return true;
  return false;
}

type Tokens = ReturnType<typeof tokenise>;

/** Words behind which no sentence ends. */
const openWord =
  /^(of|the|a|an|with|and|or|in|to|at|by|measuring|measures|approximately|no|larger|largest|maximum|maximal|is|are|,|\()$/;
/** Characters from which a line counts as full: narrower texts are rarely broken by width. */
const fullLine = 50;

/** A line end closes the sentence unless the next line goes on in lower case, as wrapped lines do. */
function endsAtLine(text: string, tokens: Tokens, at: number): boolean {
  const next = tokens.texts[at + 1];
  if (next === undefined || next === '\n') return true;
  // "abscess: none" begins a line of its own, in small letters too.
  for (let i = at + 1; i < at + 5; i++) {
    if (tokens.texts[i] === ':') return true;
    if (!isLatinWord(tokens.texts[i] ?? '')) break;
  }
  const first = text[tokens.starts[at + 1]!]!;
  if (first >= 'a' && first <= 'z') return false;
  const before = tokens.texts[at - 1] ?? '';
  if (openWord.test(before)) return false;
  // A full line without a full stop, and no item of a list behind it, was broken at its width.
  const lineStart = text.lastIndexOf('\n', tokens.starts[at]! - 1) + 1;
  const item = /^[-*•]$/.test(next) || (isNumber(next) && /^[.)]$/.test(tokens.texts[at + 2] ?? ''));
  const full = tokens.starts[at]! - lineStart >= fullLine && !/^[.:;!?]$/.test(before);
  return item || !full;
}

function continues(text: string, tokens: Tokens, at: number, words: readonly Word[], rules: PreparationRules): boolean {
  const before = words.at(-1);
  if (before === undefined) return true;
  if (words.length === 1 && isNumber(before.text) && tokens.starts[at] === before.end) return true;
  const next = tokens.starts[at + 1];
  if (next === undefined) return false;
  const glued = next === tokens.ends[at];
  const small = /[a-z\d]/.test(text[next]!);
  if (rules.abbreviations.has(before.text) && small) return true;
  // "e.g.", "i.v.": single letters with points between them.
  return glued && small && !/\s/.test(text[tokens.ends[at]!] ?? ' ') && before.text.length === 1;
}

/** Whether a hyphen stands inside a compound: "thick-walled". */
const joins = (tokens: Tokens, at: number): boolean =>
  tokens.ends[at - 1] === tokens.starts[at] &&
  tokens.starts[at + 1] === tokens.ends[at] &&
  /[a-z\d]$/.test(tokens.texts[at - 1] ?? '') &&
  /^[a-z]/.test(tokens.texts[at + 1] ?? '');

/** Shortest word that is corrected: shorter ones are one letter from too many others. */
const shortestCorrected = 6;

function latinWords(token: string, start: number, end: number, rules: PreparationRules): Word[] {
  const word = token.replace(/'s$/, '');
  const known = (text: string): boolean =>
    rules.vocabulary.has(text) ||
    rules.vocabulary.has(text.replace(/s$/, '')) ||
    rules.vocabulary.has(text.replace(/es$/, ''));
  if (word.length < shortestCorrected || known(word)) return [{ text: word, start, end }];
  // Two known words that lost the space between them.
  for (let cut = word.length - 3; cut >= 3; cut--)
    if (known(word.slice(0, cut)) && known(word.slice(cut)))
      return [
        { text: word.slice(0, cut), start, end: start + cut },
        { text: word.slice(cut), start: start + cut, end },
      ];
  return [{ text: rules.spelling.correct(word), start, end }];
}

/** Which words a match in a sentence's line covers: first and one past the last. */
export function wordsOfMatch(sentence: Sentence, index: number, length: number): { from: number; to: number } {
  const from = lowerBound(sentence.offsets, index);
  return { from, to: lowerBound(sentence.offsets, index + length) };
}

function lowerBound(offsets: readonly number[], value: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
