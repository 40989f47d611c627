import type { ByolRecipe, ClassifierRecipe, MaskedAutoencoderRecipe } from '@radiolect/learning';
import { recipe as pretraining } from '../pretrain-byol.ts';
import { recipe as maskedPretraining } from '../pretrain-masked-autoencoder.ts';

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
  epochs: 16,
  patience: 5,
  checkpointEverySteps: 200,
};

/**
 * The same backbone pretrained on the pictures of all training studies (Grill et al. 2020). Its epoch is chosen with the
 * labels of a sixteenth of them, so that no later arm knows more labels than it says.
 */
const byol: ByolRecipe = {
  ...pretraining,
  name: 'small-byol',
  backbone: smallVit,
  trainingShare: 1,
  probe: { ...pretraining.probe, bank: 800, labelledShare: 1 / 16 },
  optimizer: { ...pretraining.optimizer, warmupSteps: 40 },
  epochs: 8,
  passesPerEpoch: 2,
  patience: 8,
  checkpointEverySteps: 200,
};

/** With three quarters of the patches hidden (He et al. 2022); with fewer passes it was no use at all. */
const masked: MaskedAutoencoderRecipe = {
  ...maskedPretraining,
  name: 'small-masked',
  backbone: smallVit,
  trainingShare: 1,
  probe: byol.probe,
  optimizer: { ...maskedPretraining.optimizer, warmupSteps: 40 },
  epochs: 8,
  passesPerEpoch: 16,
  patience: 8,
  checkpointEverySteps: 200,
};

/** Where a classifier's backbone may begin: pretrained without labels, or on the 91 sites of the same reports. */
export const pretrainedSmall = { data: 'reports', recipe: byol } as const;
export const maskedSmall = { data: 'reports', recipe: masked } as const;
export const trainedOnSites = { data: 'reports', recipe: small } as const;
