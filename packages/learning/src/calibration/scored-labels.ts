/** Labels and logits of one position over the validation studies that state it. */
export interface ScoredLabels {
  readonly logits: readonly number[];
  readonly positive: readonly boolean[];
}

export const positivesOf = ({ positive }: Pick<ScoredLabels, 'positive'>): number => positive.filter(Boolean).length;

/**
 * What a fit aims at: not 1 and 0 but (P + 1) ÷ (P + 2) for P positives and 1 ÷ (N + 2) for N negatives (Platt 1999), so
 * that no finite number of labels makes a model certain.
 */
export function softTargets({ positive }: Pick<ScoredLabels, 'positive'>): number[] {
  const positives = positivesOf({ positive });
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (positive.length - positives + 2);
  return positive.map((is) => (is ? high : low));
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
