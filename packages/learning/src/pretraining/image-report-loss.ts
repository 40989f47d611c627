import type { Graph, Value } from '@radiolect/onnx';
import type { BackboneOutputs } from '../backbones/backbone.ts';
import { linear } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import { unitRows } from './byol-loss.ts';
import type { ImageReportSettings } from './image-report-settings.ts';
import type { EncodedTexts } from './text-encoder.ts';

// B studies, V views of N regions, S statements of a study, L words of a statement, J width in which all meet.

/** What the findings of a batch say, as inputs of the graph. */
export interface AgreementInputs {
  /** (B, V): which views are there. */
  readonly seen: Value;
  /** (B, S): 1 ÷ the number of statements of a study, 0 where there is none. */
  readonly stated: Value;
  /** (B, B): how far the report of a study may be drawn to each image; rows sum to 1. */
  readonly agreement: Value;
  /** (B images, B·S): weights of the pairs in which a statement holds of an image; they sum to ½, or 0. */
  readonly holding: Value;
  /** The same of those in which it does not. */
  readonly failing: Value;
}

export interface ImageReportLoss {
  readonly global: Value;
  readonly local: Value;
}

/** Added to the score of a region whose view is missing. */
const forbidden = -1e4;

/** Pooled features (B·V, D) → where images and reports meet, (B·V, J). */
export const projectImage = (g: Graph, p: Parameters, pooled: Value, joint: number): Value =>
  linear(g, p, 'joint.image', pooled, joint);

/**
 * Whole images against whole reports, and the words of each statement against the regions of each image.
 * Global: softmax over the batch both ways with findings as soft targets (MedCLIP, Wang et al. 2022), in place of
 * "only the own report fits". Local: each word gathers the regions it speaks of and is compared with what it gathered
 * (GLoRIA, Huang et al. 2021, equations 3 to 6); words count by a learnt weight, and every pair of a statement and an
 * image whose findings tell whether it holds is a binary question of its own (after MedKLIP, Wu et al. 2023).
 */
export function imageReportLoss(
  g: Graph,
  p: Parameters,
  { tokens, pooled }: Pick<BackboneOutputs, 'tokens' | 'pooled'>,
  texts: EncodedTexts,
  inputs: AgreementInputs,
  settings: ImageReportSettings,
): ImageReportLoss {
  const [batch, views] = inputs.seen.shape as [number, number];
  const statements = inputs.stated.shape[1]!;
  const { joint, temperature, attentionTemperature } = settings;

  // Global. (B, J) each
  const perView = g.reshape(projectImage(g, p, pooled, joint), [batch, views, joint]);
  const images = unitRows(g, g.sum(g.mul(perView, g.reshape(inputs.seen, [batch, views, 1])), [1]));
  const perStatement = g.reshape(texts.texts, [batch, statements, joint]);
  const reports = unitRows(g, g.sum(g.mul(perStatement, g.reshape(inputs.stated, [batch, statements, 1])), [1]));
  const similar = g.gemm(images, reports, undefined, { transB: true });
  const scaled = g.scale(similar, 1 / temperature);
  const global = g.scale(
    g.add(
      softCrossEntropy(g, scaled, inputs.agreement),
      softCrossEntropy(g, g.transpose(scaled, [1, 0]), inputs.agreement),
    ),
    0.5,
  );

  // Local. Regions (B, V·N, J), words (1, B·S·L, J), attention (B, B·S·L, V·N).
  const [, regions, width] = tokens.shape as [number, number, number];
  const flat = g.reshape(tokens, [batch * views * regions, width]);
  const all = g.reshape(unitRows(g, linear(g, p, 'joint.region', flat, joint)), [batch, views * regions, joint]);
  const words = batch * statements * texts.words.shape[1]!;
  const unitWords = unitRows(g, g.reshape(texts.words, [words, joint]));
  const scores = g.matmul(g.reshape(unitWords, [1, words, joint]), all, {
    transB: true,
    alpha: 1 / attentionTemperature,
  });
  const missing = g.scale(g.sub(g.scalar(1), inputs.seen), forbidden);
  const bias = g.reshape(g.expand(g.reshape(missing, [batch, views, 1]), [batch, views, regions]), [
    batch,
    1,
    views * regions,
  ]);
  const gathered = g.matmul(g.op('Softmax', g.add(scores, bias)), all);
  const found = g.reshape(unitRows(g, g.reshape(gathered, [batch * words, joint])), [batch, words, joint]);
  const cosines = g.sum(g.mul(found, g.reshape(unitWords, [1, words, joint])), [2]);
  const weights = g.reshape(texts.weights, [1, batch * statements, texts.words.shape[1]!]);
  const perText = g.reshape(cosines, [batch, batch * statements, texts.words.shape[1]!]);
  const match = g.sum(g.mul(perText, weights), [2]);
  const sharpness = p.get({ name: 'joint.sharpness', shape: [1], start: 5, decays: false });
  const offset = p.get({ name: 'joint.offset', shape: [1], start: 0, decays: false });
  const logits = g.add(g.mul(match, sharpness), offset);
  const local = g.add(
    g.sum(g.mul(inputs.holding, g.op('Softplus', g.op('Neg', logits))), [0, 1]),
    g.sum(g.mul(inputs.failing, g.op('Softplus', logits)), [0, 1]),
  );
  return { global, local };
}

/** Mean over the rows of −Σ target · log softmax. */
function softCrossEntropy(g: Graph, logits: Value, targets: Value): Value {
  const perRow = g.sum(g.mul(g.op('LogSoftmax', logits), targets), [1]);
  return g.op('Neg', g.mean(perRow, [0]));
}
