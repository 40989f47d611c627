import type { ByolRecipe } from '@radiolect/learning';

/**
 * A small vision transformer pretrained without labels on whole-body bone scans (Grill et al. 2020): two showings of one
 * patient, half of them the anterior and the mirrored posterior view, are drawn together.
 *
 *   npx radiolect train pretrain-byol --dataset runs/bone-scan/dataset --out runs/pretrain-byol
 *
 * Data       the training studies of any data set; its labels choose the epoch (neighbour probe) and nothing else.
 * Time       TIME
 * Expect     EXPECT
 *
 * Leaves `backbone.safetensors` for a classifier of the same `backbone`, and `pretraining.svg`: which epoch is kept.
 */
export const recipe: ByolRecipe = {
  kind: 'byol',
  name: 'pretrain-byol',
  seed: 1,
  pack: 'bone-scan',
  backbone: {
    kind: 'vit',
    picture: [256, 64],
    channels: 1,
    patch: 16,
    width: 128,
    depth: 4,
    heads: 4,
    pooling: 'mean',
  },
  showing: { mirror: 0.5, shift: 4, gain: 0.2, thinning: 0.5, viewDropout: 0, scale: 0.1, crop: 0.8 },
  probe: { images: 200, bank: 400, neighbours: 20 },
  heads: { projection: 64, hidden: 256, predictor: true },
  viewPairs: 0.5,
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 1e-3,
    warmupSteps: 20,
    averaging: { from: 0.99, to: 1 },
  },
  batchSize: 32,
  epochs: 12,
  patience: 12,
  checkpointEverySteps: 50,
};
