import { join, resolve } from 'node:path';
import type { OpenLanguageModel } from '@radiolect/language-models';
import { openLanguageModel, patientTextBanner } from '@radiolect/language-models';
import {
  folderAnswerStore,
  importLlamaFrom,
  modelsFile,
  readModelConfigurations,
} from '@radiolect/language-models/node';
import type { GlobalOptions } from './main.ts';

/**
 * Opens a model that the data folder's configuration names. Its answers are kept in the data folder. A model that is not
 * on this computer says so on stderr. Throws where no model has the name.
 */
export async function openNamedModel(name: string, { data }: Pick<GlobalOptions, 'data'>): Promise<OpenLanguageModel> {
  const folder = resolve(data);
  const configurations = await readModelConfigurations(folder);
  const configuration = configurations.find((one) => one.name === name);
  if (!configuration) {
    const known = configurations.map((one) => one.name).join(', ') || 'none';
    throw new Error(`${join(folder, modelsFile)} names no model "${name}" (it has: ${known}); docs/language-models.md`);
  }
  const banner = patientTextBanner(configuration);
  if (banner !== undefined) process.stderr.write(`${banner}\n`);
  const llama = process.env.RADIOLECT_LLAMA;
  return openLanguageModel(configuration, {
    fetch,
    now: () => performance.now(),
    key: (variable) => process.env[variable],
    answers: folderAnswerStore(join(folder, 'language-model-answers')),
    ...(llama ? { importLlama: importLlamaFrom(resolve(llama)) } : {}),
  });
}
