import type { Dirent } from 'node:fs';
import { opendir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Source } from '../study.ts';

/** Names that never are scans: the index of a DICOM medium, and what operating systems leave in folders. */
const ignored = /^(DICOMDIR|\.DS_Store|Thumbs\.db|desktop\.ini)$|^\._/i;

/**
 * Every file below the given files and folders, in the order of their names, one at a time, so that an archive of any
 * size can be read. DICOMDIR and hidden folders are left out; links are followed for the paths given, not below them.
 * A path that does not exist becomes a source whose `open` fails, so that it is refused like any unreadable file.
 */
export async function* folderSources(paths: Iterable<string>): AsyncIterable<Source> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) yield* below(path);
    else if (!ignored.test(basename(path))) yield fileSource(path, found?.size);
  }
}

async function* below(folder: string): AsyncIterable<Source> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(folder)) entries.push(entry);
  } catch (error) {
    // A folder that may not be read is one refusal among the others, not the end of the import.
    yield { name: folder, open: () => Promise.reject(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* below(path);
    else if (entry.isFile() && !ignored.test(entry.name))
      yield fileSource(path, (await stat(path).catch(() => undefined))?.size);
  }
}

/** One file as a source. The name is its path. */
export function fileSource(path: string, size?: number): Source {
  return {
    name: path,
    ...(size === undefined ? {} : { size }),
    open: async () => new Uint8Array(await readFile(path)),
  };
}
