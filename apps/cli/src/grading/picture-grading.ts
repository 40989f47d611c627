import type { PictureResult } from '@radiolect/reading-room';
import { gradePictures } from '@radiolect/reading-room';
import { progressLine } from '../progress-line.ts';
import { interruption } from '../surroundings.ts';
import { markdown } from './grading-table.ts';

/** The splits of an `.npz` file, by the names that it gives them. */
export const pictureSplits = { train: 'train', val: 'validation', test: 'test' } as const;

export async function gradePictureFile(
  file: string,
  models: readonly string[],
  split: keyof typeof pictureSplits | undefined,
): Promise<PictureResult> {
  const line = progressLine();
  const result = await gradePictures(file, models, {
    signal: interruption(),
    onProgress: (done, total) => line.show('graded', done, total),
    ...(split ? { split: pictureSplits[split] } : {}),
  });
  line.end();
  return result;
}

export function pictureTable({
  n,
  split,
  positives,
  auroc,
  accuracy,
  sensitivity,
  specificity,
}: PictureResult): string {
  const on = `${n} pictures of the ${split} split`;
  const several = positives.length > 1;
  return markdown([
    [several ? 'mean AUROC over labels' : 'AUROC', auroc, several ? on : `${positives[0]} positive of ${on}`],
    ['accuracy', accuracy, on],
    ...(sensitivity ? ([['sensitivity', sensitivity, `${positives[0]} positive`]] as const) : []),
    ...(specificity ? ([['specificity', specificity, `${n - positives[0]!} negative`]] as const) : []),
  ]);
}
