import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import { afterAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const run = async (args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};
let base = '';
afterAll(() => rm(base, { recursive: true, force: true }));

test('an archive is read twice; a report that is refused is named without its words', async () => {
  base = await mkdtemp(join(tmpdir(), 'radiolect-twice-'));
  await chmod(base, 0o711);
  const data = join(base, 'data');
  await mkdir(data, { mode: 0o711 });
  const server = await startRecordedServer(({ prompt }) =>
    prompt.includes('T6')
      ? { status: 400, text: prompt }
      : {
          object: {
            findings: [],
            absent: [{ quote: 'L4', places: ['l4'], side: 'none', resolved: false }],
            open: [],
            outside: [],
            impression: 'normal',
          },
        },
  );
  const model = { name: 'second', kind: 'openai-compatible', baseUrl: server.url, model: 'any' };
  await writeFile(join(data, 'language-models.json'), JSON.stringify({ models: [model] }));
  const reports = join(base, 'reports.jsonl');
  const lines = ['Increased uptake at L4.', 'Increased uptake at T6.'].map((text, i) => ({ id: `r${i}`, text }));
  await writeFile(reports, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect((await run(['import', reports, '--data', data])).code).toBe(0);
  const { code, stdout, stderr } = await run(['review', '--second-reader', 'second', '--data', data]);
  expect(stderr).toContain('report "r1": Language model "second": the server refused with status 400');
  expect(stderr).not.toContain('uptake');
  expect(stdout).toContain('sites     0 agreed, 1 read differently');
  expect(code).toBe(1);
  const queue = await run(['review', '--data', data, '--json']);
  expect(JSON.parse(queue.stdout)).toMatchObject({ queue: { open: 1, presence: 1, resolved: 0 } });
  await server.close();
});
