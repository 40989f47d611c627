import type { MaskedAutoencoderRecipe } from '@radiolect/learning';

/**
 * A small vision transformer pretrained without labels on whole-body bone scans (He et al. 2022): three quarters of the
 * patches are hidden, and a light decoder tells them from the rest.
 *
 *   npx radiolect train pretrain-masked-autoencoder --dataset runs/bone-scan/dataset --out runs/pretrain-masked
 *
 * Data       the training studies of any data set; its labels choose the epoch (neighbour probe) and nothing else.
 * Time       TIME
 * Expect     EXPECT
 *
 * Leaves `backbone.safetensors` for a classifier of the same `backbone`, and `pretraining.svg`: which epoch is kept.
 */
export const recipe: MaskedAutoencoderRecipe = {
  kind: 'masked-autoencoder',
  name: 'pretrain-masked-autoencoder',
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
  // Patches keep their own mean: in a count picture it is what tells a lesion from what surrounds it.
  masking: { maskRatio: 0.75, normalisedPatches: false, decoder: { width: 64, depth: 1, heads: 2 } },
  optimizer: {
    beta1: 0.9,
    beta2: 0.95,
    epsilon: 1e-8,
    weightDecay: 0.05,
    clipNorm: 1,
    learningRate: 1e-3,
    warmupSteps: 20,
    averaging: 0.99,
  },
  batchSize: 16,
  epochs: 12,
  patience: 12,
  checkpointEverySteps: 50,
};
