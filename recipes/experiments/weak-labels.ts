import type { Experiment } from '../../scripts/experiments/experiment.ts';
import { small } from './small.ts';

/**
 * What it costs to learn from reports instead of the truth, and what silence in a report should mean.
 *
 *   npm run experiment -- weak-labels
 *
 * Time and figures: docs/results.md.
 */
export const experiment: Experiment = {
  name: 'weak-labels',
  question: 'Labels read from reports against true labels; what reports leave out masked against taken as absent.',
  claimed: 'silence in a report is not absence',
  arms: [
    { name: 'true labels', data: 'truth', recipe: small },
    { name: 'reports, silence masked', data: 'reports', recipe: small },
    {
      name: 'reports, silence absent',
      data: 'reports',
      recipe: { ...small, labels: { unmentioned: 'absent', uncertain: 'masked' } },
    },
  ],
  seeds: [1, 2, 3],
  figures: ['auroc', 'macroF1', 'accuracy', 'sensitivity', 'specificity'],
};
