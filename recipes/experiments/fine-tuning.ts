import type { ClassifierRecipe } from '@radiolect/learning';
import type { Experiment } from '../../scripts/experiments/experiment.ts';
import { pretrainedSmall, small, trainedOnSites } from './small.ts';

/**
 * Normal against abnormal on 1,000 scans of a screening archive, 200 for validation and 200 for test, 256 pixels high. The
 * backbone comes from another archive, rich in disease: pretrained on its pictures alone, or trained on the sites of its
 * reports; it is trained on, or held still under a linear head.
 *
 *   npm run experiment -- fine-tuning
 *
 * Time and figures: docs/results.md.
 */
const abnormal: ClassifierRecipe = { ...small, name: 'abnormal', outputs: 'abnormal', epochs: 20 };
const frozen: ClassifierRecipe = { ...abnormal, finetuning: { kind: 'linear-probe' } };

export const experiment: Experiment = {
  name: 'fine-tuning',
  question: 'Normal against abnormal from 1,000 scans: fine-tuned against frozen.',
  claimed: 'a frozen backbone with a linear head comes close to a fine-tuned one',
  arms: [
    { name: 'from scratch', data: 'screening', recipe: abnormal },
    { name: 'pretrained, fine-tuned', data: 'screening', recipe: abnormal, pretraining: pretrainedSmall },
    { name: 'pretrained, frozen', data: 'screening', recipe: frozen, pretraining: pretrainedSmall },
    { name: 'trained on sites, fine-tuned', data: 'screening', recipe: abnormal, pretraining: trainedOnSites },
    { name: 'trained on sites, frozen', data: 'screening', recipe: frozen, pretraining: trainedOnSites },
  ],
  seeds: [1, 2, 3],
  figures: ['auroc', 'accuracy', 'sensitivity', 'specificity', 'accuracyOfNothing', 'steps'],
};
