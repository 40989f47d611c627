import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Estimate } from '@radiolect/evaluation';
import { meanInterval } from '@radiolect/evaluation';
import type { JobFolder } from './job-folder.ts';
import { jsonLines } from './job-folder.ts';
import { recordsOf } from './task-record.ts';

/** The figures of one finished task. */
export interface TaskResult {
  readonly task: number;
  readonly name: string;
  /** By name: of the best epoch in validation, and of the scorecard where the task was evaluated. */
  readonly figures: Readonly<Record<string, number>>;
}

/** What the job came to. Intervals are over runs: what another seed or part would do, not another hospital. */
export interface ClusterResults {
  readonly recipe: string;
  readonly settings: readonly {
    readonly setting: string;
    readonly runs: number;
    readonly figures: Readonly<Record<string, Estimate & { readonly values: readonly number[] }>>;
  }[];
  readonly tasks: readonly TaskResult[];
  /** Named, with where to read why. */
  readonly failed: readonly { readonly name: string; readonly reason: string; readonly log: string }[];
}

/** Reads the figures of every finished task. Those of one setting are put together. */
export async function gatherResults(folder: JobFolder): Promise<ClusterResults> {
  const records = recordsOf(await folder.journal(), folder.tasks.length, folder.job.attempts);
  const done = folder.tasks.filter(({ index }) => records[index]?.settled === 'done');
  const results = await Promise.all(
    done.map(async (task) => ({
      task: task.index,
      name: task.name,
      setting: task.setting,
      figures: await figuresOf(folder.runOf(task)),
    })),
  );
  const settings = [...new Set(results.map(({ setting }) => setting))].map((setting) => {
    const own = results.filter((result) => result.setting === setting);
    const names = [...new Set(own.flatMap(({ figures }) => Object.keys(figures)))];
    const figures = Object.fromEntries(
      names.map((name) => {
        const values = own.flatMap(({ figures: { [name]: value } }) => (value === undefined ? [] : [value]));
        return [name, { ...meanInterval(values), values }];
      }),
    );
    return { setting, runs: own.length, figures };
  });
  return {
    recipe: folder.job.recipe,
    settings,
    tasks: results.map(({ setting: _, ...result }) => result),
    failed: folder.tasks.flatMap((task) => {
      const { settled, reason = 'not ended' } = records[task.index] ?? {};
      return settled === 'done' ? [] : [{ name: task.name, reason, log: folder.logOf(task) }];
    }),
  };
}

/** Leaves of the files that a run holds, by path: "validation.auroc", "test.meanAuroc". */
async function figuresOf(run: string): Promise<Record<string, number>> {
  const read = (name: string): Promise<string> => readFile(join(run, name), 'utf8').catch(() => '');
  const epochs = jsonLines<Record<string, unknown>>(await read('metrics.jsonl'));
  const best = epochs.reduce<Record<string, unknown> | undefined>(
    (known, one) => (known && scoreOf(known) >= scoreOf(one) ? known : one),
    undefined,
  );
  const figures: Record<string, number> = {};
  const schedule = new Set(['step', 'learningRate']);
  for (const [name, value] of Object.entries(best ?? {}))
    if (typeof value === 'number' && !schedule.has(name)) figures[`best epoch: ${name}`] = value;
  const scorecard = await read('scorecard.json');
  if (scorecard !== '') collect(JSON.parse(scorecard), 'scorecard: ', figures);
  return figures;
}

/** The score that chose the epoch, as the training loop writes it. */
const scoreOf = ({ score }: Record<string, unknown>): number =>
  typeof score === 'number' ? score : Number.NEGATIVE_INFINITY;

/** An estimate counts by its value; lists, such as a row for each site, stay in the run's own scorecard. */
function collect(held: unknown, name: string, into: Record<string, number>): void {
  if (typeof held === 'number') into[name.replace(/\.$/, '')] = held;
  else if (typeof held === 'object' && held !== null && !Array.isArray(held)) {
    const { value } = held as { readonly value?: unknown };
    if (typeof value === 'number') into[name.replace(/\.$/, '')] = value;
    else for (const [key, inner] of Object.entries(held)) collect(inner, `${name}${key}.`, into);
  }
}

/** The results as Markdown: a row for each setting and figure, then what failed. */
export function resultsTable({ settings, failed }: ClusterResults): string {
  const shown = (value: number): string => (Number.isFinite(value) ? value.toPrecision(4) : 'n/a');
  const cell = (text: string): string => text.replace(/[|\n]/g, ' ');
  const rows = settings.flatMap(({ setting, runs, figures }) =>
    Object.entries(figures).map(
      ([name, { value, low, high, values }]) =>
        `| ${cell(setting)} | ${cell(name)} | ${shown(value)} | ${shown(low)} to ${shown(high)} | ${values.length} of ${runs} |`,
    ),
  );
  return [
    '| setting | figure | mean | 95 % interval over runs | runs |',
    '|---|---|---|---|---|',
    ...rows,
    ...(failed.length === 0 ? [] : ['', 'Not finished:', '']),
    ...failed.map(({ name, reason, log }) => `- ${name}: ${reason}; ${log}`),
  ].join('\n');
}
