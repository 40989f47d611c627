import type { ClassifierRecipe } from '@radiolect/learning';
import type { Experiment } from '../../scripts/experiments/experiment.ts';
import { pretrainedSmall, small } from './small.ts';

/**
 * Normal against abnormal on 1,000 scans, 200 for validation and 200 for test, 256 pixels high: a pretrained backbone
 * trained on, held still under a linear head, adapted by a low rank, or none.
 *
 *   npm run experiment -- fine-tuning
 *
 * Time and figures: docs/results.md.
 */
const abnormal: ClassifierRecipe = { ...small, name: 'abnormal', outputs: 'abnormal', readout: 'pooled', epochs: 40 };

export const experiment: Experiment = {
  name: 'fine-tuning',
  question: 'Normal against abnormal from 1,000 scans: fine-tuned against frozen.',
  claimed: 'a frozen backbone with a linear head comes close to a fine-tuned one',
  arms: [
    { name: 'from scratch', data: 'screening', recipe: abnormal },
    { name: 'fine-tuned', data: 'screening', recipe: abnormal, pretraining: pretrainedSmall },
    {
      name: 'fine-tuned, layer-wise rates',
      data: 'screening',
      recipe: { ...abnormal, finetuning: { kind: 'everything', layerDecay: 0.7 } },
      pretraining: pretrainedSmall,
    },
    {
      name: 'low-rank adapters',
      data: 'screening',
      recipe: { ...abnormal, finetuning: { kind: 'low-rank-adapters', rank: 8, alpha: 16 } },
      pretraining: pretrainedSmall,
    },
    {
      name: 'frozen, linear head',
      data: 'screening',
      recipe: { ...abnormal, finetuning: { kind: 'linear-probe' } },
      pretraining: pretrainedSmall,
    },
  ],
  seeds: [1, 2, 3],
  figures: ['auroc', 'accuracy', 'sensitivity', 'specificity', 'accuracyOfNothing', 'steps'],
};
