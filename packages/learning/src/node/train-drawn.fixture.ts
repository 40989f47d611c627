import { argv } from 'node:process';
import { drawnTraining, recipe, stream } from '../drawn-studies.fixture.ts';
import { trainModel } from '../train.ts';
import { FolderRun } from './folder-run.ts';

// A program for `folder-run.test.ts`: trains into the folder it is given, going on where that folder left off.

const { examples, context } = await drawnTraining(32);
await trainModel(
  { ...recipe, epochs: 12, patience: 12, checkpointEverySteps: 1 },
  stream(examples),
  new FolderRun(argv[2]!),
  context,
);
