import { join } from 'node:path';
import type {
  LanguageModelConfiguration,
  LanguageModelSurroundings,
  OpenLanguageModel,
} from '@radiolect/language-models';
import { leavesComputer, openLanguageModel, patientTextBanner } from '@radiolect/language-models';
import { folderAnswerStore, readModelConfigurations } from '@radiolect/language-models/node';
import { NotFoundError } from '../errors.ts';

/** What is shown of a configured model. Keys and paths stay out of it. */
export interface LanguageModelCard {
  readonly name: string;
  readonly seesImages: boolean;
  /** Whether report text leaves this computer, and the line that says so. */
  readonly leavesComputer: boolean;
  readonly banner?: string;
}

/** The language models that the data folder's configuration names; the file is read anew each time. */
export interface LanguageModels {
  list(): Promise<readonly LanguageModelCard[]>;
  /** The model of that name, opened once and kept. Throws NotFoundError, InvalidModelConfigurationError. */
  open(name: string): Promise<OpenLanguageModel>;
  close(): Promise<void>;
}

/** What the apps lend: the network, a clock, keys from the environment, where llama.cpp is installed. */
export type LanguageModelLoans = Omit<LanguageModelSurroundings, 'answers'>;

/** Answers are kept in the data folder, so that nothing is asked twice. */
export function openLanguageModels(dataFolder: string, loans: LanguageModelLoans): LanguageModels {
  const opened = new Map<string, { readonly configured: string; readonly model: OpenLanguageModel }>();
  const answers = folderAnswerStore(join(dataFolder, 'language-model-answers'));
  return {
    list: async () => (await readModelConfigurations(dataFolder)).map(cardOf),
    async open(name) {
      const configuration = (await readModelConfigurations(dataFolder)).find((one) => one.name === name);
      if (!configuration) throw new NotFoundError('language model');
      const configured = JSON.stringify(configuration);
      const known = opened.get(name);
      if (known?.configured === configured) return known.model;
      const model = openLanguageModel(configuration, { ...loans, answers });
      opened.set(name, { configured, model });
      await known?.model.close();
      return model;
    },
    async close() {
      await Promise.all([...opened.values()].map(({ model }) => model.close()));
      opened.clear();
    },
  };
}

function cardOf(configuration: LanguageModelConfiguration): LanguageModelCard {
  const banner = patientTextBanner(configuration);
  return {
    name: configuration.name,
    seesImages: configuration.kind === 'openai-compatible' && configuration.seesImages,
    leavesComputer: leavesComputer(configuration),
    ...(banner === undefined ? {} : { banner }),
  };
}
