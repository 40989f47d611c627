import type { Graph, Value } from '@radiolect/onnx';
import type { Backbone, BackboneContext } from '../backbones/backbone.ts';
import { linear } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';

/** How a classifier reads its backbone. */
export type Readout =
  /** The pooled features of each view. */
  | 'pooled'
  /** Every token, narrowed first: a place keeps its own weights, which suits pictures that are registered. */
  | 'tokens';

/** Width to which a token is narrowed before all tokens are read together. */
const narrowed = 8;

/**
 * Logits (B, K) from `images` (B, V, rows, columns) and `seen` (B, V): each view through the same backbone, views that
 * are missing as zeros, one linear layer over all views.
 */
export function classifier(
  g: Graph,
  p: Parameters,
  images: Value,
  seen: Value,
  backbone: Backbone,
  outputs: number,
  readout: Readout,
  context?: BackboneContext,
): Value {
  const [batch, views, rows, columns] = images.shape as [number, number, number, number];
  const pictures = g.reshape(images, [batch * views, 1, rows, columns]);
  const { tokens, pooled } = backbone.build(g, p, repeated(g, pictures, backbone.channels), context);
  const features = readout === 'pooled' ? pooled : narrow(g, p, tokens);
  const width = features.shape[1]!;
  const shown = g.mul(features, g.reshape(seen, [batch * views, 1]));
  return linear(g, p, 'head', g.reshape(shown, [batch, views * width]), outputs, 0.1);
}

/** A grey picture for a backbone that takes colours. */
const repeated = (g: Graph, pictures: Value, channels: number): Value =>
  channels === 1 ? pictures : g.concat(new Array<Value>(channels).fill(pictures), 1);

function narrow(g: Graph, p: Parameters, tokens: Value): Value {
  const [pictures, count, width] = tokens.shape as [number, number, number];
  const rows = linear(g, p, 'head.narrow', g.reshape(tokens, [pictures * count, width]), narrowed);
  return g.reshape(rows, [pictures, count * narrowed]);
}
