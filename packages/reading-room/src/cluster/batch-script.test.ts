import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchScript, commandFile } from './batch-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-script-'));
  await mkdir(join(folder, 'tasks/3'), { recursive: true });
  await writeFile(join(folder, 'run.sbatch'), batchScript);
});
afterEach(() => rm(folder, { recursive: true }));

const command = (place: number, ...words: string[]): Promise<void> =>
  writeFile(join(folder, `tasks/3/${place}.command`), commandFile(words));
const node = (program: string): string[] => [process.execPath, '-e', program];
const start = () =>
  spawn('bash', ['run.sbatch'], { cwd: folder, env: { ...process.env, SLURM_ARRAY_TASK_ID: '3' }, stdio: 'ignore' });
const code = (child: ReturnType<typeof start>): Promise<number | null> =>
  new Promise((done) => child.once('exit', (value) => done(value)));

test('arguments arrive as they are, whatever a shell would make of them', async () => {
  const nasty = ['a b', '$(touch owned)', '"; touch owned; "', "it's", 'line\nbreak', '*', ''];
  const program = 'require("fs").writeFileSync("got.json", JSON.stringify(process.argv.slice(1)))';
  await command(0, ...node(program), '--', ...nasty);
  expect(await code(start())).toBe(0);
  expect(JSON.parse(await readFile(join(folder, 'got.json'), 'utf8'))).toEqual(nasty);
  await expect(readFile(join(folder, 'owned'))).rejects.toThrow('ENOENT');
  expect(() => commandFile(['a\0b'])).toThrow(RangeError);
});

test('a command that fails ends the task with its code', async () => {
  await command(0, ...node('process.exit(7)'));
  await command(1, ...node('require("fs").writeFileSync("second", "")'));
  expect(await code(start())).toBe(7);
  await expect(readFile(join(folder, 'second'))).rejects.toThrow('ENOENT');
});

test('the warning before the end reaches the program, and its own ending counts', async () => {
  const program =
    'process.on("SIGTERM", () => setTimeout(() => process.exit(5), 200));' +
    'setInterval(() => undefined, 1000); require("fs").writeFileSync("ready", "")';
  await command(0, ...node(program));
  const child = start();
  const ended = code(child);
  while (!(await readFile(join(folder, 'ready')).catch(() => undefined))) await pause(20);
  child.kill('SIGTERM');
  expect(await ended).toBe(5);
});
