import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const run = async (args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, 'label', ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; labels: Record<string, { state: string; evidence: unknown }> });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'label-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('JSONL gives a line of labels per report', async () => {
  const reports = join(folder, 'reports.jsonl');
  const out = join(folder, 'labels.jsonl');
  const text = '左側膝關節攝取增加。';
  await writeFile(
    reports,
    `${JSON.stringify({ id: 'a', text })}\n${JSON.stringify({ id: 'b', text: 'Normal bone scan.' })}\n`,
  );
  expect(await run([reports, '--out', out])).toMatchObject({ code: 0, stdout: '' });
  const [a, b] = linesOf(await readFile(out, 'utf8'));
  expect(a?.labels).toEqual({
    'knee-left': { state: 'present', uptake: 'increased', evidence: { start: 0, end: 9, text: '左側膝關節攝取增加' } },
  });
  expect(Object.keys(b?.labels ?? {})).toHaveLength(91);
});

test('a table in GB18030 is read by its named columns, and what is refused is named', async () => {
  const table = join(folder, 'export.csv');
  // 编号,内容 / 1,左侧膝关节放射性浓聚。 / 2,(empty)
  const head = Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc4, 0xda, 0xc8, 0xdd, 0x0a]);
  const row = Buffer.from(
    '31 2c d7f3b2e0cfa5b9d8bdda b7c5c9e4d0d4c5a8bedb a1a3 0a 32 2c 0a'.replaceAll(' ', ''),
    'hex',
  );
  await writeFile(table, Buffer.concat([head, row]));
  const { code, stdout, stderr } = await run([table, '--columns', 'id=编号,text=内容']);
  expect(linesOf(stdout).map(({ id, labels }) => [id, Object.keys(labels)])).toEqual([['1', ['knee-left']]]);
  expect(code).toBe(1);
  expect(stderr).toContain('export.csv, row 3');
});

test('wrong usage is 2', async () => {
  expect((await run(['x.jsonl', '--columns', 'nonsense'])).code).toBe(2);
});
