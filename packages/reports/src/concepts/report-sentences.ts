import { isLatinWord, isNumber } from '../text/tokens.ts';
import type { ConceptLexicon, ReportSection } from './concept-lexicon.ts';

/** A sentence by the indices of its first word and of the word behind its last, in the section it stands in. */
export interface ReportSentence {
  readonly section: ReportSection | 'body';
  readonly first: number;
  readonly end: number;
}

/** The words of a report with their places in the source. */
export interface ReportWords {
  readonly source: string;
  readonly texts: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** No sentence is longer; a limit keeps the work on endless lists linear. */
const longest = 300;
const stops = new Set(['.', '!', '?', '。', '！', '？']);
const bullets = new Set(['-', '*', '•', '·', '●', '■', '○', '▪', '>', '#', '+', '_']);
const silent = new Set<ReportSection | 'body'>(['indication', 'technique', 'comparison']);

/** Whether a section tells what was seen: indication, technique and comparison do not. */
export const tellsFindings = (section: ReportSection | 'body'): boolean => !silent.has(section);

type Piece =
  | { readonly kind: 'header'; readonly section: ReportSection }
  | { readonly kind: 'sentence'; readonly first: number; readonly end: number; readonly endsLine: boolean };

/** Cuts a report into sentences and gives each its section; headings are no sentences. */
export function reportSentences(words: ReportWords, lexicon: ConceptLexicon): ReportSentence[] {
  const pieces = new Cutter(words, lexicon).run();
  const oneLine = !words.texts.includes('\n');
  let findings = 0;
  let impressions = 0;
  for (const piece of pieces) {
    if (piece.kind !== 'header') continue;
    if (piece.section === 'findings') findings++;
    if (piece.section === 'impression') impressions++;
  }
  const sentences: ReportSentence[] = [];
  let section: ReportSection | 'body' = 'body';
  for (const piece of pieces) {
    if (piece.kind === 'header') {
      section = piece.section;
      if (section === 'findings') findings--;
      if (section === 'impression') impressions--;
      continue;
    }
    sentences.push({ section, first: piece.first, end: piece.end });
    // Without a heading for the findings ahead, an indication ends with its line, and what follows is the body.
    if (silent.has(section) && findings === 0 && (piece.endsLine || oneLine))
      if (section !== 'indication' || impressions === 0 || piece.endsLine) section = 'body';
  }
  return sentences;
}

class Cutter {
  readonly #pieces: Piece[] = [];
  readonly #words: readonly string[];
  #first = 0;
  #fresh = true;
  #lineStart = 0;

  constructor(
    private readonly report: ReportWords,
    private readonly lexicon: ConceptLexicon,
  ) {
    this.#words = report.texts;
  }

  run(): Piece[] {
    const words = this.#words;
    for (let i = 0; i < words.length; ) {
      if (words[i] === '\n') {
        i = this.#lineEnd(i);
        continue;
      }
      const skipped = this.#fresh ? this.#numbering(i) : i;
      if (skipped > i) {
        this.#first = skipped;
        i = skipped;
        continue;
      }
      const header = this.#header(i);
      if (header > i) {
        i = header;
        this.#first = i;
        this.#fresh = true;
        continue;
      }
      this.#fresh = false;
      i++;
      if (stops.has(words[i - 1]!) && this.#endsSentence(i - 1)) this.#close(i, words[i] === '\n');
      else if (i - this.#first >= longest) this.#close(i, false);
    }
    this.#close(words.length, true);
    return this.#pieces;
  }

  #close(end: number, endsLine: boolean): void {
    let last = end;
    while (last > this.#first && this.#words[last - 1] === '\n') last--;
    if (last > this.#first) this.#pieces.push({ kind: 'sentence', first: this.#first, end: last, endsLine });
    this.#first = end;
    this.#fresh = true;
  }

  #glued(i: number): boolean {
    return this.report.ends[i - 1] === this.report.starts[i];
  }

  #endsSentence(i: number): boolean {
    const word = this.#words[i]!;
    const next = this.#words[i + 1];
    if (next === undefined || next === '\n') return true;
    const capital = /\p{Lu}/u.test(this.report.source[this.report.starts[i + 1]!] ?? '');
    // "infiltrate, ?pneumonia" and "? atelectasis" ask within a sentence.
    if (word === '?') return capital && !this.#glued(i + 1);
    if (word !== '.') return true;
    if (this.lexicon.abbreviations.has(this.#words[i - 1] ?? '')) return false;
    if (!this.#glued(i + 1)) return true;
    // "normal.Heart size" is two sentences, "e.g." and "p.m" are none.
    return isLatinWord(next) && capital && (this.#words[i - 1]?.length ?? 0) > 2;
  }

  #lineEnd(i: number): number {
    const words = this.#words;
    const next = words[i + 1];
    const blank = next === '\n' || words[i - 1] === '\n';
    if (this.#fresh) {
      this.#first = i + 1;
      const last = this.#pieces.at(-1);
      if (last?.kind === 'sentence' && !last.endsLine)
        this.#pieces[this.#pieces.length - 1] = { ...last, endsLine: true };
    } else if (next === undefined || blank || !this.#wrapped(i)) this.#close(i, true);
    this.#lineStart = this.report.ends[i]!;
    return i + 1;
  }

  /** Whether a line end within a sentence is only where the line was wrapped. */
  #wrapped(i: number): boolean {
    const next = this.#words[i + 1]!;
    if (bullets.has(next) || this.#numbering(i + 1) > i + 1 || this.#header(i + 1, true) > i + 1) return false;
    for (let k = i + 1; k < i + 4 && this.#words[k] !== '\n'; k++) if (this.#words[k] === ':') return false;
    if (this.#words[i - 1] === ',') return true;
    const lower = /\p{Ll}/u.test(this.report.source[this.report.starts[i + 1]!] ?? '');
    return lower || this.report.starts[i]! - this.#lineStart >= 50;
  }

  #numbering(i: number): number {
    const words = this.#words;
    if (bullets.has(words[i] ?? '') && !this.#glued(i + 1)) return i + 1;
    if (/^\d{1,2}$/.test(words[i] ?? '') && (words[i + 1] === '.' || words[i + 1] === ')')) return i + 2;
    if (words[i] === '(' && isNumber(words[i + 1] ?? '') && words[i + 2] === ')') return i + 3;
    return i;
  }

  /** A heading: its words, up to three more and a colon; or its words alone on a line. */
  #header(start: number, look = false): number {
    const words = this.#words;
    const found = this.lexicon.headers.longest(words, start);
    if (!found) return start;
    const atStart = this.#fresh || look;
    let end = found.end;
    const limit = atStart ? end + 3 : end;
    while (end < limit && words[end] !== ':' && (isLatinWord(words[end] ?? '') || words[end] === '/')) end++;
    const colon = words[end] === ':';
    const alone = atStart && (words[found.end] === '\n' || words[found.end] === undefined);
    const capital = /\p{Lu}|[\u4e00-\u9fff]/u.test(this.report.source[this.report.starts[start]!] ?? '');
    // "Chest, 2 views: …" within a line is no heading of the technique.
    const inside = capital && found.value !== 'technique';
    if (!(colon && (atStart || inside)) && !alone) return start;
    if (look) return end + 1;
    this.#close(start, false);
    this.#pieces.push({ kind: 'header', section: found.value });
    return colon ? end + 1 : found.end;
  }
}
