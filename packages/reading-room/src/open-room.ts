import type { Pack } from '@radiolect/findings';
import { createDrafter, createReportChecker, createRuleReader } from '@radiolect/reports';
import type { LanguageModelLoans } from './language-models/language-models.ts';
import { openLanguageModels } from './language-models/language-models.ts';
import { openModels } from './reading/open-models.ts';
import type { Room } from './room.ts';
import { openStore } from './store/open-store.ts';

export interface OpenRoomOptions {
  readonly dataFolder: string;
  /** Any PostgreSQL from 15 on; the embedded one where it is left out. */
  readonly databaseUrl?: string | undefined;
  readonly pack: Pack;
  /** Where the shipped models lie; without it there are only models that were trained here. */
  readonly modelsFolder?: string | undefined;
  readonly now: () => Date;
  /** What language models need from outside; a bare network and clock where left out. */
  readonly languageModelLoans?: LanguageModelLoans | undefined;
}

/** Opens the reading room of a data folder. Close its store when done. Throws StoreUnavailableError, InvalidPackError. */
export async function openRoom({ pack, modelsFolder, languageModelLoans, ...options }: OpenRoomOptions): Promise<Room> {
  const reader = createRuleReader(pack);
  const drafter = createDrafter(pack);
  const checks = pack.files.has('checks.json') ? { checker: createReportChecker(pack) } : {};
  const models = await openModels(pack, modelsFolder);
  const languageModels = openLanguageModels(
    options.dataFolder,
    languageModelLoans ?? { fetch, now: () => options.now().getTime() },
  );
  return { store: await openStore(options), pack, reader, drafter, ...checks, models, languageModels };
}
