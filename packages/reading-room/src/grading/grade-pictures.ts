import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Estimate } from '@radiolect/evaluation';
import { auroc, bootstrap, rank } from '@radiolect/evaluation';
import type { Classifier, Split } from '@radiolect/learning';
import { loadClassifier, plainPictures } from '@radiolect/learning';
import { readLabelledNpz, readModelFolder } from '@radiolect/learning/node';
import { RefusedError } from '../errors.ts';

/** How a classifier reads the labelled pictures of a file. */
export interface PictureResult {
  readonly n: number;
  readonly split: Split;
  /** Of each output where there are several. */
  readonly positives: readonly number[];
  /** Mean over the outputs. */
  readonly auroc: Estimate;
  /**
   * Share of right calls: at the thresholds chosen in validation, or of the most probable class where a picture has one
   * of several; over pictures and outputs.
   */
  readonly accuracy: Estimate;
  /** Of one output alone: shares of the positive and of the negative pictures that are called rightly. */
  readonly sensitivity?: Estimate;
  readonly specificity?: Estimate;
  readonly models: readonly string[];
}

export interface PictureGradingOptions {
  /** The split that is read; the test pictures where the file has them, else validation, if left out. */
  readonly split?: Split;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads the pictures of an `.npz` file of MedMNIST form with one classifier, or several that read as one (the mean of
 * their probabilities and thresholds). 95 % intervals: bootstrap over pictures. Throws InvalidNpzError,
 * InvalidModelError, and RefusedError where the file does not hold the split or the model knows other labels.
 */
export async function gradePictures(
  file: string,
  models: readonly string[],
  { split: asked, onProgress, signal }: PictureGradingOptions = {},
): Promise<PictureResult> {
  const data = await readLabelledNpz(file, asked ? [asked] : ['test', 'validation']);
  const split = asked ?? (data.splits.test ? 'test' : 'validation');
  const folders = (await Promise.all(models.map(membersOf))).flat();
  const readers = await Promise.all(folders.map(async (folder) => loadClassifier(await readModelFolder(folder))));
  try {
    const outputs = data.outputs.length;
    for (const [index, { manifest }] of readers.entries())
      if (manifest.outputs.length !== outputs)
        throw new RefusedError(
          `${folders[index]} has ${manifest.outputs.length} outputs, and the file ${outputs} labels`,
          'evaluate it on the data that it was made for',
        );
    const source = plainPictures(data, [data.rows, data.columns], {
      mirror: 0,
      shift: 0,
      gain: 0,
      thinning: 1,
      viewDropout: 0,
    });
    const examples = source.examples[split];
    const probabilities: Float64Array[] = [];
    for (const [done, example] of examples.entries()) {
      signal?.throwIfAborted();
      onProgress?.(done, examples.length);
      const read: Float64Array[] = [];
      for (const reader of readers) read.push(await reader.read(source, example));
      probabilities.push(Float64Array.from(read[0]!, (_, output) => mean(read.map((one) => one[output]!))));
    }
    onProgress?.(examples.length, examples.length);
    const truth = examples.map(({ states }) => states.map((state) => state === 'present'));
    const thresholds = data.outputs.map((_, output) => mean(readers.map((reader) => reader.thresholds[output]!)));
    return { split, models: folders, ...figures(probabilities, truth, thresholds, data.task === 'multi-class') };
  } finally {
    await Promise.all(readers.map((reader: Classifier) => reader.dispose()));
  }
}

/** A model folder, or the model folders in it: an ensemble that is kept together. */
async function membersOf(folder: string): Promise<string[]> {
  const isModel = async (path: string): Promise<boolean> =>
    (await stat(join(path, 'model.onnx')).catch(() => undefined)) !== undefined;
  if (await isModel(folder)) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const members: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (entry.isDirectory() && (await isModel(join(folder, entry.name)))) members.push(join(folder, entry.name));
  // A folder without any is named by the reader that misses its files.
  return members.length > 0 ? members : [folder];
}

/** Exported for its test. `probabilities` and `truth` are (n, K). */
export function figures(
  probabilities: readonly ArrayLike<number>[],
  truth: readonly (readonly boolean[])[],
  thresholds: readonly number[],
  oneOfSeveral: boolean,
): Omit<PictureResult, 'split' | 'models'> {
  const n = truth.length;
  const ranked = thresholds.map((_, output) =>
    rank(
      probabilities.map((row) => row[output]!),
      truth.map((row) => row[output]!),
    ),
  );
  const calls = probabilities.map((row) =>
    oneOfSeveral ? thresholds.map((_, k) => k === largest(row)) : thresholds.map((least, k) => row[k]! >= least),
  );
  const right = calls.map((row, index) =>
    oneOfSeveral
      ? Number(truth[index]![row.indexOf(true)])
      : mean(row.map((call, output) => Number(call === truth[index]![output]))),
  );
  const share = (of: (index: number) => boolean): Estimate =>
    bootstrap(n, (weights) => {
      let sum = 0;
      let count = 0;
      for (let index = 0; index < n; index++) {
        if (!of(index)) continue;
        sum += weights[index]! * right[index]!;
        count += weights[index]!;
      }
      return sum / count;
    });
  return {
    n,
    positives: thresholds.map((_, output) => truth.filter((row) => row[output]).length),
    auroc: bootstrap(n, (weights) => {
      const areas = ranked.map((one) => auroc(one, weights)).filter((area) => !Number.isNaN(area));
      return mean(areas);
    }),
    accuracy: share(() => true),
    ...(thresholds.length === 1
      ? { sensitivity: share((index) => truth[index]![0]!), specificity: share((index) => !truth[index]![0]!) }
      : {}),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index;
  return best;
}
