import type { LabelState, Prediction } from '@radiolect/findings';

/** Scores and references of one position; what a report leaves out or doubts is not known, for every model alike. */
export interface ScoresOfSite {
  readonly site: string;
  readonly scores: readonly number[];
  readonly positives: readonly boolean[];
  readonly known: readonly boolean[];
}

/** Predictions beside the label states of the same studies, position by position. */
export function scoresBySite(
  positions: readonly string[],
  predictions: readonly Pick<Prediction, 'presence'>[],
  states: readonly (readonly LabelState[])[],
): ScoresOfSite[] {
  return positions.map((site, index) => ({
    site,
    scores: predictions.map(({ presence }) => presence[site] ?? 0),
    positives: states.map((of) => of[index] === 'present'),
    known: states.map((of) => of[index] === 'present' || of[index] === 'absent'),
  }));
}
