import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { overrideRecipe } from '@radiolect/learning';
import { readRecipe } from '@radiolect/learning/node';
import type { ClusterTask } from '@radiolect/reading-room';
import { clusterTasks, JobFolder } from '@radiolect/reading-room';
import type { ClusterOptions } from './cluster-options.ts';
import { followOnCluster } from './follow-on-cluster.ts';

interface ClusterTraining extends ClusterOptions {
  readonly recipeFile: string;
  readonly dataset: string;
  readonly out: string;
  readonly resume: boolean;
  readonly device: string;
  readonly pack: string;
  readonly pretrained?: string;
  /** Settings of every task, `SETTING=VALUE`. */
  readonly set: readonly string[];
}

const program = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));

/** Writes the job folder (or opens it, with `--resume`), submits, follows, gathers. */
export async function trainOnCluster(options: ClusterTraining): Promise<void> {
  const { out, resume, every, json = false } = options;
  const folder = resume ? await JobFolder.open(resolve(out)) : await newJob(options);
  await followOnCluster(folder, { everySeconds: every, again: resume, json });
}

async function newJob(options: ClusterTraining): Promise<JobFolder> {
  const { recipeFile, seeds, folds, sweep, concurrent, attempts, sbatchOption } = options;
  const { partition, gres, cpus, memory, time } = options;
  const tasks = clusterTasks({ sweep, ...(seeds ? { seeds } : {}), ...(folds === undefined ? {} : { folds }) });
  // A setting that the recipe does not have is refused here and not by every task.
  const recipe = await readRecipe(recipeFile);
  for (const { overrides } of tasks)
    for (const [key, value] of Object.entries(overrides)) overrideRecipe(recipe, key, value);
  const resources = {
    ...(partition === undefined ? {} : { partition }),
    ...(gres === undefined ? {} : { gres }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(memory === undefined ? {} : { memory }),
    ...(time === undefined ? {} : { time }),
    options: sbatchOption,
  };
  const plan = {
    recipe: recipe.name,
    dataset: resolve(options.dataset),
    resources,
    attempts,
    madeAt: new Date().toISOString(),
    tasks,
    ...(concurrent === undefined ? {} : { concurrent }),
  };
  return await JobFolder.create(resolve(options.out), plan, (task, run) => commandsOf(options, task, run));
}

/** What a task runs: the ordinary commands, as a person would type them. */
function commandsOf(options: ClusterTraining, { overrides, fold }: ClusterTask, run: string): string[][] {
  const { recipeFile, dataset, device, pack, set, evaluate, pretrained, cpus } = options;
  const radiolect = [process.execPath, program, '--pack', /[\\/]/.test(pack) ? resolve(pack) : pack];
  const settings = [...set, ...Object.entries(overrides).map(([key, value]) => `${key}=${value}`)];
  const training = [
    ...radiolect,
    'train',
    recipeFile,
    `--dataset=${resolve(dataset)}`,
    `--out=${run}`,
    '--resume',
    `--device=${device}`,
    ...(cpus === undefined ? [] : [`--threads=${cpus}`]),
    ...(pretrained === undefined ? [] : [`--pretrained=${resolve(pretrained)}`]),
    ...settings.map((setting) => `--set=${setting}`),
    ...(fold ? [`--fold=${fold.fold + 1}/${fold.folds}`] : []),
  ];
  if (evaluate === undefined) return [training];
  const scorecard = `--out=${run}/scorecard.json`;
  return [training, [...radiolect, 'evaluate', resolve(evaluate), `--model=${run}`, '--json', scorecard]];
}
