import type { NamedTensors, SessionOptions, Tensor, TrainingState } from '@radiolect/onnx';
import { floatTensor, Graph, sizeOf, TrainingSession } from '@radiolect/onnx';
import { createBackbone } from './backbones/create-backbone.ts';
import { linear } from './network/layers.ts';
import { TrainingParameters } from './network/training-parameters.ts';
import { randomStream } from './random.ts';

// The supervised step that engines are compared by: a vision transformer with 16-pixel patches on three-channel pictures
// of 224 pixels (197 tokens with the class token), 91 outputs, binary cross-entropy, AdamW without clipping.

export type VitSize = 'tiny' | 'small';
export const labels = 91;
export const pictureShape = [3, 224, 224] as const;
export const rates = { learningRate: 1e-4, averageShare: 0 };

const random = (seed: number, shape: readonly number[], make: (value: number) => number): Tensor => {
  const next = randomStream(seed);
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => make(next())),
  );
};

export const vitBatch = (batch: number, seed: number): Record<string, Tensor> => ({
  pictures: random(seed, [batch, ...pictureShape], (value) => 2 * value - 1),
  targets: random(seed + 1, [batch, labels], (value) => (value < 0.15 ? 1 : 0)),
});

/** The forward pass with weights as inputs or, for a model that is read from, as `weights` say. */
export function vitGraph(size: VitSize, batch: number) {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const pictures = g.input('pictures', 'float32', [batch, ...pictureShape]);
  const backbone = createBackbone({ kind: 'vit', size, picture: [224, 224], channels: 3 });
  const logits = linear(g, p, 'head', backbone.build(g, p, pictures).pooled, labels);
  return { g, p, logits };
}

export const startOf = (parameters: NamedTensors): TrainingState => ({
  step: 0,
  parameters,
  first: new Map(),
  second: new Map(),
  average: new Map(),
  frozen: new Map(),
  carried: new Map(),
});

export function vitTraining(size: VitSize, batch: number, options: SessionOptions): Promise<TrainingSession> {
  const { g, p, logits } = vitGraph(size, batch);
  const targets = g.input('targets', 'float32', [batch, labels]);
  const loss = g.mean(g.sub(g.op('Softplus', logits), g.mul(targets, logits)), [0, 1]);
  return TrainingSession.create(
    { graph: g, loss, logged: {}, trained: p.trained, frozen: p.frozen, averages: p.averages, carried: p.carried },
    {
      optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.05, clipNorm: 0 },
      microBatches: 1,
      keepsAverage: false,
    },
    startOf(p.start(new Map(), randomStream(1))),
    options,
  );
}
