/** How a training stands, as its process tells it. */
export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly imagesPerSecond?: number;
  readonly secondsLeft?: number;
}

export type ToTraining =
  | {
      readonly kind: 'train';
      readonly recipeFile: string;
      readonly dataset: string;
      readonly run: string;
      readonly packFolder: string;
    }
  | { readonly kind: 'stop' };

export type FromTraining =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'ended'; readonly finished: boolean }
  | { readonly kind: 'failed'; readonly rule: string };
