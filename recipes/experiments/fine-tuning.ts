import type { ClassifierRecipe } from '@radiolect/learning';
import type { Experiment } from '../../scripts/experiments/experiment.ts';
import { pretrainedSmall, small, trainedOnSites } from './small.ts';

/**
 * Normal against abnormal on 1,000 scans of a screening archive, 200 for validation and 200 for test, 256 pixels high. The
 * backbone comes from another archive, rich in disease: pretrained on its pictures alone, or trained on the sites of its
 * reports; it is trained on, slower the deeper the layer, or held still under a linear head. The rates are the best on
 * validation of those tried with seed 1 and the backbone trained on sites: 1e-4, 3e-4, 1e-3 for all of it, 1e-3, 3e-3,
 * 1e-2 for the head.
 *
 *   npm run experiment -- fine-tuning
 *
 * Time and figures: docs/results.md.
 */
const abnormal: ClassifierRecipe = { ...small, name: 'abnormal', outputs: 'abnormal', epochs: 20, patience: 20 };
const finetuned: ClassifierRecipe = { ...abnormal, finetuning: { kind: 'everything', layerDecay: 0.65 } };
const frozen: ClassifierRecipe = {
  ...abnormal,
  optimizer: { ...small.optimizer, learningRate: 1e-2 },
  finetuning: { kind: 'linear-probe' },
};

export const experiment: Experiment = {
  name: 'fine-tuning',
  question: 'Normal against abnormal from 1,000 scans: fine-tuned against frozen.',
  claimed: 'a frozen backbone with a linear head comes close to a fine-tuned one',
  arms: [
    { name: 'from scratch', data: 'screening', recipe: abnormal },
    { name: 'pretrained, fine-tuned', data: 'screening', recipe: finetuned, pretraining: pretrainedSmall },
    { name: 'pretrained, frozen', data: 'screening', recipe: frozen, pretraining: pretrainedSmall },
    { name: 'trained on sites, fine-tuned', data: 'screening', recipe: finetuned, pretraining: trainedOnSites },
    { name: 'trained on sites, frozen', data: 'screening', recipe: frozen, pretraining: trainedOnSites },
  ],
  seeds: [1, 2, 3],
  figures: ['auroc', 'accuracy', 'sensitivity', 'specificity', 'accuracyOfNothing', 'steps'],
};
