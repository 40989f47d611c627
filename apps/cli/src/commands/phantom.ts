import { resolve } from 'node:path';
import { readPack } from '@radiolect/findings/node';
import type { Mix } from '@radiolect/phantom';
import { mixes } from '@radiolect/phantom';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import type { MadeStudy, WorkerSettings } from '../phantom/make-studies.ts';
import { PhantomFolder } from '../phantom/phantom-folder.ts';
import { wholeNumberFrom } from '../whole-number.ts';
import { answersInOrder } from '../worker-threads.ts';

interface PhantomOptions extends GlobalOptions {
  readonly count: number;
  readonly seed: number;
  readonly out: string;
  readonly mix: Mix;
}

export const phantom = new Command('phantom')
  .description('Draws synthetic whole-body bone scans with reports, and the truth about both in a file of its own.')
  .requiredOption('--count <N>', 'how many studies', wholeNumberFrom(0))
  .requiredOption('--seed <S>', 'the same seed gives the same bytes; up to nine digits', wholeNumberFrom(0))
  .requiredOption('--out <folder>', 'where to; a run that was stopped goes on where it was')
  .addOption(new Option('--mix <mix>', 'how much disease').choices(mixes).default('training'))
  .addHelpText(
    'after',
    `
Writes manifest.json, dicom/<accession>.dcm, reports.jsonl and truth.jsonl. Give another program the folder without
truth.jsonl, and it learns from the reports alone.

Examples:
  radiolect phantom --count 200 --seed 7 --out phantoms
  radiolect phantom --count 500 --seed 8 --mix low --out screening
  radiolect import phantoms/dicom phantoms/reports.jsonl`,
  )
  .action(async (_options: unknown, command: Command) => {
    await makePhantoms(command.optsWithGlobals<PhantomOptions>());
  });

const drawingThread = new URL('../phantom/phantom-worker.mjs', import.meta.url);
/** A thread first prepares its body model: not worth it for a handful of studies. */
const fewestStudies = 4;

async function makePhantoms({ count, seed, out, mix, pack: packName }: PhantomOptions): Promise<void> {
  const { name, version } = await readPack(packName);
  const path = resolve(out);
  const folder = new PhantomFolder(path, { seed, mix, pack: { name, version } });
  const done = folder.open(count);
  if (done > 0) process.stderr.write(`${done} of ${count} studies are there already\n`);
  const bar = new SingleBar({
    format: 'phantoms {bar} {value}/{total}, {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: false,
  });
  bar.start(count, done);
  try {
    const settings: WorkerSettings = { seed, mix, pack: packName, out: path };
    const indices = Array.from({ length: count - done }, (_, i) => done + i);
    const take = (study: MadeStudy): void => {
      folder.add(study);
      bar.increment();
    };
    await answersInOrder(drawingThread, settings, indices, take, fewestStudies);
  } finally {
    bar.stop();
  }
  folder.close(count);
  process.stdout.write(`${count} studies in ${path}\n`);
}
