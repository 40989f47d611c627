import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import type { RunWatcher } from '@radiolect/learning';
import { gridOfRecipe, trainModel } from '@radiolect/learning';
import { datasetInputs, FolderRun, readExamples, readRecipe } from '@radiolect/learning/node';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';

const devices = ['cpu', 'webgpu', 'cuda'] as const;

interface TrainOptions extends GlobalOptions {
  readonly dataset: string;
  readonly out: string;
  readonly resume: boolean;
  readonly device: (typeof devices)[number];
}

export const train = new Command('train')
  .description('Trains a model with a recipe on a dataset; the run folder is a model folder when it ends.')
  .argument('<recipe>', 'a recipe file, or the name of one in recipes/')
  .requiredOption('--dataset <folder>', 'a folder that radiolect dataset made')
  .requiredOption('--out <folder>', 'the run folder')
  .option('--resume', 'go on with the run that the folder holds', false)
  .addOption(new Option('--device <device>', 'where to compute').choices(devices).default('cpu'))
  .addHelpText(
    'after',
    `
Writes checkpoint.safetensors, metrics.jsonl and curves.svg as it goes, and model.onnx, operating-points.json and
manifest.json when it ends. A run that was killed or interrupted (Ctrl-C) goes on with --resume, to the same result.
Prepared pictures are kept in <dataset>/inputs.

Examples:
  radiolect train bone-scan --dataset dataset --out runs/first
  radiolect train bone-scan --dataset dataset --out runs/first --resume`,
  )
  .action(async (recipe: string, _options: unknown, command: Command) => {
    await trainRecipe(recipe, command.optsWithGlobals<TrainOptions>());
  });

async function trainRecipe(name: string, { dataset, out, resume, device, pack }: TrainOptions): Promise<void> {
  const { atlas, labelSpace, name: packName } = await readPack(pack);
  if (!atlas) throw new Error(`the pack ${packName} has no atlas, and this model reads by one`);
  const run = new FolderRun(resolve(out));
  if (!resume && (await run.read('checkpoint.safetensors')))
    throw new Error(`${out} holds a run already: go on with --resume, or name another folder`);
  const recipe = await readRecipe(recipeFile(name));
  const stop = new AbortController();
  const onInterrupt = (): void => {
    process.stderr.write('\nstopping at this step; --resume goes on\n');
    stop.abort();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const result = await trainModel(recipe, readExamples(resolve(dataset)), run, {
    atlas,
    labelSpace,
    inputs: datasetInputs(resolve(dataset), atlas, gridOfRecipe(recipe)),
    now: () => performance.now(),
    provider: device,
    signal: stop.signal,
    watcher: progressLines(),
  });
  process.off('SIGINT', onInterrupt);
  process.off('SIGTERM', onInterrupt);
  if (!result.finished) process.exitCode = 1;
  const best = result.history[result.bestEpoch - 1];
  if (result.stopped) process.stderr.write(`stopped: ${result.stopped}\n`);
  process.stdout.write(
    `${JSON.stringify({ finished: result.finished, epochs: result.history.length, bestEpoch: result.bestEpoch, ...best?.measures })}\n`,
  );
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
