import type { LabelSpace } from '@radiolect/findings';
import type { NamedTensors, Tensor } from '@radiolect/onnx';
import {
  encodeModel,
  float16Of,
  float32Of,
  floatTensor,
  Graph,
  readSafetensors,
  writeSafetensors,
} from '@radiolect/onnx';
import type { LogisticFit } from '../calibration/platt-scaling.ts';
import { InvalidModelError } from '../errors.ts';
import type { Normalisation } from '../input/normalisation.ts';
import type { Lattice } from '../input/reading-grid.ts';
import { FixedParameters } from '../network/parameters.ts';
import { localiser } from './localiser.ts';
import type { LocaliserRecipe } from './localiser-recipe.ts';
import { placesPerRun } from './read-planes.ts';

export const localiserFileNames = ['manifest.json', 'model.onnx', 'normal.safetensors'] as const;

/** The bytes of a localiser's folder by name. */
export type LocaliserFiles = Readonly<Record<(typeof localiserFileNames)[number], Uint8Array>>;

/** `manifest.json` of a localiser: what made it, from what, and which scores to show. */
export interface LocaliserManifest {
  readonly kind: 'localiser';
  readonly version: 1;
  readonly recipe: LocaliserRecipe;
  readonly labelSpace: LabelSpace;
  /** The cells that it reads, in atlas coordinates. */
  readonly grid: Lattice;
  readonly studies: Readonly<Record<'train' | 'validation' | 'test', number>>;
  /** Score of a spot: the probability that its evidence stands for, on the validation studies. */
  readonly calibration: LogisticFit;
  /** Lowest score that keeps so many false positives per study on the validation studies, by that number. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly bestEpoch: number;
  readonly bestValidation: Readonly<Record<string, number | null>> | null;
  readonly steps: number;
  readonly parameters: number;
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
}

/** The network with fixed weights, for so many places a run. */
export function shippedLocaliser(recipe: LocaliserRecipe, weights: NamedTensors): Uint8Array {
  const g = new Graph();
  const outputs = localiser(g, new FixedParameters(g, weights), placesPerRun, recipe.model);
  g.output('maskLogits', outputs.mask);
  g.output('malignantLogits', outputs.malignant);
  return encodeModel(g, { halfPrecision: true, metadata: { recipe: recipe.name } });
}

/** The normal picture in 16-bit floats. */
export function encodeNormal({ mean, inverseDeviation }: Normalisation): Uint8Array {
  const half = (data: Float32Array): Tensor => ({ dtype: 'float16', shape: [data.length], data: float16Of(data) });
  const tensors = new Map([
    ['mean', half(mean)],
    ['inverse-deviation', half(inverseDeviation)],
  ]);
  return writeSafetensors({ tensors, metadata: {} });
}

/** Throws InvalidModelError. */
export function decodeNormal(bytes: Uint8Array, cells: number): Normalisation {
  const { tensors } = readSafetensors(bytes);
  const floats = (name: string): Float32Array => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'float16' || tensor.data.length !== 2 * cells)
      throw new InvalidModelError('normal.safetensors', `has no "${name}" of 2 × ${cells} 16-bit floats`);
    return floatTensor(tensor.shape, float32Of(tensor.data)).data;
  };
  return { mean: floats('mean'), inverseDeviation: floats('inverse-deviation') };
}
