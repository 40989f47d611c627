import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodePng, readInstance } from '@radiolect/dicom';
import { fileSource } from '@radiolect/dicom/node';
import { readPack } from '@radiolect/findings/node';
import type { Example, Recipe, StudyViews } from '@radiolect/learning';
import { createWarpEstimator, modelInput, readingGrid, trainModel } from '@radiolect/learning';
import { FolderInputCache, FolderRun } from '@radiolect/learning/node';
import type { FromTraining, ToTraining } from './training-messages.ts';

// A training runs in a process of its own, so that the reading room stays quick and a crash takes nothing with it. It is
// told what to do by message, tells its progress by message, and stops at a checkpoint when its parent goes away.

const stop = new AbortController();
const tell = (message: FromTraining): void => {
  process.send?.(message);
};
process.on('disconnect', () => stop.abort());
process.on('SIGTERM', () => stop.abort());
process.on('message', (message: ToTraining) => {
  if (message.kind === 'stop') stop.abort();
  else
    train(message)
      .then(
        (finished) => tell({ kind: 'ended', finished }),
        (error: unknown) => tell({ kind: 'failed', rule: (error as Error).message.slice(0, 300) }),
      )
      .finally(() => process.disconnect?.());
});

async function train({
  recipeFile,
  dataset,
  run,
  packFolder,
}: Extract<ToTraining, { kind: 'train' }>): Promise<boolean> {
  const pack = await readPack(packFolder);
  if (!pack.atlas) throw new Error(`the pack ${pack.name} has no atlas`);
  const { atlas } = pack;
  const recipe = await recipeOf(recipeFile);
  const grid = readingGrid(atlas, recipe.windows.rows, recipe.windows.columns);
  const estimator = createWarpEstimator(atlas);
  const cache = new FolderInputCache(join(run, 'inputs'));
  const result = await trainModel(recipe, examplesOf(dataset), new FolderRun(run), {
    atlas,
    labelSpace: pack.labelSpace,
    inputs: async (example) => {
      const known = await cache.get(example.studyKey);
      if (known) return known;
      const pictures = await picturesOf(dataset, example);
      const warps = Object.fromEntries(
        Object.entries(pictures).flatMap(([view, picture]) => {
          const estimate = estimator.estimate(picture, view as keyof StudyViews);
          return estimate ? [[view, estimate.warp]] : [];
        }),
      );
      const input = modelInput(pictures, warps, grid);
      await cache.put(example.studyKey, input);
      return input;
    },
    now: () => performance.now(),
    signal: stop.signal,
    onProgress: ({ latest, ...progress }) =>
      tell({
        kind: 'progress',
        progress: { ...progress, ...(latest ? { validationLoss: latest.validationLoss } : {}) },
      }),
  });
  return result.finished;
}

/** The one recipe that a recipe file exports. */
async function recipeOf(file: string): Promise<Recipe> {
  const exported: unknown = await import(file);
  const recipe = Object.values(exported as Record<string, Recipe | undefined>).find(
    (value) => typeof value === 'object' && typeof value.optimizer === 'object' && typeof value.batchSize === 'number',
  );
  if (!recipe) throw new Error(`${file} exports no recipe`);
  return recipe;
}

async function* examplesOf(dataset: string): AsyncIterable<Example> {
  const lines = createInterface({ input: createReadStream(join(dataset, 'examples.jsonl')) });
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as Example;
}

async function picturesOf(dataset: string, example: Example): Promise<StudyViews> {
  const pictures: Record<string, Awaited<ReturnType<typeof decodePng>>> = {};
  for (const [view, reference] of Object.entries(example.views)) {
    const source = fileSource(join(dataset, reference.file));
    if (reference.file.endsWith('.png')) pictures[view] = decodePng(await source.open());
    else {
      const { instance } = await readInstance(source);
      const frame = instance.frames.find(({ number }) => number === reference.frame);
      if (frame) pictures[view] = await frame.decode();
    }
  }
  return pictures;
}
