import type { BackboneSettings, ClassifierRecipe } from '@radiolect/learning';
import type { Experiment } from '../../scripts/experiments/experiment.ts';
import { small, smallVit } from './small.ts';

/**
 * Three families at about the same cost of a step. Each reads the same 256 × 64 pictures and ends in the same head.
 *
 *   npm run experiment -- backbones
 *
 * Time and figures: docs/results.md.
 */
const withBackbone = (backbone: BackboneSettings): ClassifierRecipe => ({ ...small, backbone });
const pictures = { picture: [256, 64], channels: 1 } as const;

export const experiment: Experiment = {
  name: 'backbones',
  question: 'Which family learns most for the same time?',
  claimed: 'nothing was claimed for so few studies',
  arms: [
    { name: 'ViT', data: 'reports', recipe: withBackbone(smallVit) },
    {
      name: 'Swin',
      data: 'reports',
      recipe: withBackbone({
        kind: 'swin',
        ...pictures,
        patch: 8,
        window: 4,
        width: 48,
        depths: [2, 2],
        heads: [2, 4],
      }),
    },
    {
      name: 'ConvNeXt',
      data: 'reports',
      recipe: withBackbone({
        kind: 'convnext',
        ...pictures,
        patch: 8,
        widths: [48, 96],
        depths: [1, 2],
        layerScale: 0.1,
      }),
    },
  ],
  seeds: [1, 2, 3],
  figures: ['auroc', 'macroF1', 'processorSeconds', 'parameters', 'steps'],
};
