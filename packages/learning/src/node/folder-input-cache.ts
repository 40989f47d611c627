import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputCache } from '../input/input-cache.ts';
import { decodeInput, encodeInput } from '../input/input-cache.ts';
import type { ModelInput } from '../input/model-input.ts';

/** One file a study; names are study keys, which are free of patient data. */
export class FolderInputCache implements InputCache {
  readonly #folder: string;
  #made = false;
  constructor(folder: string) {
    this.#folder = folder;
  }
  async get(studyKey: string): Promise<ModelInput | undefined> {
    try {
      return decodeInput(await readFile(this.#path(studyKey)));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
  }
  async put(studyKey: string, input: ModelInput): Promise<void> {
    if (!this.#made) await mkdir(this.#folder, { recursive: true });
    this.#made = true;
    const path = this.#path(studyKey);
    // Several runs may prepare the same study at the same time, on several computers.
    const part = `${path}.${randomUUID()}.part`;
    await writeFile(part, encodeInput(input));
    await rename(part, path);
  }
  #path(studyKey: string): string {
    return join(this.#folder, `${studyKey}.input`);
  }
}
