import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidModelError } from '../errors.ts';
import type { LocaliserFiles } from '../localisation/localiser-files.ts';
import { localiserFileNames } from '../localisation/localiser-files.ts';
import type { ModelFiles } from '../model-files.ts';
import { modelFileNames } from '../model-files.ts';

/** The files of a model folder, for `loadModel`. Throws InvalidModelError naming a file that is missing. */
export const readModelFolder = (folder: string): Promise<ModelFiles> => filesOf(folder, modelFileNames);

/** The files of a localiser's folder, for `loadLocaliser`. Throws InvalidModelError naming a file that is missing. */
export const readLocaliserFolder = (folder: string): Promise<LocaliserFiles> => filesOf(folder, localiserFileNames);

/** One after the other, so that of several missing files it is always the first that is named. */
async function filesOf<Name extends string>(folder: string, names: readonly Name[]): Promise<Record<Name, Uint8Array>> {
  const files: [Name, Uint8Array][] = [];
  for (const name of names) {
    try {
      files.push([name, new Uint8Array(await readFile(join(folder, name)))]);
    } catch (cause) {
      throw new InvalidModelError(name, `cannot be read in ${folder}: ${(cause as Error).message}`);
    }
  }
  return Object.fromEntries(files) as Record<Name, Uint8Array>;
}
