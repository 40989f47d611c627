import type { FloatTensor, NamedTensors, Tensor, TrainingState } from '@radiolect/onnx';
import { readSafetensors, writeSafetensors } from '@radiolect/onnx';
import { ResumeMismatchError } from '../errors.ts';
import type { EpochLine } from '../watching/run-watcher.ts';
import type { Measures } from './training-task.ts';

/** An epoch of a run. As a line of `metrics.jsonl` the measures stand beside the rest. */
export interface EpochMetrics {
  readonly epoch: number;
  /** Steps done at its end. */
  readonly step: number;
  /** Mean over the epoch's steps. */
  readonly trainingLoss: number;
  readonly learningRate: number;
  /** What chooses the best epoch; the higher the better. */
  readonly score: number;
  readonly measures: Measures;
}

/** A line of `metrics.jsonl`. */
export const epochLine = ({ measures, ...rest }: EpochMetrics): EpochLine => ({ ...rest, ...measures });

/** Everything a run needs to go on as if it had never stopped. */
export interface RunState {
  readonly training: TrainingState;
  /** Weights of the best epoch: averaged where an average is kept, with what is frozen and carried. */
  readonly best: NamedTensors;
  readonly bestScore: number;
  /** From 1; 0 before the first epoch has ended. */
  readonly bestEpoch: number;
  /** Of the epoch under way. */
  readonly lossSum: number;
  readonly history: readonly EpochMetrics[];
}

const vectors = ['parameters', 'first', 'second', 'average', 'frozen', 'carried'] as const;

/** Tensors are named by what they are: "average/block-1.in.weight". `key` tells recipe and data apart. */
export function encodeCheckpoint(state: RunState, kept: NamedTensors, key: string): Uint8Array {
  const tensors = new Map<string, Tensor>();
  const add = (kind: string, named: NamedTensors): void => {
    for (const [name, tensor] of named) tensors.set(`${kind}/${name}`, tensor);
  };
  for (const vector of vectors) add(vector, state.training[vector]);
  add('best', state.best);
  add('kept', kept);
  const { bestScore, bestEpoch, lossSum, history } = state;
  const progress = JSON.stringify({ step: state.training.step, bestScore, bestEpoch, lossSum, history });
  return writeSafetensors({ tensors, metadata: { key, progress } });
}

/** Throws ResumeMismatchError where the checkpoint belongs to another recipe or data set. */
export function decodeCheckpoint(bytes: Uint8Array): {
  readonly state: RunState;
  readonly kept: NamedTensors;
  /** Compare with the run's own before going on. */
  readonly key: string;
} {
  const { tensors, metadata } = readSafetensors(bytes);
  const progress = JSON.parse(metadata.progress ?? 'null') as
    | (Omit<RunState, 'training' | 'best'> & { readonly step: number })
    | null;
  if (!progress || metadata.key === undefined) throw new ResumeMismatchError('form, made by another version,');
  const named = (kind: string): Map<string, FloatTensor> => {
    const own = new Map<string, FloatTensor>();
    for (const [name, tensor] of tensors)
      if (name.startsWith(`${kind}/`) && tensor.dtype === 'float32') own.set(name.slice(kind.length + 1), tensor);
    return own;
  };
  const { step, bestScore, bestEpoch, lossSum, history } = progress;
  return {
    key: metadata.key,
    kept: named('kept'),
    state: {
      training: {
        step,
        parameters: named('parameters'),
        first: named('first'),
        second: named('second'),
        average: named('average'),
        frozen: named('frozen'),
        carried: named('carried'),
      },
      best: named('best'),
      bestScore: bestScore ?? Number.NEGATIVE_INFINITY,
      bestEpoch,
      lossSum,
      history,
    },
  };
}
