import { meanInterval } from '@radiolect/evaluation';
import type { Arm, Experiment, FigureName, RunResult } from './experiment.ts';

const heads: Readonly<Record<FigureName, string>> = {
  auroc: 'mean AUROC',
  aurocLow: 'interval from',
  aurocHigh: 'to',
  macroF1: 'macro F1',
  accuracy: 'accuracy at 0.5',
  sensitivity: 'sensitivity at 0.5',
  specificity: 'specificity at 0.5',
  accuracyOfNothing: 'accuracy of "all absent"',
  steps: 'steps to best',
  seconds: 'seconds a run',
  parameters: 'parameters',
};

export const runsOf = ({ name, x }: Arm, results: readonly RunResult[]): readonly RunResult[] =>
  results.filter((one) => one.arm === name && one.x === x);

/** Markdown: a line an arm, each figure as its mean over seeds with Student's 95 % interval. */
export function tableOf(experiment: Experiment, results: readonly RunResult[]): string {
  const { arms, figures, axis } = experiment;
  const columns = ['', ...(axis ? [axis] : []), 'studies', 'seeds', ...figures.map((figure) => heads[figure])];
  const rows = arms.map((arm) => {
    const runs = runsOf(arm, results);
    const cells = figures.map((figure) =>
      cell(
        figure,
        runs.map((run) => run.figures[figure]),
      ),
    );
    return [
      arm.name,
      ...(axis ? [String(arm.x ?? '')] : []),
      String(runs[0]?.studies ?? '–'),
      String(runs.length),
      ...cells,
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(figure: FigureName, numbers: readonly number[]): string {
  if (numbers.length === 0) return 'not run';
  const { value, low, high } = meanInterval(numbers);
  if (figure === 'steps' || figure === 'seconds' || figure === 'parameters')
    return Math.round(value).toLocaleString('en');
  const interval = Number.isNaN(low) ? '' : ` (${low.toFixed(3)}–${Math.min(high, 1).toFixed(3)})`;
  return `${value.toFixed(3)}${interval}`;
}
