import { Graph } from '@radiolect/onnx';
import type { ParameterSpec } from '../network/parameters.ts';
import { TrainingParameters } from '../network/training-parameters.ts';
import type { BackboneSettings } from './create-backbone.ts';
import { createBackbone } from './create-backbone.ts';

/** The parameters that a backbone asks for, in the order in which it does. */
export function backboneParameters(settings: BackboneSettings): ParameterSpec[] {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const { channels, picture, build } = createBackbone(settings);
  build(g, p, g.input('pictures', 'float32', [1, channels, ...picture]));
  return [...p.specs.values()];
}
