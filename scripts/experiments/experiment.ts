import type { ClassifierRecipe, PretrainingRecipe } from '@radiolect/learning';

/** Which studies and labels an arm learns from; all are graded on the truth of the same test studies. */
export type ExperimentData =
  /** Phantoms rich in disease; training labels read from their reports. */
  | 'reports'
  /** The same studies with true labels. */
  | 'truth'
  /** Phantoms of a screening archive, true labels; 1,000 for training, 200 for validation, 200 for test. */
  | 'screening';

/** One line of an experiment's table: a recipe, trained once with each seed. */
export interface Arm {
  /** Lines of one name form a curve over `x`. */
  readonly name: string;
  readonly x?: number;
  readonly data: ExperimentData;
  readonly recipe: ClassifierRecipe;
  /** Its backbone is the start of the recipe's. Runs with the arm's seed, on pictures of its own choice. */
  readonly pretraining?: { readonly data: ExperimentData; readonly recipe: PretrainingRecipe | ClassifierRecipe };
}

/** A question, what was claimed about it, and the runs that answer it. */
export interface Experiment {
  readonly name: string;
  readonly question: string;
  readonly claimed: string;
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
  /** What `x` is, on the picture's axis. */
  readonly axis?: string;
  /** A further column: steps until the validation score is the best one of this arm with the same seed. */
  readonly reach?: Pick<Arm, 'name' | 'x'>;
  /** The figures that its table shows, in order; the first is drawn. */
  readonly figures: readonly FigureName[];
}

/** What one run is graded by, on the test studies against the truth. */
export interface RunFigures {
  /** Mean over the outputs with at least ten positives. */
  readonly auroc: number;
  /** Its 95 % bootstrap interval over the test studies. */
  readonly aurocLow: number;
  readonly aurocHigh: number;
  /** Mean F1 over the same outputs, at each one's best threshold on validation. */
  readonly macroF1: number;
  /** Of all labels together, at a probability of one half. */
  readonly accuracy: number;
  readonly sensitivity: number;
  readonly specificity: number;
  /** Of an answer "absent" to everything. */
  readonly accuracyOfNothing: number;
  /** Steps to the best epoch. */
  readonly steps: number;
  /** Of the whole training, all cores together; absent where it was not measured. */
  readonly processorSeconds?: number;
  readonly parameters: number;
}

export type FigureName = keyof RunFigures;

/** What a finished run leaves. */
export interface RunRecord {
  readonly studies: number;
  readonly figures: RunFigures;
  /** Validation score of each epoch, with the steps done. */
  readonly course: readonly { readonly step: number; readonly score: number }[];
}

/** A finished run as a line of its experiment. */
export interface RunResult extends RunRecord {
  readonly arm: string;
  readonly x?: number;
  readonly seed: number;
}
