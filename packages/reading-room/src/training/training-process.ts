import { join } from 'node:path';
import { readPack } from '@radiolect/findings/node';
import { trainModel } from '@radiolect/learning';
import { datasetInputs, FolderInputCache, FolderRun, readExamples, readRecipe } from '@radiolect/learning/node';
import type { FromTraining, ToTraining } from './training-messages.ts';

// A training runs in a process of its own, so that the reading room stays quick and a crash takes nothing with it. It is
// told what to do by message, tells its progress by message, and stops at a checkpoint when its parent goes away.

const tellEveryMs = 300;
let toldAt = Number.NEGATIVE_INFINITY;
const stop = new AbortController();
const tell = (message: FromTraining): void => {
  // Whoever listened may be gone; the checkpoint is what counts.
  process.send?.(message, () => undefined);
};
process.on('disconnect', () => stop.abort());
process.on('SIGTERM', () => stop.abort());
// Ctrl-C in the terminal reaches the whole group; the parent decides.
process.on('SIGINT', () => undefined);
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

async function train(told: Extract<ToTraining, { kind: 'train' }>): Promise<boolean> {
  const { atlas, labelSpace, name } = await readPack(told.packFolder);
  if (!atlas) throw new Error(`the pack ${name} has no atlas, and this model reads by one`);
  const recipe = await readRecipe(told.recipeFile);
  const cache = new FolderInputCache(join(told.dataset, 'inputs'));
  const result = await trainModel(recipe, readExamples(told.dataset), new FolderRun(told.run), {
    atlas,
    labelSpace,
    inputs: datasetInputs(told.dataset, cache, atlas, recipe),
    now: () => performance.now(),
    signal: stop.signal,
    onProgress: ({ latest, ...progress }) => {
      // A small model takes many steps a second; each message becomes a row that is written.
      if (performance.now() - toldAt < tellEveryMs && progress.step < progress.steps) return;
      toldAt = performance.now();
      const validated = latest ? { validationLoss: latest.validationLoss } : {};
      tell({ kind: 'progress', progress: { ...progress, ...validated } });
    },
  });
  return result.finished;
}
