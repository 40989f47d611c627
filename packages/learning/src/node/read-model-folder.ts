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

async function filesOf<Name extends string>(folder: string, names: readonly Name[]): Promise<Record<Name, Uint8Array>> {
  const entries = await Promise.all(
    names.map(async (name) => {
      try {
        return [name, new Uint8Array(await readFile(join(folder, name)))] as const;
      } catch (cause) {
        throw new InvalidModelError(name, `cannot be read in ${folder}: ${(cause as Error).message}`);
      }
    }),
  );
  return Object.fromEntries(entries) as Record<Name, Uint8Array>;
}
