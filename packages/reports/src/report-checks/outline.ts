import type { Pack } from '@radiolect/findings';
import { lex } from '../reader/lexer.ts';
import type { Lexicon } from '../reader/lexicon.ts';
import { compileLexicon } from '../reader/lexicon.ts';
import { withPlaces } from '../reader/places.ts';
import { propositionsOf } from '../reader/propositions.ts';
import { segmentsOf } from '../reader/segments.ts';
import type { Section } from '../reader/sentences.ts';
import { givesLabels, sentencesOf } from '../reader/sentences.ts';
import { Spelling } from '../text/spelling.ts';
import { blankMarkup, tokenise } from '../text/tokens.ts';
import type { Hit } from './cue.ts';

/** A sentence and the section it stands in. */
export interface OutlineSentence extends Hit {
  readonly section: Section;
}

/** A place that a sentence names, read or not. */
export interface NamedPlace extends Hit {
  /** Sites without their side. */
  readonly bases: readonly string[];
  /** A region stands for many sites at once ("pelvis"). */
  readonly region: boolean;
  readonly side: 'right' | 'left' | 'both' | undefined;
  readonly section: Section;
}

/** A report cut into sentences, with its text folded one code unit for one. */
export interface Outline {
  readonly text: string;
  /** Lower case, half width, simplified; markup blanked. */
  readonly folded: string;
  readonly sentences: readonly OutlineSentence[];
  /** Headings that name an impression and what stands below them. `empty` where nothing does. */
  readonly impressions: readonly (Hit & { readonly heading: Hit; readonly empty: boolean })[];
  /** Sentences that give labels and are no impression. */
  readonly findings: readonly OutlineSentence[];
  /** Places named in sections that give labels. */
  readonly places: readonly NamedPlace[];
}

export interface Outliner {
  readonly lexicon: Lexicon;
  outline(text: string): Outline;
}

/** Cuts reports with the pack's own headings and abbreviations; `characters` are folded beside those of the lexicon. */
export function createOutliner(pack: Pack, characters: Readonly<Record<string, string>> = {}): Outliner {
  const lexicon = compileLexicon(pack);
  const spelling = new Spelling(lexicon.vocabulary);
  const fold = lexicon.fold.slice();
  for (const [from, to] of Object.entries(characters)) fold[from.charCodeAt(0)] = to.charCodeAt(0);
  return {
    lexicon,
    outline(text: string): Outline {
      const blanked = blankMarkup(text);
      const items = lex(text, tokenise(blanked, lexicon.fold), lexicon, spelling);
      const read = sentencesOf(items);
      const sentences = read.map(
        (sentence): OutlineSentence => ({
          section: sentence.section,
          start: sentence.items[0]!.start,
          end: sentence.items.at(-1)!.end,
        }),
      );
      const places = read.flatMap(({ section, items: own }) =>
        givesLabels(section)
          ? propositionsOf(segmentsOf(withPlaces(own, lexicon)), text, lexicon).flatMap(({ mentions }) =>
              mentions.map(
                ({ item, bases, region, side }): NamedPlace => ({
                  start: item.start,
                  end: item.end,
                  bases,
                  region: region !== undefined,
                  side,
                  section,
                }),
              ),
            )
          : [],
      );
      const headers = items.filter((item) => item.kind === 'header');
      const impressions = headers.flatMap((header, index) => {
        if (header.value !== 'impression' && header.value !== 'diagnosis') return [];
        const end = headers[index + 1]?.start ?? text.length;
        const below = sentences.filter((s) => s.start >= header.end && s.start < end);
        // A diagnosis before the findings is the clinical one.
        if (below.length > 0 && below[0]!.section !== 'impression') return [];
        const ahead = headers.slice(index + 1);
        const clinical = header.value === 'diagnosis' && ahead.some((h) => h.value === 'findings');
        if (below.length === 0 && clinical) return [];
        const heading = { start: header.start, end: header.end };
        return [{ heading, start: header.start, end: below.at(-1)?.end ?? header.end, empty: below.length === 0 }];
      });
      return {
        text,
        folded: foldText(blanked, fold),
        sentences,
        impressions,
        places,
        findings: sentences.filter((s) => givesLabels(s.section) && s.section !== 'impression'),
      };
    },
  };
}

function foldText(text: string, fold: Uint16Array): string {
  const parts: string[] = [];
  for (let from = 0; from < text.length; from += 4096) {
    const codes: number[] = [];
    for (let i = from; i < Math.min(text.length, from + 4096); i++) codes.push(fold[text.charCodeAt(i)]!);
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join('');
}

/** The text with everything outside the spans blanked (line ends kept), so that offsets stay true. */
export function keepOnly(text: string, spans: readonly Hit[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    kept += blank(text.slice(at, Math.max(at, start))) + text.slice(Math.max(at, start), end);
    at = end;
  }
  return kept + blank(text.slice(at));
}

/** The text with the spans blanked. */
export function without(text: string, spans: readonly Hit[]): string {
  const inverse: Hit[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start > at) inverse.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  inverse.push({ start: at, end: text.length });
  return keepOnly(text, inverse);
}

const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ');
