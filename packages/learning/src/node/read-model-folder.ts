import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidModelError } from '../errors.ts';
import type { ModelFiles } from '../model-files.ts';
import { modelFileNames } from '../model-files.ts';

/** The files of a model folder, for `loadModel`. Throws InvalidModelError naming a file that is missing. */
export async function readModelFolder(folder: string): Promise<ModelFiles> {
  const entries = await Promise.all(
    modelFileNames.map(async (name) => {
      try {
        return [name, new Uint8Array(await readFile(join(folder, name)))] as const;
      } catch (cause) {
        throw new InvalidModelError(name, `cannot be read in ${folder}: ${(cause as Error).message}`);
      }
    }),
  );
  return Object.fromEntries(entries) as ModelFiles;
}
