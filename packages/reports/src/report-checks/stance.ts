import type { Hit } from './cue.ts';
import type { Work } from './work.ts';
import { sentenceAt } from './work.ts';

/** What a sentence says of something that it names. `not-all` denies only more of it: "no new metastasis". */
export type Stance = 'claimed' | 'possible' | 'denied' | 'not-all';

const turn = /[;:。]|\b(?:but|however|although|though|while|whereas|which|except)\b|但|然而|惟|而(?!且)/g;
const unexcluded =
  /(?:cannot|can not|not|couldn't|can't)\s+(?:be\s+)?(?:\w+\s+)?(?:exclu\w+|ruled out)|(?:不能|无法|未能|不可|难以)(?:完全)?(?:排除|除外)|不除外/;
/** After a comma these open a statement of their own, which an earlier negation does not reach. */
const statement =
  /\b(?:is|are|was|were|shows?|has|have|consistent|compatible|suspicious|suggest\w*|likely|probabl[ey]|represent\w*|in keeping|favou?r|due to|from|c\/w)\b|考虑|符合|见(?!异)|为|属/;

/** How the sentence around a hit stands to it. */
export function stanceOf(work: Work, hit: Hit): Stance {
  const { folded } = work.outline;
  const { cues } = work.data;
  const sentence = sentenceAt(work, hit.start) ?? { start: hit.start, end: hit.end };
  const [start, end] = clauseAround(folded, sentence, hit);
  const clause = folded.slice(start, end);
  if (unexcluded.test(clause)) return 'possible';
  // "0 mets": a numeral at the head of a sentence is read as its number in a list.
  if (/(?:^|\W)0 $/.test(folded.slice(Math.max(0, hit.start - 3), hit.start))) return 'denied';
  // "No significant change" denies a change, not what has not changed.
  const unchanged = cues.stable.all(folded, start, end);
  const before = cues.negationBefore
    .all(folded, start, hit.start)
    .filter((word) => !unchanged.some((phrase) => phrase.start < word.end && word.start < phrase.end))
    .at(-1);
  if (before && reaches(folded.slice(before.end, hit.start)))
    return cues.notAll.first(folded, before.start, hit.start) ? 'not-all' : 'denied';
  const afterEnd = nearestComma(folded, hit.end, end);
  if (cues.negationAfter.first(folded, hit.end, afterEnd)) return 'denied';
  // A trailing question mark is an opener of its own in the outline and belongs to the clause.
  return cues.possible.first(folded, start, Math.min(folded.length, end + 1)) ? 'possible' : 'claimed';
}

/** The stretch between semicolons, colons and turns ("but") that holds a hit. */
export function clauseAround(folded: string, sentence: Hit, hit: Hit): [start: number, end: number] {
  let start = sentence.start;
  for (const match of folded.slice(sentence.start, hit.start).matchAll(turn))
    start = sentence.start + match.index + match[0].length;
  const next = folded.slice(hit.end, sentence.end).search(turn);
  return [start, next < 0 ? sentence.end : hit.end + next];
}

function reaches(between: string): boolean {
  const comma = between.lastIndexOf(',');
  return comma < 0 || (!statement.test(between.slice(comma)) && /[a-z]/.test(between));
}

function nearestComma(folded: string, from: number, to: number): number {
  const at = folded.indexOf(',', from);
  return at < 0 || at > to ? to : at;
}

/** The stretch between commas and stops that holds a hit. */
export function commaClause(folded: string, sentence: Hit, hit: Hit): [start: number, end: number] {
  const before = Math.max(...[',', ';', ':', '。'].map((mark) => folded.lastIndexOf(mark, hit.start - 1)));
  const ends = [',', ';', '。'].map((mark) => folded.indexOf(mark, hit.end)).filter((at) => at >= 0);
  return [Math.max(sentence.start, before + 1), Math.min(sentence.end, ...ends)];
}
