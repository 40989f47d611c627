import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobFolder } from '@radiolect/reading-room';
import { followJob, gatherResults, resultsTable, Slurm } from '@radiolect/reading-room';
import { interruption } from '../surroundings.ts';
import { jobLines } from './job-lines.ts';

interface Following {
  readonly everySeconds: number;
  /** Tasks that were given up or cancelled are tried again. */
  readonly again: boolean;
  readonly json: boolean;
}

/**
 * Follows a job to its end, leaves `results.json` and `results.md` in its folder, and prints one of them. Leaves with 1
 * where a task was given up, each named on stderr with its log. An interruption leaves the job alone.
 */
export async function followOnCluster(folder: JobFolder, { everySeconds, again, json }: Following): Promise<void> {
  const lines = jobLines();
  const signal = interruption();
  const statuses = await followJob(folder, new Slurm(), {
    now: () => new Date(),
    everyMs: everySeconds * 1000,
    again,
    signal,
    onLook: (now) => lines.show(now),
    onTrouble: (problem) => lines.say(`Slurm did not answer, asking again: ${problem}`),
  }).finally(() => lines.end());
  if (statuses.some(({ record }) => record.settled === undefined)) {
    process.stderr.write(`the job goes on by itself; follow it again with: radiolect cluster follow ${folder.path}\n`);
    process.exitCode = 1;
    return;
  }
  const results = await gatherResults(folder);
  const text = JSON.stringify(results, null, 2);
  await writeFile(join(folder.path, 'results.json'), `${text}\n`);
  await writeFile(join(folder.path, 'results.md'), `${resultsTable(results)}\n`);
  for (const { name, reason, log } of results.failed)
    process.stderr.write(`radiolect train: ${name} is not finished: ${reason}; its log is ${log}\n`);
  if (results.failed.length > 0) process.exitCode = 1;
  process.stdout.write(`${json ? text : resultsTable(results)}\n`);
}
