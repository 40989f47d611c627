import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPack, shippedPackFolder } from '@radiolect/findings/node';
import { importLlamaFrom } from '@radiolect/language-models/node';
import type { LanguageModelLoans, Room, TrainingSurroundings } from '@radiolect/reading-room';
import { openRoom } from '@radiolect/reading-room';
import type { GlobalOptions } from './main.ts';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Where the shipped models lie. */
export const modelsFolder = inRepository('models');

/** The version in the root's package.json. */
export const version = (JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string }).version;

const llama = process.env.RADIOLECT_LLAMA;
/** What language models get from this program. `RADIOLECT_LLAMA` is the folder that node-llama-cpp was installed into. */
export const languageModelLoans: LanguageModelLoans = {
  fetch,
  now: () => performance.now(),
  key: (variable) => process.env[variable],
  ...(llama ? { importLlama: importLlamaFrom(resolve(llama)) } : {}),
};

/** Opens the reading room that the global options name; `DATABASE_URL` replaces the embedded server. */
export async function roomOf({ data, pack }: GlobalOptions): Promise<Room> {
  const databaseUrl = process.env.DATABASE_URL;
  return await openRoom({
    dataFolder: resolve(data),
    databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
    pack: await readPack(pack),
    modelsFolder,
    now: () => new Date(),
    languageModelLoans,
  });
}

/** What a training needs to know of this program. */
export const surroundingsOf = ({ pack }: GlobalOptions): TrainingSurroundings => ({
  recipesFolder: inRepository('recipes'),
  packFolder: /[\\/]/.test(pack) ? resolve(pack) : shippedPackFolder(pack),
});

/** Opens the room, works, and closes it whatever happens: the last process out stops the database. */
export async function withRoom<T>(options: GlobalOptions, work: (room: Room) => Promise<T>): Promise<T> {
  const room = await roomOf(options);
  try {
    return await work(room);
  } finally {
    await room.languageModels.close();
    await room.store.close();
  }
}

/** Aborts on Ctrl-C or a polite kill, so that work ends at a clean place; a second Ctrl-C ends it at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      controller.abort(new Error('interrupted'));
      process.once(signal, () => process.exit(130));
    });
  return controller.signal;
}
