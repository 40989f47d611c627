export { FolderInputCache } from './folder-input-cache.ts';
export { FolderRun } from './folder-run.ts';
export { readModelFolder } from './read-model-folder.ts';
