import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-train-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const program = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
async function train(...args: string[]): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [program, 'train', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  return { code: await new Promise((done) => child.once('close', done)), err };
}
const where = (): string[] => ['--dataset', join(folder, 'nowhere.npz'), '--out', join(folder, 'run')];

test('a recipe file is read wherever it lies', async () => {
  const recipe = join(folder, 'mine.ts');
  const shipped = fileURLToPath(new URL('../../../../recipes/pneumonia-pixels.ts', import.meta.url));
  await writeFile(recipe, await readFile(shipped));
  const { code, err } = await train(recipe, ...where());
  // It gets as far as the data.
  expect([code, err]).toEqual([1, expect.stringMatching(/ENOENT.*nowhere\.npz/)]);
}, 60_000);

test('settings that the recipe does not have are refused with those that it has', async () => {
  const { code, err } = await train('pneumonia-pixels', ...where(), '--set', 'optimizer.rate=1');
  expect([code, err]).toEqual([1, expect.stringMatching(/"optimizer\.rate" is not in the recipe.*learningRate/)]);
}, 60_000);

test.each([
  [['--seeds', '1,2']],
  [['--fold', '6/5']],
  [['--set', 'seed']],
  [['--cluster', 'elsewhere']],
  [['--cluster', 'slurm', '--sweep', 'seed']],
])(
  'wrong usage leaves with 2: %j',
  async (args) => {
    expect((await train('smoke', ...where(), ...args)).code).toBe(2);
  },
  60_000,
);
