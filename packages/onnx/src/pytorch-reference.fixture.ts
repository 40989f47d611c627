import { readFileSync } from 'node:fs';
import type { OptimizerSettings } from './optimizer-graph.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor, intTensor } from './tensor.ts';

// `fixtures/onnx-reference.json`, made by `scripts/make-onnx-reference.py`.

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface CrossEntropyCase {
  readonly logits: Numbers;
  readonly targets: Numbers;
  readonly ignoreIndex: number;
  readonly loss: number;
  readonly gradient: Numbers;
}

interface DecoderCase {
  readonly heads: number;
  readonly ids: Numbers;
  readonly targets: Numbers;
  readonly weights: Readonly<Record<string, Numbers>>;
  readonly logits: Numbers;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Numbers>>;
}

interface OptimizerRun {
  readonly settings: OptimizerSettings & { readonly learningRate: number };
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  readonly weight: Numbers;
  readonly bias: Numbers;
}

interface PytorchReference {
  readonly crossEntropy: readonly CrossEntropyCase[];
  readonly decoder: DecoderCase;
  readonly optimizers: {
    readonly start: { readonly weight: Numbers; readonly bias: Numbers };
    readonly batches: readonly { readonly x: Numbers; readonly y: Numbers }[];
    readonly runs: readonly OptimizerRun[];
  };
}

const file = new URL('../../../fixtures/onnx-reference.json', import.meta.url);

export const pytorchReference = JSON.parse(readFileSync(file, 'utf8')) as PytorchReference;

export const floatsOf = ({ shape, data }: Numbers): FloatTensor => floatTensor(shape, data);
export const indicesOf = ({ shape, data }: Numbers): Tensor => intTensor(shape, data);

/** Largest difference as a share of the largest expected value. */
export function relativeError(given: Tensor, expected: Numbers): number {
  const largest = expected.data.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const apart = expected.data.map((value, at) => Math.abs(Number(given.data[at]) - value));
  return Math.max(...apart) / (largest || 1);
}
