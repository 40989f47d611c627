import type { ClassifierRecipe } from '@radiolect/learning';
import type { Arm, Experiment } from '../../scripts/experiments/experiment.ts';
import { small } from './small.ts';

/**
 * What positive weights and focused losses change where a site is abnormal in about one study of seven, and what
 * accuracy would have said.
 *
 *   npm run experiment -- positive-weights
 *
 * Time and figures: docs/results.md.
 */
const arm = (name: string, loss: ClassifierRecipe['loss']): Arm => ({
  name,
  data: 'truth',
  recipe: { ...small, loss },
});
const even = { positivePower: 0, largestPositiveWeight: 1 };

export const experiment: Experiment = {
  name: 'positive-weights',
  question: 'Do positive weights help at 15 % prevalence, and would accuracy have shown it?',
  claimed: 'accuracy hides what is missed: "all absent" is right 85 % of the time',
  arms: [
    arm('no weights', even),
    arm('√(negatives ÷ positives)', small.loss),
    arm('negatives ÷ positives', { positivePower: 1, largestPositiveWeight: 20 }),
    arm('focal, γ 2', { ...even, kind: 'focal', focus: 2 }),
  ],
  seeds: [1, 2, 3],
  figures: ['auroc', 'macroF1', 'accuracy', 'sensitivity', 'specificity', 'accuracyOfNothing'],
};
