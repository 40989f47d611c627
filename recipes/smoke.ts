import type { SiteReaderRecipe } from '@radiolect/learning';

/**
 * The whole training path, small: every part runs on a coarse grid, and nothing is learnt that anyone should read with.
 *
 *   npx vitest run tests/smoke-recipe.test.ts
 *   npx radiolect train smoke --dataset DIR --out runs/smoke
 *
 * Data       26 phantoms of seed 5, labels read from their reports; 14 more for validation.
 * Time       under a minute on two cores, most of it drawing the phantoms.
 * Expect     a validation AUROC of at least 0.80 (0.85 when written) over the sites with three positives.
 */
export const recipe: SiteReaderRecipe = {
  kind: 'site-reader',
  name: 'smoke',
  seed: 1,
  pack: 'bone-scan',
  labels: { unmentioned: 'masked', uncertain: 'masked' },
  windows: { rows: 256, columns: 64, side: 8, reach: 5 },
  model: { width: 32, windowBlocks: 1, siteBlocks: 1, heads: 2, readingHeads: 2 },
  augmentation: { mirror: 0.5, shift: 1, gain: 0.1, thinning: 0.7, viewDropout: 0.1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 8e-3,
    warmupSteps: 6,
    averaging: 0.9,
  },
  loss: { positivePower: 0.5, largestPositiveWeight: 5, nature: 0.2, naturePower: 0.5, metastasis: 0.2 },
  batchSize: 6,
  epochs: 18,
  patience: 18,
  checkpointEverySteps: 20,
  normalisationStudies: 48,
};
