import type { Recipe } from '@radiolect/learning';

export const recipe: Recipe = {
  kind: 'classifier',
  name: 'pneumonia-pixels',
  seed: 1,
  backbone: { kind: 'pixels', picture: [28, 28], channels: 1 },
  readout: 'pooled',
  outputs: 'abnormal',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  augmentation: { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0.01,
    clipNorm: 100,
    learningRate: 3e-3,
    warmupSteps: 20,
    averaging: 0.99,
  },
  loss: { positivePower: 0, largestPositiveWeight: 1 },
  batchSize: 64,
  epochs: 40,
  patience: 40,
  checkpointEverySteps: 600,
};
