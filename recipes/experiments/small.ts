import type { ClassifierRecipe, MaskedAutoencoderRecipe } from '@radiolect/learning';

/**
 * What the experiments share: a small vision transformer over both views at 256 × 64, 64 tokens a view, 0.9 million
 * parameters. Small enough that each run takes minutes on two cores; nothing to read patients with.
 */
export const smallVit = {
  kind: 'vit',
  picture: [256, 64],
  channels: 1,
  patch: 16,
  width: 128,
  depth: 4,
  heads: 4,
  pooling: 'mean',
} as const;

export const small: ClassifierRecipe = {
  kind: 'classifier',
  name: 'small',
  seed: 1,
  pack: 'bone-scan',
  backbone: smallVit,
  readout: 'tokens',
  outputs: 'positions',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  augmentation: { mirror: 0.5, shift: 4, gain: 0.1, thinning: 0.5, viewDropout: 0.1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 1e-3,
    warmupSteps: 40,
    averaging: 0.98,
  },
  loss: { positivePower: 0.5, largestPositiveWeight: 6 },
  batchSize: 32,
  epochs: 30,
  patience: 8,
  checkpointEverySteps: 200,
};

/** The same backbone pretrained on the pictures of the training studies, without their labels. */
export const pretrainedSmall: MaskedAutoencoderRecipe = {
  kind: 'masked-autoencoder',
  name: 'small-masked-autoencoder',
  seed: 1,
  pack: 'bone-scan',
  backbone: smallVit,
  showing: { mirror: 0.5, shift: 4, gain: 0.2, thinning: 0.5, viewDropout: 0, scale: 0.1, crop: 0.8 },
  probe: { images: 200, bank: 800, neighbours: 20 },
  masking: { maskRatio: 0.75, normalisedPatches: false, decoder: { width: 64, depth: 1, heads: 2 } },
  optimizer: {
    beta1: 0.9,
    beta2: 0.95,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 1e-3,
    warmupSteps: 40,
    averaging: 0.99,
  },
  batchSize: 32,
  epochs: 12,
  passesPerEpoch: 5,
  patience: 12,
  checkpointEverySteps: 200,
};
