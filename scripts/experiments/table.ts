import { meanInterval } from '@radiolect/evaluation';
import type { Arm, Experiment, FigureName, RunResult } from './experiment.ts';

/** What a figure is called. */
export const heads: Readonly<Record<FigureName, string>> = {
  auroc: 'mean AUROC',
  aurocLow: 'interval from',
  aurocHigh: 'to',
  macroF1: 'macro F1',
  accuracy: 'accuracy at 0.5',
  sensitivity: 'sensitivity at 0.5',
  specificity: 'specificity at 0.5',
  accuracyOfNothing: 'accuracy of "all absent"',
  steps: 'steps to best',
  processorSeconds: 'processor seconds a run',
  parameters: 'parameters',
};

/** The runs of one line of the table. */
export const runsOf = ({ name, x }: Pick<Arm, 'name' | 'x'>, results: readonly RunResult[]): readonly RunResult[] =>
  results.filter((one) => one.arm === name && one.x === x);

/** Markdown: a line an arm, each figure as its mean over seeds with Student's 95 % interval. */
export function tableOf(experiment: Experiment, results: readonly RunResult[]): string {
  const { arms, figures, axis, reach } = experiment;
  const columns = [
    '',
    ...(axis ? [axis] : []),
    'studies',
    'seeds',
    ...figures.map((figure) => heads[figure]),
    ...(reach
      ? [`steps to the validation score of "${reach.name}${reach.x === undefined ? '' : `, ${reach.x}`}"`]
      : []),
  ];
  const rows = arms.map((arm) => {
    const runs = runsOf(arm, results);
    const cells = figures.map((figure) => cell(figure, figuresOf(figure, runs)));
    return [
      arm.name,
      ...(axis ? [String(arm.x ?? '')] : []),
      String(runs[0]?.studies ?? '–'),
      String(runs.length),
      ...cells,
      ...(reach ? [stepsToReach(runs, runsOf(reach, results))] : []),
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One figure of each run that has it. */
export const figuresOf = (figure: FigureName, runs: readonly RunResult[]): readonly number[] =>
  runs.map(({ figures }) => figures[figure]).filter((value) => value !== undefined);

/** Mean steps over the seeds that got there, and how many did not. */
function stepsToReach(runs: readonly RunResult[], reference: readonly RunResult[]): string {
  const pairs = runs.flatMap(({ seed, course }) => {
    const aim = reference.find((one) => one.seed === seed);
    if (!aim) return [];
    const target = Math.max(...aim.course.map(({ score }) => score));
    return [course.find(({ score }) => score >= target)?.step];
  });
  const there = pairs.filter((step) => step !== undefined);
  if (pairs.length === 0) return '–';
  if (there.length === 0) return 'never';
  const mean = Math.round(there.reduce((sum, step) => sum + step, 0) / there.length).toLocaleString('en');
  return there.length === pairs.length ? mean : `${mean} (${there.length} of ${pairs.length})`;
}

function cell(figure: FigureName, numbers: readonly number[]): string {
  if (numbers.length === 0) return 'not run';
  const { value, low, high } = meanInterval(numbers);
  if (figure === 'steps' || figure === 'processorSeconds' || figure === 'parameters')
    return Math.round(value).toLocaleString('en');
  const interval = Number.isNaN(low) ? '' : ` (${Math.max(low, 0).toFixed(3)}–${Math.min(high, 1).toFixed(3)})`;
  return `${value.toFixed(3)}${interval}`;
}
