import type { ClassifierRecipe, MaskedAutoencoderRecipe } from '@radiolect/learning';
import { recipe as pretraining } from '../pretrain-masked-autoencoder.ts';

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

/** The same backbone pretrained on the pictures of all training studies, without their labels, for longer. */
export const pretrainedSmall: MaskedAutoencoderRecipe = {
  ...pretraining,
  name: 'small-masked-autoencoder',
  backbone: smallVit,
  trainingShare: 1,
  probe: { ...pretraining.probe, bank: 800 },
  optimizer: { ...pretraining.optimizer, warmupSteps: 40 },
  epochs: 12,
  passesPerEpoch: 5,
  patience: 12,
  checkpointEverySteps: 200,
};
