import type { Recipe } from '@radiolect/learning';

/**
 * The whole training path, small: every part runs, nothing is learnt that anyone should read with.
 *
 *   npx vitest run packages/learning/src/train.test.ts
 *
 * Data       48 drawn studies, made by the test: noise on the body, a bright spot at each present site.
 * Time       a few seconds on two cores.
 * Expect     validation AUROC of at least 0.80 after 8 epochs.
 */
export const recipe: Recipe = {
  name: 'smoke',
  seed: 1,
  pack: 'bone-scan',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  windows: { rows: 256, columns: 64, side: 8, reach: 6 },
  model: { width: 32, windowBlocks: 1, siteBlocks: 1, heads: 2, readingHeads: 2 },
  augmentation: { mirror: 0.5, shift: 1, gain: 0.1, thinning: 0.7, viewDropout: 0.1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 5e-3,
    warmupSteps: 4,
    averaging: 0.9,
  },
  loss: { positivePower: 0.5, largestPositiveWeight: 5, nature: 0.2, metastasis: 0.2 },
  batchSize: 8,
  epochs: 8,
  patience: 8,
  checkpointEverySteps: 5,
  normalisationStudies: 48,
};
