import type { Graph, NamedTensors, Tensor, Value } from '@radiolect/onnx';
import type { ParameterPolicy, TrainingParameters } from '../network/training-parameters.ts';
import type { Random } from '../random.ts';
import type { ValidationReport } from '../watching/run-watcher.ts';

/** Which examples a micro-batch takes, and the stream of its random choices. */
export interface BatchPlace {
  /** Indices of training examples, as many as the batch is large. */
  readonly indices: readonly number[];
  readonly epoch: number;
  /** From 0; steps of the optimizer. */
  readonly step: number;
  /** Made anew from (seed, step, micro-batch), so a resumed run draws the same. */
  readonly random: Random;
}

/** Figures of an epoch, by name. */
export type Measures = Readonly<Record<string, number | null>>;

export interface EpochScore {
  /** Chooses the best epoch: the higher the better. */
  readonly score: number;
  readonly measures: Measures;
  /** Why the run must stop here, in words for a person: collapse, for example. */
  readonly stop?: string;
}

/**
 * What is trained, and on what: the loop in `training-loop.ts` knows steps, epochs, checkpoints and speed, and a task
 * knows the rest.
 */
export interface TrainingTask {
  /** Tells the data of one run from another's: a checkpoint of other data is refused. */
  readonly dataKey: string;
  readonly policy: ParameterPolicy;
  /** Weights to start from, by name; what is not named is drawn at random. */
  readonly start: NamedTensors;
  readonly trainingExamples: number;
  readonly validationExamples: number;
  /** Values of its own that are neither parameters nor optimizer state, kept in the checkpoint: a normal picture. */
  readonly kept: NamedTensors;
  /** Appends the forward pass of one micro-batch. Other inputs of the graph come from {@link TrainingTask.batch}. */
  build(
    g: Graph,
    p: TrainingParameters,
    batchSize: number,
  ): { readonly loss: Value; readonly logged?: Readonly<Record<string, Value>> };
  batch(place: BatchPlace): Promise<Readonly<Record<string, Tensor>>>;
  /** `weights` are the averaged ones where the recipe keeps an average, with what is frozen and carried. */
  validate(weights: NamedTensors, epoch: number): Promise<EpochScore>;
  /** What the best weights do in validation, for who looks on. */
  report?(weights: NamedTensors): Promise<ValidationReport>;
  dispose(): Promise<void>;
}

/** Makes a task; `kept` is what an earlier task of the same run kept, where the run is resumed. */
export type MakeTask = (kept: NamedTensors | undefined) => Promise<TrainingTask>;
