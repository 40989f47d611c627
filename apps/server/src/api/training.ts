import type { JobStarted } from './jobs.ts';
import type { Problem } from './problem.ts';

/** `GET /api/model`. */
export interface ModelPage {
  readonly dataset: DatasetFigures;
  readonly models: readonly ModelCard[];
  /** The one that reads new studies; absent where there is none. */
  readonly inUse?: string;
  /** The one before it, for "go back". */
  readonly previous?: string;
  /** A person has switched the shipped model on for studies that are not synthetic. */
  readonly shippedOnForRealStudies: boolean;
  readonly recipes: readonly RecipeCard[];
  /** The training that runs or was interrupted, if any. */
  readonly training?: TrainingState;
}

export interface DatasetFigures {
  readonly studies: number;
  readonly syntheticStudies: number;
  readonly patients: number;
  readonly withReport: number;
  readonly withSignedFindings: number;
  /** Studies with labels from either; what training would use. */
  readonly usable: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  /** Why training cannot start, in words; absent where it can. */
  readonly tooFew?: string;
  readonly perSite: readonly {
    readonly site: string;
    readonly present: number;
    readonly absent: number;
    readonly uncertain: number;
    readonly unmentioned: number;
  }[];
}

export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly origin: 'shipped' | 'trained-here';
  readonly trainedAt?: string;
  readonly recipe?: string;
  /** What it was trained on, in words. */
  readonly trainedOn: string;
  readonly synthetic: boolean;
  /** On the test split of this archive, where it was measured. */
  readonly scores?: ModelScores;
}

export interface ModelScores {
  readonly n: number;
  readonly meanAuroc?: { readonly value: number; readonly low: number; readonly high: number; readonly sites: number };
  readonly metastasisAuroc?: { readonly value: number; readonly low: number; readonly high: number };
  readonly brier?: number;
}

export interface RecipeCard {
  readonly name: string;
  readonly description: string;
  /** For this archive on this computer, from measured images per second; absent before anything was measured. */
  readonly estimatedHours?: number;
}

export interface TrainingState {
  readonly jobId: string;
  readonly recipe: string;
  readonly state: 'running' | 'interrupted' | 'cancelled' | 'done' | 'failed';
  readonly progress?: TrainingProgress;
  readonly problem?: Problem;
}

export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly imagesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** `POST /api/training`. Answers {@link JobStarted}; 409 where one runs. */
export interface StartTraining {
  readonly recipe: string;
}

/** `POST /api/training/JOB/resume` after an interruption or a cancel; answers {@link JobStarted}. */
export type ResumeTraining = Readonly<Record<string, never>>;

/** `POST /api/model/compare`: both on the test split of this archive; answers {@link ModelComparison}. */
export interface CompareModels {
  readonly first: string;
  readonly second: string;
}
export interface ModelComparison {
  readonly n: number;
  readonly first: ModelScores;
  readonly second: ModelScores;
}

/** `POST /api/model/use`; `POST /api/model/back` with `{}`. Both answer {@link ModelPage}; unread studies are read anew. */
export interface UseModel {
  readonly model: string;
}

/** `PUT /api/model/shipped-on-real-studies`; answers {@link ModelPage}. */
export interface SwitchShippedModel {
  readonly on: boolean;
}
