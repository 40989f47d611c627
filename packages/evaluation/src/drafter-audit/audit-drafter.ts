import type { Estimate } from '../bootstrap.ts';
import { proportion } from '../proportion.ts';

/** What a drafter answered for one study, as it came, before anything was replaced. */
export interface DrafterAnswer {
  readonly study: string;
  /** The text of all sentences. */
  readonly text: string;
  /** What the report should say, as any text that is equal exactly where the findings are equal. */
  readonly findings: string;
  /** Sentences that state a finding with a side, and those of them that put it on the other side. */
  readonly sidedSentences: number;
  readonly flippedSentences: number;
  readonly suggestions: readonly string[];
}

/** The same study asked with its own pictures and with those of another. */
export interface PicturePair {
  readonly own: DrafterAnswer;
  readonly other: DrafterAnswer;
}

export interface DrafterVerdict {
  readonly code: 'writes-nothing' | 'same-report-for-every-study' | 'ignores-the-image' | 'flips-sides';
  readonly caught: boolean;
  /** What was counted, in words. */
  readonly figure: string;
  readonly share: Estimate;
  readonly n: number;
}

/** Above this share of studies without a sentence, a drafter does not draft. */
const silent = 0.2;
/** Above this share of pairs of unlike studies with one text, a drafter has collapsed. */
const collapsed = 0.2;
/** Above this share of studies whose answer is the same with another's pictures, the picture is not looked at. */
const blind = 0.9;
/** Fewer pairs than this show nothing about the picture. */
const fewest = 5;

/**
 * Asks what text metrics hide: is anything written, does every study get one report, does the picture matter, do sides
 * stand? A model that is shown no picture is not asked the second one.
 */
export function auditDrafter(
  answers: readonly DrafterAnswer[],
  pictures: readonly PicturePair[] = [],
): readonly DrafterVerdict[] {
  const verdicts = [
    wroteNothing(answers),
    sameReport(answers.filter(({ text }) => text !== '')),
    flippedSides(answers),
  ];
  return pictures.length >= fewest ? [...verdicts, ignoredImage(pictures)] : verdicts;
}

function wroteNothing(answers: readonly DrafterAnswer[]): DrafterVerdict {
  const empty = answers.filter(({ text }) => text === '').length;
  return {
    code: 'writes-nothing',
    caught: answers.length > 0 && empty / answers.length > silent,
    figure: 'studies without a sentence',
    share: proportion(empty, answers.length),
    n: answers.length,
  };
}

function sameReport(answers: readonly DrafterAnswer[]): DrafterVerdict {
  let pairs = 0;
  let same = 0;
  for (const [index, one] of answers.entries())
    for (const other of answers.slice(index + 1)) {
      if (one.findings === other.findings) continue;
      pairs++;
      if (one.text === other.text) same++;
    }
  return {
    code: 'same-report-for-every-study',
    caught: pairs > 0 && same / pairs > collapsed,
    figure: 'pairs of studies with unlike findings and one text',
    share: proportion(same, pairs),
    n: pairs,
  };
}

function ignoredImage(pictures: readonly PicturePair[]): DrafterVerdict {
  const seen = ({ text, suggestions }: DrafterAnswer): string => JSON.stringify([text, [...suggestions].sort()]);
  const same = pictures.filter(({ own, other }) => seen(own) === seen(other)).length;
  return {
    code: 'ignores-the-image',
    caught: same / pictures.length > blind,
    figure: "studies answered alike with another study's pictures",
    share: proportion(same, pictures.length),
    n: pictures.length,
  };
}

function flippedSides(answers: readonly DrafterAnswer[]): DrafterVerdict {
  const sided = answers.reduce((sum, answer) => sum + answer.sidedSentences, 0);
  const flipped = answers.reduce((sum, answer) => sum + answer.flippedSentences, 0);
  return {
    code: 'flips-sides',
    caught: flipped > 0,
    figure: 'sentences with a side that name the other one',
    share: proportion(flipped, sided),
    n: sided,
  };
}

/** How often suggestions beyond the findings were right: `right` of `n`, with its interval. */
export function suggestionRecord(
  studies: readonly { readonly suggestions: readonly string[]; readonly truth: ReadonlySet<string> }[],
): { readonly right: number; readonly n: number; readonly share: Estimate } {
  const all = studies.flatMap(({ suggestions, truth }) => suggestions.map((site) => truth.has(site)));
  const right = all.filter(Boolean).length;
  return { right, n: all.length, share: proportion(right, all.length) };
}
