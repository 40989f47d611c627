/** Counts of pairs of answers of two raters: row of the first, column of the second. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Cohen's kappa: agreement beyond what two raters with these habits reach by chance (Cohen, Educ Psychol Meas 1960).
 * 1 is full agreement, 0 chance. NaN without pairs, or where both raters only ever gave one and the same answer.
 */
export function cohenKappa(counts: ConfusionMatrix): number {
  let total = 0;
  let agreed = 0;
  const rows = counts.map(() => 0);
  const columns = counts.map(() => 0);
  for (const [i, row] of counts.entries())
    for (const [j, count] of row.entries()) {
      total += count;
      if (i === j) agreed += count;
      rows[i] = rows[i]! + count;
      columns[j] = (columns[j] ?? 0) + count;
    }
  const chance = rows.reduce((sum, row, i) => sum + row * columns[i]!, 0) / total ** 2;
  return (agreed / total - chance) / (1 - chance);
}

/** Counts how often two raters gave which pair of answers; an answer outside the list throws a RangeError. */
export function confusionMatrix<T extends string>(
  first: readonly T[],
  second: readonly T[],
  answers: readonly T[],
): number[][] {
  if (first.length !== second.length) throw new RangeError(`${first.length} answers beside ${second.length}`);
  const counts = answers.map(() => answers.map(() => 0));
  for (const [i, answer] of first.entries()) {
    const row = counts[answers.indexOf(answer)];
    const column = answers.indexOf(second[i]!);
    if (!row || column < 0) throw new RangeError(`"${answer}" beside "${second[i]}" is no pair of answers`);
    row[column] = row[column]! + 1;
  }
  return counts;
}
