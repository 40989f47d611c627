import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImportLlama } from '../llama/llama-backend.ts';

/** Imports `node-llama-cpp` from a folder that it was installed into (`npm install --prefix FOLDER …`). */
export const importLlamaFrom =
  (folder: string): ImportLlama =>
  async () => {
    const entry = createRequire(join(folder, 'node_modules', 'from-here.js')).resolve('node-llama-cpp');
    return (await import(pathToFileURL(entry).href)) as unknown;
  };
