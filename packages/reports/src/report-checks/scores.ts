import type { Hit } from './cue.ts';
import type { Work } from './work.ts';
import { positives, report, wordsAt } from './work.ts';

type Score = Work['data']['scores'][number];

/** Scores that the text states, and those that do not add up. */
export function checkScores(work: Work): void {
  const { folded } = work.outline;
  for (const score of work.data.scores)
    for (const cue of score.cue.all(folded)) {
      const rest = folded.slice(cue.end, cue.end + 24);
      if (score.kind === 'gleason') checkGleason(work, score, cue, rest);
      else checkNumber(work, score, cue, rest);
    }
}

function say(work: Work, score: Score, at: Hit, expected: string | undefined): void {
  const values = { what: score.name, stated: wordsAt(work, at).trim() };
  if (expected === undefined) report(work, 'score-stated', { severity: 'information', at: [at], values });
  else report(work, 'score-inconsistent', { severity: 'error', at: [at], values: { ...values, expected } });
}

/** Two grades of 1 to 5, and their sum where it is stated (ISUP 2014 keeps the grades of Gleason 1966). */
function checkGleason(work: Work, score: Score, cue: Hit, rest: string): void {
  const sum = /^(\d{1,2})\s*\(\s*(\d)\s*\+\s*(\d)\s*\)/.exec(rest);
  const pair = /^(\d{1,2})\s*\+\s*(\d{1,2})(?:\s*=\s*(\d{1,2}))?/.exec(rest);
  const alone = /^(\d{1,2})(?![\d+./-])/.exec(rest);
  const found = sum ?? pair ?? alone;
  if (!found) return;
  const at = { start: cue.start, end: cue.end + found[0].length };
  const [first, second, total] = sum ? [sum[2], sum[3], sum[1]] : pair ? [pair[1], pair[2], pair[3]] : [];
  if (first === undefined || second === undefined) {
    const value = Number(found[1]);
    say(work, score, at, value < score.low || value > score.high ? `${score.low}–${score.high}` : undefined);
    return;
  }
  const grades = [Number(first), Number(second)];
  if (grades.some((grade) => grade < 1 || grade > 5)) say(work, score, at, '1–5 + 1–5');
  else if (total !== undefined && Number(total) !== grades[0]! + grades[1]!)
    say(work, score, at, String(grades[0]! + grades[1]!));
  else say(work, score, at, undefined);
}

function checkNumber(work: Work, score: Score, cue: Hit, rest: string): void {
  const found = /^(\d+(?:\.\d+)?)\s*%?/.exec(rest);
  if (!found) return;
  const at = { start: cue.start, end: cue.end + found[0].length };
  const value = Number(found[1]);
  if (value < score.low || value > score.high) say(work, score, at, `${score.low}–${score.high}`);
  else if (score.kind === 'extent-grade') checkExtent(work, score, at, value);
  else say(work, score, at, undefined);
}

/**
 * Grade of the extent of disease by the number of bone metastases: 0 none, 1 below 6, 2 from 6 to 20, 3 above 20 and
 * less than a superscan, 4 a superscan (Soloway et al., Cancer 1988;61:195-202). Sites are counted, so a lower count
 * proves nothing where the text speaks of whole regions.
 */
function checkExtent(work: Work, score: Score, at: Hit, grade: number): void {
  const sites = [...positives(work.reading).values()].filter(
    ({ nature, presence }) => presence === 'present' && (nature === undefined || nature === 'metastatic'),
  ).length;
  const vague = work.reading.regional.length > 0;
  const limits = score.lesions ?? [];
  const least = limits.findIndex((most) => sites <= most);
  const expected = least < 0 ? score.high : least;
  const superscan = grade === score.high;
  const tooLow = grade < expected;
  const tooHigh = grade > expected && !vague && !superscan;
  say(work, score, at, tooLow || tooHigh ? `${expected} (${sites})` : undefined);
}
