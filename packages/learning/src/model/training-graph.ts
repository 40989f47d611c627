import type { Tensor, Value } from '@radiolect/onnx';
import { adamW, differentiate, encodeModel, Graph, Session } from '@radiolect/onnx';
import type { Normalisation } from '../input/normalisation.ts';
import type { ParameterSpec } from '../network/parameters.ts';
import { decayMask, FixedParameters, ParameterList, ParameterSlices } from '../network/parameters.ts';
import type { Recipe } from '../recipe.ts';
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

/** The parameters that a recipe's model asks for, in the order of the flat vector. */
export function parameterSpecs(recipe: Recipe, geometry: Geometry): ParameterSpec[] {
  const g = new Graph();
  const cells = 2 * geometry.grid.rows * geometry.grid.columns;
  const normalisation = { mean: new Float32Array(cells), inverseDeviation: new Float32Array(cells) };
  const list = new ParameterList(g);
  const { images, seen } = modelInputs(g, 1, geometry);
  siteReader(g, list, images, seen, geometry, normalisation, recipe.model);
  return list.specs;
}

/**
 * Forward, backward and AdamW in one graph. Inputs: a batch, its targets, `parameters`, `first`, `second` (N each),
 * `learningRate` and `step`. Outputs: `nextParameters`, `nextFirst`, `nextSecond`, the four losses and `gradientNorm`.
 */
export function trainingSession(
  recipe: Recipe,
  geometry: Geometry,
  normalisation: Normalisation,
  specs: readonly ParameterSpec[],
  options: { readonly threads: number; readonly provider?: 'cpu' | 'webgpu' | 'cuda' },
): Promise<Session> {
  const g = new Graph();
  const decays = decayMask(specs);
  const { images, seen } = modelInputs(g, recipe.batchSize, geometry);
  const state = {
    parameters: g.input('parameters', 'float32', [decays.length]),
    first: g.input('first', 'float32', [decays.length]),
    second: g.input('second', 'float32', [decays.length]),
  };
  const learningRate = g.input('learningRate', 'float32', []);
  const step = g.input('step', 'float32', []);
  const slices = new ParameterSlices(g, state.parameters, specs);
  const outputs = siteReader(g, slices, images, seen, geometry, normalisation, recipe.model);
  const loss = losses(g, outputs, targetInputs(g, recipe.batchSize, geometry));
  const gradient = differentiate(g, loss.total, [state.parameters])[0]!;
  const { next, gradientNorm } = adamW(g, state, gradient, learningRate, step, decays, recipe.optimizer);
  g.output('nextParameters', next.parameters);
  g.output('nextFirst', next.first);
  g.output('nextSecond', next.second);
  g.output('loss', loss.total);
  g.output('presenceLoss', loss.presence);
  g.output('natureLoss', loss.nature);
  g.output('metastasisLoss', loss.metastasis);
  g.output('gradientNorm', gradientNorm);
  return Session.create(encodeModel(g), options);
}

/** Forward alone, with the parameters as an input: for validation with whatever weights the run holds. */
export function validationSession(
  recipe: Recipe,
  geometry: Geometry,
  normalisation: Normalisation,
  specs: readonly ParameterSpec[],
  options: { readonly threads: number },
): Promise<Session> {
  const g = new Graph();
  const { images, seen } = modelInputs(g, recipe.batchSize, geometry);
  const flat = g.input('parameters', 'float32', [decayMask(specs).length]);
  const slices = new ParameterSlices(g, flat, specs);
  logitsOut(g, siteReader(g, slices, images, seen, geometry, normalisation, recipe.model));
  return Session.create(encodeModel(g), options);
}

/**
 * The model to ship, for one study at a time. Beside the logits it returns `relevance` (1, 2, cells): the part of the
 * logits chosen by the input `chosen` (1, S) that each cell carries, gradient × deviation from normal.
 */
export function shippedModel(
  recipe: Recipe,
  geometry: Geometry,
  normalisation: Normalisation,
  tensors: ReadonlyMap<string, Tensor>,
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
