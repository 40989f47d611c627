/**
 * Runs experiments and writes what came of them.
 *
 *   node --import tsx scripts/experiments/prepare.ts                           once, see there
 *   npm run experiment -- label-efficiency                                     all runs, one after the other
 *   npm run experiment -- label-efficiency --only "pretrained 0.25" --seed 1   some of them
 *   npm run experiment -- label-efficiency --seed 1 --threads 1 &              two side by side, one core each:
 *   npm run experiment -- label-efficiency --seed 2 --threads 1                faster than one after the other on both
 *
 * A run that has ended is not run again, one that was killed goes on from its checkpoint. Writes
 * `docs/results/<name>.jsonl` (a line a run) and `docs/results/<name>.svg`, and the table between the marks of that
 * name in `docs/results.md`. What is missing stays missing in the table.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readPack } from '@radiolect/findings/node';
import type { EpochLine, Recipe, RunWatcher } from '@radiolect/learning';
import { trainModel } from '@radiolect/learning';
import { datasetInputs, FolderRun, readExamples, readPretrained } from '@radiolect/learning/node';
import type { Arm, Experiment, ExperimentData, RunRecord, RunResult } from './experiment.ts';
import { gradeRun } from './grade.ts';
import { pictureOf } from './picture.ts';
import { tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: 'runs/experiments' },
    only: { type: 'string', default: '' },
    'table-only': { type: 'boolean', default: false },
    seed: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});
const [name] = positionals;
if (!name) throw new Error('name an experiment of recipes/experiments');
const root = fileURLToPath(new URL('../..', import.meta.url));
const { experiment } = (await import(pathToFileURL(join(root, 'recipes/experiments', `${name}.ts`)).href)) as {
  readonly experiment: Experiment;
};
const data = resolve(values.data);
const pack = await readPack('bone-scan');
const results: RunResult[] = [];
for (const seed of experiment.seeds)
  for (const arm of experiment.arms) {
    const result = await finished(arm, seed);
    if (result) results.push(result);
  }
await mkdir(join(root, 'docs/results'), { recursive: true });
await writeFile(join(root, 'docs/results', `${name}.jsonl`), results.map((one) => `${JSON.stringify(one)}\n`).join(''));
await writeFile(join(root, 'docs/results', `${name}.svg`), pictureOf(experiment, results));
await intoResults(name, tableOf(experiment, results));

/** The result of a run: of an earlier call, or now. Undefined where an option leaves it out. */
async function finished(arm: Arm, seed: number): Promise<RunResult | undefined> {
  const title = arm.x === undefined ? arm.name : `${arm.name} ${arm.x}`;
  const recipe = { ...arm.recipe, seed };
  const pretraining = arm.pretraining && {
    ...arm.pretraining,
    recipe: { ...arm.pretraining.recipe, seed },
  };
  const folder = runFolder(arm.data, recipe, pretraining);
  const run = new FolderRun(folder);
  const named = { arm: arm.name, ...(arm.x === undefined ? {} : { x: arm.x }), seed };
  const known = await run.read('result.json');
  if (known) return { ...named, ...(JSON.parse(new TextDecoder().decode(known)) as RunRecord) };
  if (values['table-only'] || !title.includes(values.only)) return undefined;
  if (values.seed !== undefined && Number(values.seed) !== seed) return undefined;
  const pretrained = pretraining ? await pretrainedBackbone(pretraining) : undefined;
  process.stderr.write(`\n${experiment.name}: ${title}, seed ${seed}\n`);
  const resumed = existsSync(join(folder, 'checkpoint.safetensors'));
  const before = process.cpuUsage();
  const outcome = await train(recipe, arm.data, run, pretrained);
  const { user, system } = process.cpuUsage(before);
  if (!outcome.finished) throw new Error(`${title}, seed ${seed} did not end`);
  const record: RunRecord = {
    studies: outcome.trainingExamples,
    figures: await gradeRun(folder, resumed ? undefined : (user + system) / 1e6),
    course: outcome.history.map(({ step, score }) => ({ step, score })),
  };
  await run.write('result.json', new TextEncoder().encode(JSON.stringify(record)));
  return { ...named, ...record };
}

/** Where a run lies: named by all that it depends on, so that equal runs of two arms, or two experiments, are one. */
function runFolder(of: ExperimentData, recipe: Recipe, pretraining?: Arm['pretraining']): string {
  const what = JSON.stringify([of, recipe, pretraining ?? null]);
  return join(data, 'runs', `${recipe.name}-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`);
}

async function pretrainedBackbone({ data: of, recipe }: NonNullable<Arm['pretraining']>): Promise<string> {
  const folder = runFolder(of, recipe);
  const run = new FolderRun(folder);
  if (!(await run.read('backbone.safetensors'))) {
    process.stderr.write(`\n${recipe.name}, seed ${recipe.seed}\n`);
    await train(recipe, of, run);
  }
  return join(folder, 'backbone.safetensors');
}

async function train(recipe: Recipe, of: ExperimentData, run: FolderRun, pretrained?: string) {
  const folder = join(data, of);
  let trainingExamples = 0;
  const watcher: RunWatcher = {
    onStart({ examples }) {
      trainingExamples = examples.train;
    },
    onEpoch(history: readonly EpochLine[]) {
      const { epoch, step, score, trainingLoss } = history.at(-1)!;
      process.stderr.write(
        `  epoch ${epoch}, step ${step}, loss ${trainingLoss.toFixed(4)}, score ${score.toFixed(4)}\n`,
      );
    },
  };
  const outcome = await trainModel(recipe, readExamples(folder), run, {
    atlas: pack.atlas!,
    labelSpace: pack.labelSpace,
    inputs: datasetInputs(folder, pack.atlas!),
    now: () => performance.now(),
    threads: Number(values.threads),
    watcher,
    ...(pretrained ? { pretrained: await readPretrained(pretrained, recipe) } : {}),
  });
  return { ...outcome, trainingExamples };
}

async function intoResults(mark: string, table: string): Promise<void> {
  const file = join(root, 'docs/results.md');
  const text = await readFile(file, 'utf8');
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/results.md has no marks ${begin} … ${end}`);
  await writeFile(file, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
  process.stdout.write(`${table}\n`);
}
