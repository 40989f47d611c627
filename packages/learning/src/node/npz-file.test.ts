import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { dump } from 'npyjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InvalidNpzError, readNpz } from './npz-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-npz-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function npz(members: Record<string, Uint8Array>): Promise<string> {
  const file = join(folder, 'arrays.npz');
  await writeFile(file, zipSync(members));
  return file;
}
const npy = (values: Parameters<typeof dump>[0], shape: number[]): Uint8Array => new Uint8Array(dump(values, shape));

/** As NumPy writes a header, for what the library does not write. */
function withHeader(descr: string, shape: string, bytes: Uint8Array, fortran = 'False'): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`.padEnd(117, ' ');
  const head = new TextEncoder().encode(`xNUMPY\u0001\u0000v\u0000${text}\n`);
  head[0] = 0x93;
  return new Uint8Array([...head, ...bytes]);
}

test('arrays come back with shape and values, and only those that are wanted', async () => {
  const file = await npz({
    'a.npy': npy(Uint8Array.of(1, 2, 3, 250, 5, 6), [2, 3]),
    'b.npy': npy(Float64Array.of(0.5, -1), [2]),
    'c.npy': npy(BigInt64Array.of(1n, -7n), [2, 1]),
    'd.npy': withHeader('|b1', '(3,)', Uint8Array.of(1, 0, 1)),
  });
  const arrays = await readNpz(file);
  expect(arrays.get('a')).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 250, 5, 6) });
  expect([...arrays.get('b')!.data]).toEqual([0.5, -1]);
  expect([...arrays.get('c')!.data]).toEqual([1, -7]);
  expect([...arrays.get('d')!.data]).toEqual([1, 0, 1]);
  expect([...(await readNpz(file, (name) => name === 'b')).keys()]).toEqual(['b']);
});

test.each([
  ['objects', withHeader('|O', '(1,)', Uint8Array.of(1))],
  ['columns first', withHeader('|u1', '(2, 2)', Uint8Array.of(1, 2, 3, 4), 'True')],
  ['cut short', withHeader('|u1', '(9,)', Uint8Array.of(1, 2))],
  ['no array', new TextEncoder().encode('hello, this is a text')],
])('%s are refused, naming the array', async (_what, bytes) => {
  const file = await npz({ 'x.npy': bytes });
  await expect(readNpz(file)).rejects.toThrow(InvalidNpzError);
  await expect(readNpz(file)).rejects.toThrow(/x\.npy/);
});

test('a file that is no archive is refused', async () => {
  const file = join(folder, 'no.npz');
  await writeFile(file, 'no archive');
  await expect(readNpz(file)).rejects.toThrow(InvalidNpzError);
});
