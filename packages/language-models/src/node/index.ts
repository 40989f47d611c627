export { folderAnswerStore } from './folder-answer-store.ts';
export { importLlamaFrom } from './import-llama.ts';
export { modelsFile, readModelConfigurations } from './read-configurations.ts';
