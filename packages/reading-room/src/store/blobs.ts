import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files that are named by the hash of what they hold: written once, whole or not at all. */
export interface Blobs {
  /** Writes the bytes so that they survive a crash, and gives their address. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws the file system's error where the address is unknown. */
  get(address: string): Promise<Uint8Array>;
}

/** Blobs in a folder, two characters of the address a level. */
export function folderBlobs(folder: string): Blobs {
  const pathOf = (address: string): string => join(folder, address.slice(0, 2), address);
  return {
    put: async (bytes) => {
      const address = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(address);
      const known = await stat(path).catch(() => undefined);
      if (known?.size === bytes.length) return address;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const partial = `${path}.${randomUUID()}`;
      try {
        const file = await open(partial, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
      return address;
    },
    get: (address) => readFile(pathOf(address)),
  };
}

/** A rename lasts only once its folder is on disk. Windows opens no folders and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
