import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GreyImage } from '@radiolect/dicom';
import { decodePng, readInstance } from '@radiolect/dicom';
import { fileSource } from '@radiolect/dicom/node';
import type { Atlas, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import { UnusableDatasetError } from '../errors.ts';
import type { Example, ViewReference } from '../example.ts';
import type { ModelInput, StudyViews } from '../input/model-input.ts';
import { modelInput } from '../input/model-input.ts';
import type { GridSize } from '../input/reading-grid.ts';
import { readingGrid, usualGrid } from '../input/reading-grid.ts';
import { createWarpEstimator } from '../warp/warp-estimator.ts';
import { estimateWarps } from '../warps-of-study.ts';
import { FolderInputCache } from './folder-input-cache.ts';

/** The examples of a dataset folder, in the order of its `examples.jsonl`. */
export async function* readExamples(folder: string): AsyncIterable<Example> {
  const lines = createInterface({ input: createReadStream(join(folder, 'examples.jsonl')) });
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as Example;
}

/** The pictures that an example refers to. Throws UnusableDatasetError where a frame is not in its file. */
export async function readPictures(folder: string, { studyKey, views: references }: Example): Promise<StudyViews> {
  const pictures: Partial<Record<View, GreyImage>> = {};
  for (const view of views) {
    const reference = references[view];
    if (reference) pictures[view] = await readPicture(folder, reference, studyKey);
  }
  return pictures;
}

async function readPicture(folder: string, { file, frame }: ViewReference, studyKey: string): Promise<GreyImage> {
  const source = fileSource(join(folder, file));
  if (file.endsWith('.png')) return decodePng(await source.open());
  const { instance } = await readInstance(source);
  const found = instance.frames.find(({ number }) => number === frame);
  if (!found)
    throw new UnusableDatasetError(`study ${studyKey} refers to frame ${frame} of ${file}`, 'Make the data set again.');
  return found.decode();
}

/**
 * Prepared inputs of a dataset's examples on a reading grid: from the folder `inputs` in the dataset (one of its own for
 * each other grid), else decoded, warped, and put there.
 */
export function datasetInputs(
  folder: string,
  atlas: Atlas,
  { rows, columns }: GridSize = usualGrid,
): (example: Example) => Promise<ModelInput> {
  const usual = rows === usualGrid.rows && columns === usualGrid.columns;
  const cache = new FolderInputCache(join(folder, usual ? 'inputs' : `inputs-${rows}x${columns}`));
  const grid = readingGrid(atlas, rows, columns);
  const estimator = createWarpEstimator(atlas);
  return async (example) => {
    const known = await cache.get(example.studyKey);
    if (known) return known;
    const pictures = await readPictures(folder, example);
    const input = modelInput(pictures, estimateWarps(estimator, pictures), grid, example.regions);
    await cache.put(example.studyKey, input);
    return input;
  };
}
