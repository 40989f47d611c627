import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'radiolect-phantoms-'));
afterAll(() => rmSync(folder, { recursive: true }));

const draw = (name: string, count: number) =>
  execFileSync(
    process.execPath,
    [program, 'phantom', '--count', String(count), '--seed', '41', '--out', join(folder, name)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
const filesOf = (name: string) =>
  readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, name).length + 1))
    .sort();

test('the same seed gives the same bytes, in one run or in two', { timeout: 180_000 }, () => {
  draw('two-runs', 1);
  draw('two-runs', 3);
  draw('one-run', 3);
  expect(filesOf('one-run')).toEqual([
    'dicom/T41-00000.dcm',
    'dicom/T41-00001.dcm',
    'dicom/T41-00002.dcm',
    'manifest.json',
    'reports.jsonl',
    'truth.jsonl',
  ]);
  for (const file of filesOf('one-run'))
    expect(
      Buffer.compare(readFileSync(join(folder, 'one-run', file)), readFileSync(join(folder, 'two-runs', file))),
      file,
    ).toBe(0);

  const parse = (file: string) =>
    readFileSync(join(folder, 'one-run', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const [report] = parse('reports.jsonl');
  expect(Object.keys(report!)).toEqual(['id', 'accessionNumber', 'patientId', 'studyDate', 'language', 'text']);
  expect(parse('truth.jsonl').map(({ accessionNumber }) => accessionNumber)).toEqual(
    parse('reports.jsonl').map(({ accessionNumber }) => accessionNumber),
  );
});

test('wrong usage exits with 2 and says what is wrong', { timeout: 60_000 }, () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [program, 'phantom', ...args], { encoding: 'utf8' });
  const negative = run('--count', 'many', '--seed', '1', '--out', folder);
  expect(negative.status).toBe(2);
  expect(negative.stderr).toContain('whole number');
  expect(run('--count', '1', '--seed', '1').status).toBe(2);
  const help = run('--help');
  expect(help.status).toBe(0);
  expect(help.stdout).toContain('Examples:');
});
