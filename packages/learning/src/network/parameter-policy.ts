import type { FloatTensor, Graph, NamedTensors } from '@radiolect/onnx';
import type { AdapterSettings } from './low-rank-adapters.ts';
import { AdaptedParameters, isAdapter, mergeAdapters } from './low-rank-adapters.ts';
import type { ParameterSpec, Parameters } from './parameters.ts';
import type { ParameterPolicy } from './training-parameters.ts';

interface LayerDecay {
  /**
   * Each block below the head learns at this share of the rate of the one above it (Clark et al. 2020; Bao et al. 2022
   * for images): `layerDecay^(blocks + 1 − depth)`. 0 to 1; left out, all learn alike.
   */
  readonly layerDecay?: number;
}

/**
 * What of a pretrained model a recipe moves. The trunk is every parameter that has a depth; the rest are heads.
 * `linear-probe`: the heads alone, on a trunk that is shown nothing dropped. `frozen-trunk`: the heads, and with
 * `trainedBlocks` the trunk's last blocks. `low-rank-adapters`: the heads, and an adapter beside each frozen weight.
 */
export type FinetuningSettings =
  | ({ readonly kind: 'everything' } & LayerDecay)
  | { readonly kind: 'linear-probe' }
  | ({ readonly kind: 'frozen-trunk'; readonly trainedBlocks?: number } & LayerDecay)
  | ({ readonly kind: 'low-rank-adapters' } & AdapterSettings & LayerDecay);

/** The policy of a recipe for a trunk of so many blocks; depths run from 0 (embedding) over 1 … blocks. */
export function parameterPolicy(settings: FinetuningSettings, blocks: number): ParameterPolicy {
  const decay = settings.kind === 'linear-probe' ? undefined : settings.layerDecay;
  if (decay !== undefined && !(decay > 0 && decay <= 1))
    throw new RangeError(`layerDecay is above 0 and at most 1, not ${decay}`);
  return {
    frozen: frozenIn(settings, blocks),
    learningRateScale: ({ depth }) =>
      decay === undefined || depth === undefined ? 1 : decay ** Math.max(blocks + 1 - depth, 0),
  };
}

function frozenIn(settings: FinetuningSettings, blocks: number): (spec: ParameterSpec) => boolean {
  switch (settings.kind) {
    case 'everything':
      return () => false;
    case 'linear-probe':
      return ({ depth }) => depth !== undefined;
    case 'frozen-trunk': {
      const { trainedBlocks = 0 } = settings;
      // A last norm stands above all blocks or beside the highest: it is trained as soon as any block is.
      const highest = trainedBlocks > 0 ? blocks - trainedBlocks : Number.POSITIVE_INFINITY;
      return ({ depth }) => depth !== undefined && depth <= highest;
    }
    case 'low-rank-adapters':
      return ({ depth, name }) => depth !== undefined && !isAdapter(name);
  }
}

/** The parameters that a model is built with: with adapters where the recipe asks for them. */
export const finetunedParameters = (g: Graph, inside: Parameters, settings: FinetuningSettings): Parameters =>
  settings.kind === 'low-rank-adapters' ? new AdaptedParameters(g, inside, settings) : inside;

/** The trained weights as the model is read with: adapters merged into the weights they adapt. */
export const plainWeights = (weights: NamedTensors, settings: FinetuningSettings): ReadonlyMap<string, FloatTensor> =>
  settings.kind === 'low-rank-adapters' ? mergeAdapters(weights, settings.alpha) : weights;
