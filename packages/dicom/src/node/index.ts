export { fileSource, folderSources } from './folder-sources.ts';
