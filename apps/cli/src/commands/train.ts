import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnatomicSite } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { ClassifierContext, Device, Example, Fold, Recipe, RunOutcome } from '@radiolect/learning';
import {
  chooseDevice,
  devices,
  gridOfRecipe,
  inFold,
  overrideRecipe,
  trainModel,
  watchRunFolder,
  watchTogether,
} from '@radiolect/learning';
import {
  datasetInputs,
  datasetStatements,
  FolderRun,
  readExamples,
  readPretrained,
  readRecipe,
} from '@radiolect/learning/node';
import { progressWriter } from '@radiolect/reading-room';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ClusterOptions, clusterOnly, withClusterOptions } from '../cluster/cluster-options.ts';
import { trainOnCluster } from '../cluster/train-on-cluster.ts';
import type { GlobalOptions } from '../main.ts';
import { trainOnPictures } from '../train-on-pictures.ts';
import { trainingProgress } from '../training-progress.ts';
import { wholeNumberFrom } from '../whole-number.ts';

interface TrainOptions extends GlobalOptions, ClusterOptions {
  readonly dataset: string;
  readonly out: string;
  readonly resume: boolean;
  readonly device: Device | 'auto';
  readonly threads: number;
  readonly pretrained?: string;
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
  .addOption(new Option('--device <device>', 'where to compute').choices([...devices, 'auto']).default('cpu'))
  .option(
    '--threads <n>',
    'threads on the CPU; the same number gives the same bits',
    wholeNumberFrom(1),
    availableParallelism(),
  )
  .option(
    '--pretrained <path>',
    'weights for the backbone to begin with: a pretraining run, or a .safetensors file or folder of transformers or timm',
  )
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
Writes checkpoint.safetensors, metrics.jsonl, steps.jsonl, curves.svg, a page to look at (run.html) and TensorBoard
event files as it goes, and model.onnx, operating-points.json and manifest.json when it ends. A run that was killed or interrupted (Ctrl-C) goes on with --resume, to the same result.
Prepared pictures are kept in <dataset>/inputs.

Examples:
  radiolect train bone-scan --dataset dataset --out runs/first
  radiolect train bone-scan --dataset dataset --out runs/first --resume
  radiolect train bone-scan --dataset dataset --out runs/second --device auto
  radiolect train pretrain-masked-autoencoder --dataset dataset --out runs/pretrained
  radiolect train my-classifier.ts --dataset dataset --out runs/tuned --pretrained runs/pretrained
  tensorboard --logdir runs
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
  const { dataset, out, resume } = options;
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
  const now = (): number => performance.now();
  const progress = trainingProgress();
  const context = {
    now,
    provider: await deviceOf(options.device),
    threads: options.threads,
    ...(options.pretrained ? { pretrained: await readPretrained(resolve(options.pretrained), recipe) } : {}),
    signal: stop.signal,
    overlapped: true,
    watcher: watchTogether(
      progress,
      progressWriter(resolve(out), now),
      watchRunFolder(run, { wallClock: Date.now, siteName: await siteNames(options.pack) }),
    ),
  };
  const running = dataset.endsWith('.npz')
    ? trainOnPictures(recipe, resolve(dataset), run, context)
    : trainOnStudies(recipe, resolve(dataset), run, options, context);
  const result = await running.finally(() => progress.close());
  process.off('SIGINT', onInterrupt);
  process.off('SIGTERM', onInterrupt);
  if (!result.finished) process.exitCode = 1;
  const best = result.history[result.bestEpoch - 1];
  process.stdout.write(
    `${JSON.stringify({ finished: result.finished, epochs: result.history.length, bestEpoch: result.bestEpoch, ...best?.measures })}\n`,
  );
}

async function trainOnStudies(
  recipe: Recipe,
  dataset: string,
  run: FolderRun,
  { pack, fold: held }: TrainOptions,
  context: ClassifierContext,
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

/** The device asked for, said on stderr where `auto` chose it. */
async function deviceOf(wanted: TrainOptions['device']): Promise<Device> {
  const { device, passedOver } = await chooseDevice(wanted, () => performance.now());
  for (const { device: other, reason } of passedOver) process.stderr.write(`not on ${other}: ${reason}\n`);
  return device;
}

/** What the page calls a site, as the pack names it. */
async function siteNames(pack: string): Promise<(site: string) => AnatomicSite['names'] | undefined> {
  const { sites } = await readPack(pack);
  const names = new Map(sites.map((site) => [site.id, site.names]));
  return (site) => names.get(site);
}

function recipeFile(name: string): string {
  if (existsSync(name)) return resolve(name);
  const shipped = fileURLToPath(new URL(`../../../../recipes/${name}.ts`, import.meta.url));
  if (existsSync(shipped)) return shipped;
  throw new Error(`there is no recipe "${name}": name a file, or one of recipes/ without its ending`);
}
