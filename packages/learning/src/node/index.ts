export { datasetInputs, readExamples, readPictures } from './dataset-folder.ts';
export { FolderInputCache } from './folder-input-cache.ts';
export { FolderRun } from './folder-run.ts';
export type { NpzArray } from './npz-file.ts';
export { InvalidNpzError, readNpz } from './npz-file.ts';
export { readLocaliserFolder, readModelFolder } from './read-model-folder.ts';
export { readPretrained } from './read-pretrained.ts';
export { readRecipe } from './recipe-file.ts';
