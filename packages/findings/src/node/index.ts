import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../index.ts';
import { parsePack } from '../index.ts';

export type { RefusedCdeFile } from './read-cde-sets.ts';
export { readCdeSet, readCdeSets } from './read-cde-sets.ts';

/** The folder of a pack that is shipped with the repository. */
export const shippedPackFolder = (name: string): string =>
  fileURLToPath(new URL(`../../../../packs/${name}`, import.meta.url));

/** The names of all packs that are shipped with the repository, in alphabetical order. */
export async function shippedPacks(): Promise<readonly string[]> {
  const entries = await readdir(shippedPackFolder('.'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every file below a pack's folder as UTF-8 text, by path inside the pack. Throws the file system's error. */
export async function readPackFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const inside = relative(folder, path);
    files.set(inside.split(sep).join('/'), await readFile(path, 'utf8'));
  }
  return files;
}

/**
 * Reads a pack from a folder, or by the name of a shipped one ("bone-scan"). Throws the file system's error where the
 * folder is missing, InvalidPackError where its form is broken.
 */
export async function readPack(nameOrFolder: string): Promise<Pack> {
  const folder = /[\\/]/.test(nameOrFolder) ? nameOrFolder : shippedPackFolder(nameOrFolder);
  return parsePack(basename(resolve(folder)), await readPackFiles(folder));
}
