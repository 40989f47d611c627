import type { Split } from '../example.ts';
import type { LabelledPictures, LabelledSplit } from '../pictures/plain-pictures.ts';
import type { NpzArray } from './npz-file.ts';
import { InvalidNpzError, readNpz } from './npz-file.ts';

/** What the arrays of a split are called in the file (MedMNIST, Yang et al. 2023). */
const prefixes: Readonly<Record<Split, string>> = { train: 'train', validation: 'val', test: 'test' };

export interface LabelledNpz extends LabelledPictures {
  /** How labels are given: one of two classes, one of several, or any of several. */
  readonly task: 'binary' | 'multi-class' | 'multi-label';
}

/**
 * Pictures and labels of an `.npz` file of MedMNIST form: `train_images` (count, rows, columns) and `train_labels`
 * (count, labels), the same for `val` and `test`, whichever are there. One column of 0 and 1 is one output; one column
 * of class numbers an output for each class; several columns an output each. Only the splits in `wanted` are unpacked.
 * Throws InvalidNpzError.
 */
export async function readLabelledNpz(
  file: string,
  wanted: readonly Split[] = ['train', 'validation', 'test'],
): Promise<LabelledNpz> {
  const names = new Set(wanted.flatMap((split) => [`${prefixes[split]}_images`, `${prefixes[split]}_labels`]));
  const arrays = await readNpz(file, (name) => names.has(name));
  const found = wanted.filter((split) => arrays.has(`${prefixes[split]}_images`));
  if (found.length === 0)
    throw new InvalidNpzError(
      file,
      `holds no ${wanted.map((split) => `${prefixes[split]}_images`).join(', no ')}`,
      'name a file of MedMNIST form',
    );
  let size: readonly [number, number] | undefined;
  const raw = new Map<Split, { readonly images: NpzArray; readonly labels: NpzArray; readonly width: number }>();
  for (const split of found) {
    const images = arrays.get(`${prefixes[split]}_images`)!;
    const labels = arrays.get(`${prefixes[split]}_labels`);
    const fail = (problem: string, fix: string): never => {
      throw new InvalidNpzError(file, `${prefixes[split]}_${problem}`, fix);
    };
    const [count, rows, columns, ...rest] = images.shape as [number, number, number, ...number[]];
    if (images.shape.length < 3 || rest.some((extent) => extent !== 1))
      fail(`images are [${images.shape}]`, 'grey pictures of [count, rows, columns] are read; average the colours');
    if (size && (size[0] !== rows || size[1] !== columns)) fail('images have another size', 'make them one size');
    size = [rows, columns];
    if (!labels || labels.shape[0] !== count || labels.shape.length > 2)
      return fail(`labels are ${labels ? `[${labels.shape}]` : 'missing'} for ${count} images`, 'give one row each');
    raw.set(split, { images, labels, width: labels.shape[1] ?? 1 });
  }
  const width = Math.max(...[...raw.values()].map((one) => one.width));
  const classes = Math.max(...[...raw.values()].map(({ labels }) => largest(file, labels))) + 1;
  const task = width > 1 ? 'multi-label' : classes > 2 ? 'multi-class' : 'binary';
  if (task === 'multi-label' && classes > 2)
    throw new InvalidNpzError(file, `labels of ${width} columns reach ${classes - 1}`, 'several columns hold 0 and 1');
  const outputs =
    task === 'binary' ? ['1'] : Array.from({ length: task === 'multi-class' ? classes : width }, (_, k) => String(k));
  const splits: Partial<Record<Split, LabelledSplit>> = {};
  for (const [split, { images, labels }] of raw) {
    const count = images.shape[0]!;
    const given = new Uint8Array(count * outputs.length);
    for (let index = 0; index < count; index++)
      if (task === 'multi-class') given[index * outputs.length + labels.data[index]!] = 1;
      else
        for (let k = 0; k < outputs.length; k++)
          given[index * outputs.length + k] = labels.data[index * outputs.length + k]!;
    splits[split] = { count, pixels: images.data, labels: given };
  }
  return { rows: size![0], columns: size![1], outputs, splits, task };
}

function largest(file: string, { data }: NpzArray): number {
  let most = 0;
  for (const value of data) {
    if (!Number.isInteger(value) || value < 0)
      throw new InvalidNpzError(file, `a label is ${value}`, 'labels are whole numbers from 0');
    if (value > most) most = value;
  }
  return most;
}
