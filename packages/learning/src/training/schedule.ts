import type { OptimizerSettings } from '@radiolect/onnx';

/** How long a run lasts and how its steps are taken: the part of a recipe that every kind of training has. */
export interface Schedule {
  readonly name: string;
  readonly seed: number;
  readonly optimizer: OptimizerSettings & {
    readonly learningRate: number;
    readonly warmupSteps: number;
    /**
     * The moving average keeps this share of itself at each step: what validation and the shipped model read with, and
     * the target network of a pretraining. From one share to another along a cosine where two are given.
     */
    readonly averaging: number | { readonly from: number; readonly to: number };
  };
  /** Examples an optimizer step learns from. */
  readonly batchSize: number;
  /** Equal parts in which a batch is passed, gradients summed, where memory does not hold it whole; 1 if left out. */
  readonly microBatches?: number;
  readonly epochs: number;
  /** How often an epoch passes over the training examples, 1 if left out: with few of them, validation waits longer. */
  readonly passesPerEpoch?: number;
  /** Epochs without a better score before the run stops. */
  readonly patience: number;
  readonly checkpointEverySteps: number;
  /** The share of the training examples that is used, 0 to 1; a smaller share is part of each larger one. */
  readonly trainingShare?: number;
}

/** Linear warm-up, then half a cosine down to a hundredth. `step` counts from 0. */
export function learningRateAt(step: number, steps: number, { optimizer }: Pick<Schedule, 'optimizer'>): number {
  const { learningRate, warmupSteps } = optimizer;
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  const progress = Math.min((step - warmupSteps) / Math.max(steps - warmupSteps, 1), 1);
  return learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

/** How far the average moves towards the latest weights. At first it follows them closely, unless a cosine is given. */
export function averageShareAt(step: number, steps: number, { optimizer }: Pick<Schedule, 'optimizer'>): number {
  const { averaging } = optimizer;
  if (typeof averaging === 'number') return Math.max(1 - averaging, 1 / (step + 1));
  const { from, to } = averaging;
  return 1 - (to - ((to - from) * (Math.cos((Math.PI * step) / steps) + 1)) / 2);
}
