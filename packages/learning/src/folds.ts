import type { Example } from './example.ts';
import { hashFraction } from './example.ts';

/** Part `fold` (from 0) of `folds` is held out. */
export interface Fold {
  readonly fold: number;
  readonly folds: number;
}

/** The part, 0 to folds − 1, into which a patient falls, whatever else is in the data set. */
export function foldOf(patientKey: string, folds: number): number {
  // Salted, so that a part is no slice of what `splitOf` keeps for validation.
  return Math.floor(hashFraction(`fold of ${patientKey}`) * folds);
}

/**
 * The example as a cross-validation sees it: validation where its patient falls into the part that is held out, training
 * otherwise. What the data set keeps for testing stays there, so that no part is chosen on it. Throws a RangeError for a
 * part that is not one of `folds`.
 */
export function inFold<E extends Pick<Example, 'patientKey' | 'split'>>(example: E, { fold, folds }: Fold): E {
  if (!Number.isInteger(folds) || folds < 2 || !Number.isInteger(fold) || fold < 0 || fold >= folds)
    throw new RangeError(`part ${fold} of ${folds}: parts are numbered from 0, and there are at least two`);
  if (example.split === 'test') return example;
  return { ...example, split: foldOf(example.patientKey, folds) === fold ? 'validation' : 'train' };
}
