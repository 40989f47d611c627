import { join, resolve } from 'node:path';
import type { OpenLanguageModel } from '@radiolect/language-models';
import { modelsFile } from '@radiolect/language-models/node';
import { openLanguageModels } from '@radiolect/reading-room';
import type { GlobalOptions } from './main.ts';
import { languageModelLoans } from './surroundings.ts';

/**
 * Opens a model that the data folder's configuration names. Its answers are kept in the data folder. A model that is not
 * on this computer says so on stderr. Throws where no model has the name.
 */
export async function openNamedModel(name: string, { data }: Pick<GlobalOptions, 'data'>): Promise<OpenLanguageModel> {
  const folder = resolve(data);
  const models = openLanguageModels(folder, languageModelLoans);
  const cards = await models.list();
  const card = cards.find((one) => one.name === name);
  if (!card) {
    const known = cards.map((one) => one.name).join(', ') || 'none';
    throw new Error(`${join(folder, modelsFile)} names no model "${name}" (it has: ${known}); docs/language-models.md`);
  }
  if (card.banner !== undefined) process.stderr.write(`${card.banner}\n`);
  return await models.open(name);
}

/** The name of the one model that is configured. Throws where there are none or several. */
export async function onlyModelName({ data }: Pick<GlobalOptions, 'data'>): Promise<string> {
  const folder = resolve(data);
  const cards = await openLanguageModels(folder, languageModelLoans).list();
  const [only] = cards;
  if (only && cards.length === 1) return only.name;
  const known = cards.map((one) => one.name).join(', ') || 'none';
  throw new Error(`which language model? name it by --model (${join(folder, modelsFile)} has: ${known})`);
}
