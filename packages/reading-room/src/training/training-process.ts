import { readPack } from '@radiolect/findings/node';
import type { RunWatcher } from '@radiolect/learning';
import { gridOfRecipe, trainModel, watchRunFolder, watchTogether } from '@radiolect/learning';
import { datasetInputs, FolderRun, readExamples, readRecipe } from '@radiolect/learning/node';
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
  const run = new FolderRun(told.run);
  const result = await trainModel(recipe, readExamples(told.dataset), run, {
    atlas,
    labelSpace,
    inputs: datasetInputs(told.dataset, atlas, gridOfRecipe(recipe)),
    now: () => performance.now(),
    signal: stop.signal,
    watcher: watchTogether(teller(), watchRunFolder(run, { wallClock: Date.now })),
  });
  return result.finished;
}

/** Tells how the run stands: often enough to look alive, seldom enough for a small model's many steps a second. */
function teller(): RunWatcher {
  let steps = 0;
  let validated: { validationLoss?: number } = {};
  return {
    onStart(start) {
      steps = start.steps;
    },
    onEpoch(history) {
      const loss = history.at(-1)?.validationLoss;
      validated = typeof loss === 'number' ? { validationLoss: loss } : {};
    },
    onStep({ step, epoch, loss, imagesPerSecond, secondsLeft }) {
      if (performance.now() - toldAt < tellEveryMs && step < steps) return;
      toldAt = performance.now();
      tell({ kind: 'progress', progress: { step, steps, epoch, loss, imagesPerSecond, secondsLeft, ...validated } });
    },
  };
}
