import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readPack } from '@radiolect/findings/node';
import type { Mix } from '@radiolect/phantom';
import { mixes } from '@radiolect/phantom';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { GlobalOptions } from '../main.ts';
import type { MadeStudy, WorkerSettings } from '../phantom/make-studies.ts';
import { PhantomFolder } from '../phantom/phantom-folder.ts';
import { wholeNumberFrom } from '../whole-number.ts';

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
    await inOrder({ seed, mix, pack: packName, out: path }, done, count, (study) => {
      folder.add(study);
      bar.increment();
    });
  } finally {
    bar.stop();
  }
  folder.close(count);
  process.stdout.write(`${count} studies in ${path}\n`);
}

/** Makes studies `from` to below `to` on all cores and hands them over in order. */
async function inOrder(
  settings: WorkerSettings,
  from: number,
  to: number,
  take: (study: MadeStudy) => void,
): Promise<void> {
  // A thread needs seconds to prepare its body model: not worth it for a handful of studies.
  const count = Math.min(availableParallelism(), 8, Math.ceil((to - from) / 4));
  if (count <= 0) return;
  const waiting = new Map<number, MadeStudy>();
  let next = from;
  let taken = from;
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('../phantom/phantom-worker.mjs', import.meta.url), { workerData: settings }),
  );
  try {
    await new Promise<void>((finish, fail) => {
      const give = (worker: Worker) => {
        if (next < to) worker.postMessage(next++);
      };
      for (const worker of workers) {
        worker.on('error', fail);
        worker.on('exit', (code) => fail(new Error(`a drawing thread ended early, code ${code}`)));
        worker.on('message', (study: MadeStudy) => {
          waiting.set(study.index, study);
          for (let ready = waiting.get(taken); ready; ready = waiting.get(taken)) {
            take(ready);
            waiting.delete(taken++);
          }
          if (taken === to) finish();
          else give(worker);
        });
        give(worker);
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
