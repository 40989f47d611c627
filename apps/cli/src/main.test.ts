import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-cli-'));
  await chmod(folder, 0o711);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const program = fileURLToPath(new URL('../bin/radiolect.mjs', import.meta.url));

async function radiolect(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, RADIOLECT_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (data: Buffer) => out.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => err.push(data.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out: out.join(''), err: err.join('') };
}

test('--help lists the commands and leaves with 0; every command has examples', { timeout: 240_000 }, async () => {
  const { code, out } = await radiolect('--help');
  expect(code).toBe(0);
  const names = [...out.matchAll(/^ {2}([a-z]+)(?: \[options\])? .*/gm)].map((match) => match[1]!);
  expect(names).toEqual(expect.arrayContaining(['start', 'serve', 'import', 'dataset', 'read']));
  for (const name of ['start', 'serve', 'import', 'dataset', 'read']) {
    const help = await radiolect(name, '--help');
    expect([help.code, help.out], name).toEqual([0, expect.stringContaining('Examples:')]);
  }
});

test.each([
  [['nonsense']],
  [['import']],
  [['import', 'x', '--nonsense']],
  [['import', 'x', '--columns', 'text']],
  [['serve', '--port', 'many']],
  [['read', 'x']],
])('wrong usage leaves with 2: %j', async (args) => {
  const { code, err } = await radiolect(...args);
  expect(code).toBe(2);
  expect(err).toMatch(/error|Usage/i);
});

test('what is refused is named on stderr and leaves with 1; results are on stdout alone', {
  timeout: 240_000,
}, async () => {
  await writeFile(join(folder, 'reports.csv'), 'accession,text\nA1,Uptake at L4.\nA2,\n');
  const { code, out, err } = await radiolect('import', join(folder, 'reports.csv'), join(folder, 'nowhere'), '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ counts: { reportsAdded: 1, unmatchedReports: 1 } });
  expect(err).toMatch(/reports\.csv, row 3: the report has no text; /);
  expect(err).toMatch(/nowhere: /);
  const missing = await radiolect('read', 'A9', '--out', join(folder, 'out'));
  expect([missing.code, missing.err]).toEqual([1, 'radiolect: There is no such study\n']);
  const nothing = await radiolect('dataset', '--out', join(folder, 'dataset'));
  expect(nothing.code).toBe(1);
  expect(nothing.err).toContain('no study has a report');
});
