import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const run = async (args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, 'check', ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

let folder = '';
const put = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('an error is shown below its words, and the exit code says so', async () => {
  const path = await put('crossed.txt', '所見：右側第九肋骨攝取增加。\n結論：左側第九肋骨病灶。');
  const { code, stdout, stderr } = await run([path]);
  expect(code).toBe(1);
  expect(stdout).toContain('error side-contradiction');
  // Full-width characters take two columns of a terminal.
  expect(stdout).toContain('1 | 所見：右側第九肋骨攝取增加。\n        |       ^^^^');
  expect(stderr).toContain('1 report checked: 1 errors');
});

test('a clean report passes', async () => {
  const path = await put('clean.txt', 'FINDINGS: Mild degenerative uptake in L4.\nIMPRESSION: No metastasis.');
  expect(await run([path])).toMatchObject({ code: 0, stdout: expect.stringMatching(/: nothing found\n$/) });
});

test('contexts by report id, as lines of JSON', async () => {
  const text = 'Increased uptake in the left knee, degenerative.';
  const reports = await put('reports.jsonl', ['a', 'b'].map((id) => JSON.stringify({ id, text })).join('\n'));
  const context = await put(
    'context.json',
    JSON.stringify({ a: { findings: [{ site: 'knee-right' }] }, b: { findings: [{ site: 'knee-left' }] } }),
  );
  const { code, stdout } = await run([reports, '--context', context, '--json']);
  const [a, b] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { checks: { code: string }[]; completeness: unknown[]; quality: unknown[] });
  expect(a?.checks.map((check) => check.code)).toContain('side-contradicts-image');
  expect(b?.checks.map((check) => check.code)).not.toContain('side-contradicts-image');
  expect(b?.completeness).toHaveLength(25);
  expect(code).toBe(1);
});

test('a context that breaks its form is named', async () => {
  const path = await put('report.txt', 'Normal bone scan.');
  const context = await put('broken.json', '{"patient": {"age": "old"}}');
  const { code, stderr } = await run([path, '--context', context]);
  expect(code).toBe(1);
  expect(stderr).toContain('patient.age');
});
