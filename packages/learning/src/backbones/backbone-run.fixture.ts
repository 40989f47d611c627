import type { Tensor } from '@radiolect/onnx';
import { encodeModel, floatTensor, Graph, Session, sizeOf } from '@radiolect/onnx';
import { TrainingParameters } from '../network/training-parameters.ts';
import { randomStream } from '../random.ts';
import { backboneParameters } from './backbone-parameters.ts';
import type { BackboneSettings } from './create-backbone.ts';
import { createBackbone } from './create-backbone.ts';

export const countOf = (settings: BackboneSettings): number =>
  backboneParameters(settings).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Numbers between −0.5 and 0.5, always the same. */
export function noise(count: number): Float32Array {
  const random = randomStream(7);
  return Float32Array.from({ length: count }, () => random() - 0.5);
}

/** Runs a backbone with random weights: "tokens", "pooled" and its taps. `dropPath` is (blocks, B). */
export async function runBackbone(
  settings: BackboneSettings,
  pictures: Float32Array,
  dropPath?: readonly number[],
): Promise<{ readonly result: Record<string, Tensor>; readonly lattice: readonly [number, number] }> {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const backbone = createBackbone(settings);
  const batch = pictures.length / (backbone.channels * sizeOf(backbone.picture));
  const shape = [batch, backbone.channels, ...backbone.picture];
  const context = dropPath ? { dropPath: g.input('dropPath', 'float32', [backbone.blocks, batch]) } : {};
  const { pooled, tokens, taps, lattice } = backbone.build(g, p, g.input('pictures', 'float32', shape), context);
  g.output('pooled', pooled);
  g.output('tokens', tokens);
  for (const [name, tap] of Object.entries(taps)) g.output(name, tap);
  const session = await Session.create(encodeModel(g));
  const feeds = { pictures: floatTensor(shape, pictures), ...Object.fromEntries(p.start(new Map(), randomStream(1))) };
  const result = await session.run(
    dropPath ? { ...feeds, dropPath: floatTensor([backbone.blocks, batch], dropPath) } : feeds,
  );
  await session.dispose();
  return { result, lattice };
}
