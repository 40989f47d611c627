import type { ClassifierRecipe } from '@radiolect/learning';
import type { Arm, Experiment } from '../../scripts/experiments/experiment.ts';
import { maskedSmall, pretrainedSmall, small } from './small.ts';

/**
 * Are pictures without labels worth labels? Every arm takes equally many steps; only how many reports were read differs.
 *
 *   npm run experiment -- label-efficiency
 *
 * Time and figures: docs/results.md.
 */
const shares = [1 / 16, 1 / 4, 1];

/** With few studies an epoch passes over them more often, so that it takes the same steps. */
const withShare = (recipe: ClassifierRecipe, share: number): ClassifierRecipe =>
  share === 1 ? recipe : { ...recipe, trainingShare: share, passesPerEpoch: Math.round(1 / share) };

const arms: readonly Arm[] = shares.flatMap((share) => [
  { name: 'from scratch', x: share, data: 'reports', recipe: withShare(small, share) },
  { name: 'BYOL', x: share, data: 'reports', recipe: withShare(small, share), pretraining: pretrainedSmall },
  { name: 'masked', x: share, data: 'reports', recipe: withShare(small, share), pretraining: maskedSmall },
]);

export const experiment: Experiment = {
  name: 'label-efficiency',
  question:
    'Is a pretrained backbone with a quarter of the labels as good as one from scratch with all, in fewer steps?',
  claimed: '50 labels with pretraining: Dice 0.931 after 2,200 steps; 200 from scratch: 0.899 after 4,500',
  arms,
  seeds: [1, 2, 3],
  axis: 'share of the labels',
  reach: { name: 'from scratch', x: 1 },
  figures: ['auroc', 'macroF1', 'steps'],
};
