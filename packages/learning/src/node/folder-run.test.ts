import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readSafetensors } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { FolderRun } from './folder-run.ts';

const program = fileURLToPath(new URL('train-drawn.fixture.ts', import.meta.url));
const start = (folder: string) => spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: 'ignore' });

test('a training that is killed with SIGKILL and started again ends as an unbroken one', async () => {
  const root = await mkdtemp(join(tmpdir(), 'radiolect-run-'));
  const [whole, broken] = [join(root, 'whole'), join(root, 'broken')];
  expect((await once(start(whole), 'exit'))[0]).toBe(0);

  const first = start(broken);
  while (!existsSync(join(broken, 'metrics.jsonl'))) await setTimeout(5);
  first.kill('SIGKILL');
  expect((await once(first, 'exit'))[1]).toBe('SIGKILL');
  expect(existsSync(join(broken, 'model.onnx'))).toBe(false);

  expect((await once(start(broken), 'exit'))[0]).toBe(0);
  const state = async (folder: string): Promise<unknown> =>
    readSafetensors(await readFile(join(folder, 'checkpoint.safetensors')));
  expect(await state(broken)).toEqual(await state(whole));
  for (const file of ['model.onnx', 'metrics.jsonl', 'manifest.json', 'operating-points.json'])
    expect(await readFile(join(broken, file), 'utf8')).toBe(await readFile(join(whole, file), 'utf8'));
  await rm(root, { recursive: true });
}, 240_000);

test('a file that is not there is undefined; a written one comes back', async () => {
  const root = await mkdtemp(join(tmpdir(), 'radiolect-run-'));
  const run = new FolderRun(join(root, 'deep', 'run'));
  expect(await run.read('manifest.json')).toBeUndefined();
  await run.write('manifest.json', new TextEncoder().encode('{}'));
  expect(new TextDecoder().decode(await run.read('manifest.json'))).toBe('{}');
  await rm(root, { recursive: true });
});
