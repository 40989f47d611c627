import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { LanguageModelConfiguration } from '../configuration.ts';
import { parseModelConfigurations } from '../configuration.ts';

/** The file of the data folder that names the language models. */
export const modelsFile = 'language-models.json';

/**
 * The language models of a data folder; none where the file is missing. Paths of GGUF files become absolute.
 * Throws InvalidModelConfigurationError.
 */
export async function readModelConfigurations(dataFolder: string): Promise<readonly LanguageModelConfiguration[]> {
  let text: string;
  try {
    text = await readFile(join(dataFolder, modelsFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return parseModelConfigurations(text).map((configuration) =>
    configuration.kind === 'gguf' && !isAbsolute(configuration.file)
      ? { ...configuration, file: join(dataFolder, configuration.file) }
      : configuration,
  );
}
