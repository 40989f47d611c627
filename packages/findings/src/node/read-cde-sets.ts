import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CdeProblem, CdeSet } from '../index.ts';
import { parseCdeSet } from '../index.ts';

/** A file that could not be read as a set, and why. */
export interface RefusedCdeFile {
  readonly file: string;
  readonly reason: string;
}

/** Reads one set from a file. Throws NotACdeSetError, a SyntaxError for broken JSON, or the file system's error. */
export async function readCdeSet(
  file: string,
): Promise<{ readonly set: CdeSet; readonly problems: readonly CdeProblem[] }> {
  return parseCdeSet(JSON.parse(await readFile(file, 'utf8')));
}

/** All sets below a folder, in the order of their paths; a file that is none is named and the rest goes on. */
export async function readCdeSets(folder: string): Promise<{
  readonly sets: readonly CdeSet[];
  readonly problems: readonly CdeProblem[];
  readonly refused: readonly RefusedCdeFile[];
}> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const sets: CdeSet[] = [];
  const problems: CdeProblem[] = [];
  const refused: RefusedCdeFile[] = [];
  // In batches: thousands of open files at once meet the system's limit.
  for (let first = 0; first < files.length; first += 64) {
    const batch = files.slice(first, first + 64);
    const read = await Promise.allSettled(batch.map(readCdeSet));
    read.forEach((result, place) => {
      if (result.status === 'fulfilled') {
        sets.push(result.value.set);
        problems.push(...result.value.problems);
      } else refused.push({ file: batch[place]!, reason: (result.reason as Error).message });
    });
  }
  return { sets, problems, refused };
}
