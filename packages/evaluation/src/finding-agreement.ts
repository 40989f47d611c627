import type { LabelState, Presence } from '@radiolect/findings';
import { presences } from '@radiolect/findings';

/** True positives, false positives and false negatives of one kind of answer. */
export interface Tally {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** 2·TP over 2·TP + FP + FN; NaN where there is nothing to find and nothing was found. */
export function f1({ truePositives, falsePositives, falseNegatives }: Tally): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

/**
 * Tallies over (site, presence) pairs of two label vectors in the same order of positions: the reader's state against
 * the reference's. A state that differs is a false positive of what was said and a false negative of what was meant;
 * unmentioned is no pair. Several reports add up with {@link addTallies}.
 */
export function tallyFindings(
  reference: readonly LabelState[],
  reader: readonly LabelState[],
): Record<Presence, Tally> {
  if (reference.length !== reader.length)
    throw new RangeError(`${reader.length} states against ${reference.length} of the reference`);
  return tallyAnswers(reference, reader, presences);
}

/** The same tallies for any closed list of answers; an answer outside the list (unmentioned, none) is no pair. */
export function tallyAnswers<T extends string>(
  reference: readonly (string | undefined)[],
  reader: readonly (string | undefined)[],
  answers: readonly T[],
): Record<T, Tally> {
  const rows = answers.map((answer): [T, Tally] => {
    let truePositives = 0;
    let falsePositives = 0;
    let falseNegatives = 0;
    for (let i = 0; i < reference.length; i++) {
      const meant = reference[i] === answer;
      const said = reader[i] === answer;
      if (meant && said) truePositives++;
      else if (said) falsePositives++;
      else if (meant) falseNegatives++;
    }
    return [answer, { truePositives, falsePositives, falseNegatives }];
  });
  return Object.fromEntries(rows) as Record<T, Tally>;
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      truePositives: sum.truePositives + tally.truePositives,
      falsePositives: sum.falsePositives + tally.falsePositives,
      falseNegatives: sum.falseNegatives + tally.falseNegatives,
    }),
    { truePositives: 0, falsePositives: 0, falseNegatives: 0 },
  );
}

/** Mean F1 over the answers that occur in the reference; an answer never meant has no F1 to average. */
export function macroF1<T extends string>(tallies: Readonly<Record<T, Tally>>): number {
  const occurring = (Object.values(tallies) as Tally[]).filter((t) => t.truePositives + t.falseNegatives > 0);
  return occurring.reduce((sum, tally) => sum + f1(tally), 0) / occurring.length;
}
