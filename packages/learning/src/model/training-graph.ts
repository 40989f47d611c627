import type { NamedTensors, Value } from '@radiolect/onnx';
import { differentiate, encodeModel, Graph, Session } from '@radiolect/onnx';
import type { Normalisation } from '../input/normalisation.ts';
import type { Parameters } from '../network/parameters.ts';
import { FixedParameters, ParameterInputs } from '../network/parameters.ts';
import type { SiteReaderRecipe } from '../recipe.ts';
import type { Geometry } from './geometry.ts';
import type { Targets } from './losses.ts';
import { losses } from './losses.ts';
import type { SiteReaderOutputs } from './site-reader.ts';
import { siteReader } from './site-reader.ts';

interface ModelInputs {
  readonly images: Value;
  readonly seen: Value;
}

function modelInputs(g: Graph, batch: number, geometry: Geometry): ModelInputs {
  const { rows, columns } = geometry.grid;
  return {
    images: g.input('images', 'float32', [batch, 2, rows * columns]),
    seen: g.input('seen', 'float32', [batch, 2]),
  };
}

function targetInputs(g: Graph, batch: number, { sites, natures }: Geometry): Targets {
  return {
    present: g.input('present', 'float32', [batch, sites]),
    absent: g.input('absent', 'float32', [batch, sites]),
    nature: g.input('nature', 'float32', [batch, sites, natures]),
    metastatic: g.input('metastatic', 'float32', [batch, 1]),
    notMetastatic: g.input('notMetastatic', 'float32', [batch, 1]),
  };
}

/** Forward pass and loss of one batch, with its pictures and targets as inputs of the graph. */
export function siteReaderLoss(
  g: Graph,
  p: Parameters,
  batch: number,
  recipe: SiteReaderRecipe,
  geometry: Geometry,
  normalisation: Normalisation,
): { readonly loss: Value; readonly logged: Readonly<Record<string, Value>> } {
  const { images, seen } = modelInputs(g, batch, geometry);
  const outputs = siteReader(g, p, images, seen, geometry, normalisation, recipe.model);
  const { total, presence, nature, metastasis } = losses(g, outputs, targetInputs(g, batch, geometry), recipe.loss);
  return { loss: total, logged: { presenceLoss: presence, natureLoss: nature, metastasisLoss: metastasis } };
}

/** Forward alone, with the parameters as inputs by name: for validation with whatever weights the run holds. */
export function validationSession(
  recipe: SiteReaderRecipe,
  geometry: Geometry,
  normalisation: Normalisation,
  options: { readonly threads: number },
): Promise<Session> {
  const g = new Graph();
  const { images, seen } = modelInputs(g, recipe.batchSize, geometry);
  logitsOut(g, siteReader(g, new ParameterInputs(g), images, seen, geometry, normalisation, recipe.model));
  return Session.create(encodeModel(g), options);
}

/**
 * The model to ship, for one study at a time. Beside the logits it returns `relevance` (1, 2, cells): the part of the
 * logits chosen by the input `chosen` (1, S) that each cell carries, gradient × deviation from normal.
 */
export function shippedModel(
  recipe: SiteReaderRecipe,
  geometry: Geometry,
  normalisation: Normalisation,
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const g = new Graph();
  const { images, seen } = modelInputs(g, 1, geometry);
  const chosen = g.input('chosen', 'float32', [1, geometry.sites]);
  const outputs = siteReader(g, new FixedParameters(g, tensors), images, seen, geometry, normalisation, recipe.model);
  logitsOut(g, outputs);
  const { deviation } = outputs.taps;
  const slope = differentiate(g, g.sum(g.mul(outputs.presence, chosen), [0, 1]), [deviation])[0]!;
  g.output('relevance', g.reshape(g.mul(slope, deviation), [1, 2, deviation.shape[1]! / 2]));
  return encodeModel(g, { halfPrecision: true, metadata });
}

function logitsOut(g: Graph, outputs: SiteReaderOutputs): void {
  g.output('presenceLogits', outputs.presence);
  g.output('natureLogits', outputs.nature);
  g.output('metastasisLogits', outputs.metastasis);
}
