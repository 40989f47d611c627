import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import type { Example, Fold, Recipe, RunContext, RunOutcome, RunWatcher } from '@radiolect/learning';
import { gridOfRecipe, inFold, overrideRecipe, trainModel, watchTogether } from '@radiolect/learning';
import { datasetInputs, datasetStatements, FolderRun, readExamples, readRecipe } from '@radiolect/learning/node';
import { progressWriter } from '@radiolect/reading-room';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ClusterOptions, clusterOnly, withClusterOptions } from '../cluster/cluster-options.ts';
import { trainOnCluster } from '../cluster/train-on-cluster.ts';
import type { GlobalOptions } from '../main.ts';
import { trainOnPictures } from '../train-on-pictures.ts';

const devices = ['cpu', 'webgpu', 'cuda'] as const;

interface TrainOptions extends GlobalOptions, ClusterOptions {
  readonly dataset: string;
  readonly out: string;
  readonly resume: boolean;
  readonly device: (typeof devices)[number];
  /** Settings of the recipe that are changed, `SETTING=VALUE`. */
  readonly set: readonly string[];
  readonly fold?: Fold;
}

export const train = new Command('train')
  .description('Trains a model with a recipe on a dataset; the run folder is a model folder when it ends.')
  .argument('<recipe>', 'a recipe file, or the name of one in recipes/')
  .requiredOption('--dataset <folder>', 'a folder that radiolect dataset made, or an .npz file of MedMNIST form')
  .requiredOption('--out <folder>', 'the run folder; on a cluster the folder of the job')
  .option('--resume', 'go on with the run that the folder holds', false)
  .addOption(new Option('--device <device>', 'where to compute').choices(devices).default('cpu'))
  .option(
    '--set <setting=value>',
    'change a setting of the recipe, for example optimizer.learningRate=3e-4',
    addSetting,
    [],
  )
  .option('--fold <1/5>', 'hold this part of the patients out for validation, train on the others', fold);

withClusterOptions(train)
  .addHelpText(
    'after',
    `
Writes checkpoint.safetensors, metrics.jsonl and curves.svg as it goes, and model.onnx, operating-points.json and
manifest.json when it ends. A run that was killed or interrupted (Ctrl-C) goes on with --resume, to the same result.
Prepared pictures are kept in <dataset>/inputs.

Examples:
  radiolect train bone-scan --dataset dataset --out runs/first
  radiolect train bone-scan --dataset dataset --out runs/first --resume
  radiolect train bone-scan --dataset dataset --out runs/sweep --cluster slurm --seeds 1,2,3 --folds 5 \\
      --sweep optimizer.learningRate=3e-4,1e-3 --gres gpu:1 --cpus 8 --memory 16G --time 04:00:00
  radiolect train bone-scan --dataset dataset --out runs/sweep --cluster slurm --resume`,
  )
  .action(async (recipe: string, _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<TrainOptions>();
    if (options.cluster) return await trainOnCluster({ ...options, recipeFile: recipeFile(recipe) });
    const wrong = clusterOnly.find((name) => options[name] !== undefined);
    if (wrong) command.error(`error: --${wrong} says something only together with --cluster`, { exitCode: 2 });
    await trainRecipe(recipe, options);
  });

async function trainRecipe(name: string, options: TrainOptions): Promise<void> {
  const { dataset, out, resume, device } = options;
  if (options.fold && dataset.endsWith('.npz')) throw new Error('an .npz file knows no patients: it has no --fold');
  const run = new FolderRun(resolve(out));
  if (!resume && (await run.read('checkpoint.safetensors')))
    throw new Error(`${out} holds a run already: go on with --resume, or name another folder`);
  const recipe = options.set.reduce(
    (known, setting) => {
      const at = setting.indexOf('=');
      return overrideRecipe(known, setting.slice(0, at), setting.slice(at + 1));
    },
    await readRecipe(recipeFile(name)),
  );
  const stop = new AbortController();
  const onInterrupt = (): void => {
    process.stderr.write('\nstopping at this step; --resume goes on\n');
    stop.abort();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const progress = progressWriter(resolve(out), () => performance.now());
  const context = {
    now: () => performance.now(),
    provider: device,
    signal: stop.signal,
    watcher: watchTogether(progressLines(), progress),
  };
  const result = dataset.endsWith('.npz')
    ? await trainOnPictures(recipe, resolve(dataset), run, context)
    : await trainOnStudies(recipe, resolve(dataset), run, options, context);
  await progress.onEnd?.({ finished: result.finished, bestEpoch: result.bestEpoch, history: [] });
  process.off('SIGINT', onInterrupt);
  process.off('SIGTERM', onInterrupt);
  if (!result.finished) process.exitCode = 1;
  const best = result.history[result.bestEpoch - 1];
  if (result.stopped) process.stderr.write(`stopped: ${result.stopped}\n`);
  process.stdout.write(
    `${JSON.stringify({ finished: result.finished, epochs: result.history.length, bestEpoch: result.bestEpoch, ...best?.measures })}\n`,
  );
}

async function trainOnStudies(
  recipe: Recipe,
  dataset: string,
  run: FolderRun,
  { pack, fold: held }: TrainOptions,
  context: RunContext,
): Promise<RunOutcome> {
  const { atlas, labelSpace, name } = await readPack(pack);
  if (!atlas) throw new Error(`the pack ${name} has no atlas, and this model reads by one`);
  return await trainModel(recipe, examplesOf(dataset, held), run, {
    ...context,
    atlas,
    labelSpace,
    inputs: datasetInputs(dataset, atlas, gridOfRecipe(recipe)),
    statements: datasetStatements(dataset),
  });
}

/** With a fold, validation is the part of the patients that it holds out. */
async function* examplesOf(folder: string, held: Fold | undefined): AsyncIterable<Example> {
  for await (const example of readExamples(folder)) yield held ? inFold(example, held) : example;
}

function addSetting(text: string, known: readonly string[]): string[] {
  if (!/^[\w.-]+=/.test(text)) throw new InvalidArgumentError('write SETTING=VALUE');
  return [...known, text];
}

function fold(text: string): Fold {
  const [, part, folds] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (part === undefined || folds === undefined || part < 1 || folds < 2 || part > folds)
    throw new InvalidArgumentError('write 1/5 to 5/5');
  return { fold: part - 1, folds };
}

function progressLines(): RunWatcher {
  let shown = 0;
  let steps = 0;
  let validated = '';
  return {
    onStart(start) {
      steps = start.steps;
    },
    onEpoch(history) {
      const auroc = history.at(-1)?.validationAuroc;
      validated = typeof auroc === 'number' ? `, validation AUROC ${auroc.toFixed(4)}` : '';
    },
    onStep({ step, epoch, loss, imagesPerSecond, secondsLeft }) {
      if (performance.now() - shown < 2000 && step < steps) return;
      shown = performance.now();
      process.stderr.write(
        `step ${step}/${steps}, epoch ${epoch}, loss ${loss.toFixed(4)}, ${imagesPerSecond.toFixed(1)} images/s, ` +
          `${duration(secondsLeft)} left${validated}\n`,
      );
    },
  };
}

function recipeFile(name: string): string {
  if (existsSync(name)) return resolve(name);
  const shipped = fileURLToPath(new URL(`../../../../recipes/${name}.ts`, import.meta.url));
  if (existsSync(shipped)) return shipped;
  throw new Error(`there is no recipe "${name}": name a file, or one of recipes/ without its ending`);
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
}
