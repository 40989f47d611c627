import { argv, stdout } from 'node:process';
import { drawnPictures, pictureRecipe } from '../drawn-pictures.fixture.ts';
import { drawnTraining, recipe, stream } from '../drawn-studies.fixture.ts';
import { trainModel } from '../train.ts';
import { trainClassifier } from '../training/classifier-task.ts';
import { FolderRun } from './folder-run.ts';

// A program for `folder-run.test.ts`: trains a "site-reader" or a "classifier" into the folder it is given, going on
// where that folder left off, and says every step that is done.

const [, , kind, folder] = argv;
const run = new FolderRun(folder!);
const watcher = { onStep: ({ step }: { readonly step: number }) => void stdout.write(`${step}\n`) };
const lasting = { epochs: 9, patience: 9, microBatches: 2, checkpointEverySteps: 2 };

if (kind === 'classifier')
  await trainClassifier({ ...pictureRecipe, ...lasting }, drawnPictures(48), run, {
    now: () => 0,
    threads: 1,
    watcher,
  });
else {
  const { examples, context } = await drawnTraining(22);
  await trainModel({ ...recipe, ...lasting }, stream(examples), run, { ...context, watcher });
}
