import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../index.ts';
import { parsePack } from '../index.ts';

export type { RefusedCdeFile } from './read-cde-sets.ts';
export { readCdeSet, readCdeSets } from './read-cde-sets.ts';

/** The folder of a pack that is shipped with the repository. */
export const shippedPackFolder = (name: string): string =>
  fileURLToPath(new URL(`../../../../packs/${name}`, import.meta.url));

/**
 * Reads a pack from a folder, or by the name of a shipped one ("bone-scan"). Every file below the folder is read as
 * UTF-8 text. Throws the file system's error where the folder is missing, InvalidPackError where its form is broken.
 */
export async function readPack(nameOrFolder: string): Promise<Pack> {
  const folder = /[\\/]/.test(nameOrFolder) ? nameOrFolder : shippedPackFolder(nameOrFolder);
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(
      path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      await readFile(path, 'utf8'),
    );
  }
  return parsePack(folder.split(/[\\/]/).at(-1) ?? nameOrFolder, files);
}
