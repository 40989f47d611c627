import type { Tensor } from '@radiolect/onnx';
import { floatTensor, readSafetensors, writeSafetensors } from '@radiolect/onnx';
import { ResumeMismatchError } from '../errors.ts';
import type { Normalisation } from '../input/normalisation.ts';
import type { ParameterSpec } from '../network/parameters.ts';
import { flatParameters, namedParameters } from '../network/parameters.ts';

/** One line of `metrics.jsonl`: an epoch. Losses are per stated label, weighted as the recipe says. */
export interface EpochMetrics {
  readonly epoch: number;
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number;
  /** Mean over sites with enough positives and negatives in the validation labels; null where there is none. */
  readonly validationAuroc: number | null;
  readonly sites: number;
  readonly learningRate: number;
}

/** Everything a run needs to go on as if it had never stopped. */
export interface TrainingState {
  readonly normalisation: Normalisation;
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Moving average of the parameters: what validation and the shipped model use. */
  readonly average: Float32Array;
  readonly best: Float32Array;
  /** Steps done. */
  readonly step: number;
  readonly bestScore: number;
  readonly bestEpoch: number;
  /** Of the epoch under way. */
  readonly lossSum: number;
  readonly history: readonly EpochMetrics[];
}

const vectors = ['parameters', 'first', 'second', 'average', 'best'] as const;
type Vector = (typeof vectors)[number];

/** Each vector's pieces by parameter name: "best/windows.embed.weight". `key` tells recipe and data apart. */
export function encodeState(state: TrainingState, specs: readonly ParameterSpec[], key: string): Uint8Array {
  const tensors = new Map<string, Tensor>();
  for (const vector of vectors)
    for (const [name, tensor] of namedParameters(specs, state[vector])) tensors.set(`${vector}/${name}`, tensor);
  const { mean, inverseDeviation } = state.normalisation;
  tensors.set('normalisation/mean', floatTensor([mean.length], mean));
  tensors.set('normalisation/inverse-deviation', floatTensor([inverseDeviation.length], inverseDeviation));
  const { step, bestScore, bestEpoch, lossSum, history } = state;
  const progress = JSON.stringify({ step, bestScore, bestEpoch, lossSum, history });
  return writeSafetensors({ tensors, metadata: { key, progress } });
}

/** Throws ResumeMismatchError where the checkpoint belongs to another recipe or data set. */
export function decodeState(bytes: Uint8Array, specs: readonly ParameterSpec[], key: string): TrainingState {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.key !== key) throw new ResumeMismatchError('recipe or data set');
  const progress = JSON.parse(metadata.progress ?? '{}') as Omit<TrainingState, Vector | 'normalisation'>;
  const flat = (vector: Vector): Float32Array => {
    const own = new Map<string, Tensor>();
    for (const [name, tensor] of tensors)
      if (name.startsWith(`${vector}/`)) own.set(name.slice(vector.length + 1), tensor);
    return flatParameters(specs, own);
  };
  const floats = (name: string): Float32Array => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'float32') throw new RangeError(`the checkpoint has no "${name}"`);
    return tensor.data;
  };
  return {
    normalisation: {
      mean: floats('normalisation/mean'),
      inverseDeviation: floats('normalisation/inverse-deviation'),
    },
    parameters: flat('parameters'),
    first: flat('first'),
    second: flat('second'),
    average: flat('average'),
    best: flat('best'),
    ...progress,
  };
}
