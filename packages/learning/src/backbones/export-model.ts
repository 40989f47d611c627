import type { NamedTensors } from '@radiolect/onnx';
import { encodeModel, Graph } from '@radiolect/onnx';
import { linear } from '../network/layers.ts';
import { FixedParameters } from '../network/parameters.ts';
import type { BackboneSettings } from './backbone-settings.ts';
import { createBackbone } from './create-backbone.ts';

export interface ExportOptions {
  /** Pictures that the model takes at a time: 1 where left out. */
  readonly batch?: number;
  /** Whether the taps are outputs too, by their names. Off where left out. */
  readonly taps?: boolean;
}

/**
 * A backbone with its weights as an ONNX model (opset 21; matrix products by `FusedMatMul` of `com.microsoft`, which
 * every ONNX Runtime has). Input `pictures` (B, channels, rows, columns); outputs `tokens`, `pooled` and, where the
 * weights hold a head, `logits` (B, K).
 */
export function exportedModel(
  settings: BackboneSettings,
  weights: NamedTensors,
  { batch = 1, taps = false }: ExportOptions = {},
): Uint8Array {
  const g = new Graph();
  const p = new FixedParameters(g, weights);
  const backbone = createBackbone(settings);
  const pictures = g.input('pictures', 'float32', [batch, backbone.channels, ...backbone.picture]);
  const outputs = backbone.build(g, p, pictures);
  g.output('tokens', outputs.tokens);
  g.output('pooled', outputs.pooled);
  const head = weights.get('head.weight');
  if (head) g.output('logits', linear(g, p, 'head', outputs.pooled, head.shape[1]!));
  if (taps) for (const [name, tap] of Object.entries(outputs.taps)) g.output(name, tap);
  return encodeModel(g, { metadata: { settings: JSON.stringify(settings) } });
}
