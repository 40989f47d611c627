import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { dump } from 'npyjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLabelledNpz } from './labelled-npz.ts';
import { InvalidNpzError } from './npz-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-npz-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function npz(arrays: Record<string, readonly [Uint8Array, number[]]>): Promise<string> {
  const file = join(folder, 'pictures.npz');
  const members = Object.entries(arrays).map(([name, [values, shape]]) => [
    `${name}.npy`,
    new Uint8Array(dump(values, shape)),
  ]);
  await writeFile(file, zipSync(Object.fromEntries(members)));
  return file;
}
const pixels = (count: number): [Uint8Array, number[]] => [new Uint8Array(count * 4).fill(9), [count, 2, 2]];

test('one column of 0 and 1 is one output; only what is wanted is there', async () => {
  const file = await npz({
    train_images: pixels(3),
    train_labels: [Uint8Array.of(0, 1, 1), [3, 1]],
    val_images: pixels(2),
    val_labels: [Uint8Array.of(1, 0), [2]],
  });
  const read = await readLabelledNpz(file);
  expect(read).toMatchObject({ rows: 2, columns: 2, outputs: ['1'], task: 'binary' });
  expect([...read.splits.train!.labels]).toEqual([0, 1, 1]);
  expect([...read.splits.validation!.labels]).toEqual([1, 0]);
  expect(read.splits.test).toBeUndefined();
  expect(Object.keys((await readLabelledNpz(file, ['validation'])).splits)).toEqual(['validation']);
  await expect(readLabelledNpz(file, ['test'])).rejects.toThrow(/holds no test_images/);
});

test('class numbers become an output each, several columns stay', async () => {
  const classes = await readLabelledNpz(
    await npz({ test_images: pixels(3), test_labels: [Uint8Array.of(2, 0, 1), [3, 1]] }),
  );
  expect(classes).toMatchObject({ outputs: ['0', '1', '2'], task: 'multi-class' });
  expect([...classes.splits.test!.labels]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0]);
  const several = await readLabelledNpz(
    await npz({ test_images: pixels(2), test_labels: [Uint8Array.of(1, 1, 0, 0), [2, 2]] }),
  );
  expect(several).toMatchObject({ outputs: ['0', '1'], task: 'multi-label' });
  expect([...several.splits.test!.labels]).toEqual([1, 1, 0, 0]);
});

test.each([
  ['colours', { test_images: [new Uint8Array(24), [2, 2, 2, 3]], test_labels: [Uint8Array.of(0, 1), [2, 1]] }],
  ['no labels', { test_images: pixels(2) }],
  ['too few labels', { test_images: pixels(2), test_labels: [Uint8Array.of(1), [1, 1]] }],
] as const)('%s are refused', async (_what, arrays) => {
  const file = await npz(arrays as unknown as Parameters<typeof npz>[0]);
  await expect(readLabelledNpz(file)).rejects.toThrow(InvalidNpzError);
});
