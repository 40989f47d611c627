import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFolder } from '../training/run-folder.ts';

/** A run in a folder. Files are written beside their place and moved there, which a kill cannot interrupt halfway. */
export class FolderRun implements RunFolder {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }
  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, name));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
  }
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, name);
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  }
  async append(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await appendFile(join(this.#folder, name), bytes);
  }
}
