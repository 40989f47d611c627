import type { LocaliserRecipe } from '@radiolect/learning';

/**
 * Where hot spots lie: a mask of every bone at about the resolution of the picture, from outlines.
 *
 *   npx radiolect phantom --count 2000 --seed 4101 --out runs/localise/phantoms
 *   npx radiolect dataset --from runs/localise/phantoms --regions --out runs/localise/dataset
 *   npx radiolect train localise --dataset runs/localise/dataset --out runs/localise/run
 *   npx radiolect phantom --count 500 --seed 90001 --out runs/localise/unseen
 *   npx radiolect evaluate runs/localise/unseen --localiser runs/localise/run
 *
 * Data       of the shipped one: 924 of the 1,375 training studies that this makes, 48 of 223 to choose the epoch and
 *            set thresholds.
 * Time       26 minutes on one core of two that do other work as well, 2,760 steps.
 * Expect     an average precision of cells of 0.91 on validation, hardly rising. Against unseen ones: models/localiser.
 */
export const recipe: LocaliserRecipe = {
  kind: 'localiser',
  name: 'localise',
  seed: 1,
  pack: 'bone-scan',
  grid: { rows: 768, columns: 240 },
  model: { width: 64, blocks: 3, heads: 4 },
  placesPerStudy: 12,
  augmentation: { mirror: 0.5, gain: 0.15, thinning: 0.5, viewDropout: 0.1, exports: 0.5 },
  loss: { lesion: 2, malignant: 1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 2e-3,
    warmupSteps: 60,
    averaging: 0.99,
  },
  batchSize: 8,
  epochs: 24,
  patience: 24,
  checkpointEverySteps: 50,
  normalisationStudies: 300,
  validationStudies: 48,
};
