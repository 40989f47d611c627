import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readSafetensors } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { FolderRun } from './folder-run.ts';

const program = fileURLToPath(new URL('train-drawn.fixture.ts', import.meta.url));
const start = (kind: string, folder: string) =>
  spawn(process.execPath, ['--import', 'tsx', program, kind, folder], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Trains until a random moment some steps on, and kills; the last step that was said. */
async function trainAndKill(kind: string, folder: string): Promise<number> {
  const child = start(kind, folder);
  const ended = once(child, 'exit');
  // Past the next checkpoint, or the next start would have nothing to go on from; not always between two steps.
  const steps = 3 + Math.floor(Math.random() * 3);
  let step = 0;
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    step = Number(line);
    seen += 1;
    if (seen === steps) break;
  }
  await setTimeout(Math.random() * 20);
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
  return step;
}

async function trainToTheEnd(kind: string, folder: string): Promise<void> {
  const child = start(kind, folder);
  child.stdout.resume();
  expect((await once(child, 'exit'))[0]).toBe(0);
}

test.each([
  ['classifier', 3],
  ['site-reader', 2],
] as const)(
  'a %s that is killed with SIGKILL %i times ends with the same bits as an unbroken one',
  async (kind, kills) => {
    const root = await mkdtemp(join(tmpdir(), 'radiolect-run-'));
    const [whole, broken] = [join(root, 'whole'), join(root, 'broken')];
    const unbroken = trainToTheEnd(kind, whole);
    const killedAt: number[] = [];
    for (let kill = 0; kill < kills; kill++) killedAt.push(await trainAndKill(kind, broken));
    await Promise.all([unbroken, trainToTheEnd(kind, broken)]);

    const state = async (folder: string): Promise<unknown> =>
      readSafetensors(await readFile(join(folder, 'checkpoint.safetensors')));
    expect(await state(broken), `killed after steps ${killedAt}`).toEqual(await state(whole));
    for (const file of ['model.onnx', 'metrics.jsonl', 'manifest.json', 'operating-points.json'])
      expect(await readFile(join(broken, file), 'utf8')).toBe(await readFile(join(whole, file), 'utf8'));
    await rm(root, { recursive: true });
  },
  240_000,
);

test('a file that is not there is undefined; a written one comes back', async () => {
  const root = await mkdtemp(join(tmpdir(), 'radiolect-run-'));
  const run = new FolderRun(join(root, 'deep', 'run'));
  expect(await run.read('manifest.json')).toBeUndefined();
  await run.write('manifest.json', new TextEncoder().encode('{}'));
  expect(new TextDecoder().decode(await run.read('manifest.json'))).toBe('{}');
  await rm(root, { recursive: true });
});
