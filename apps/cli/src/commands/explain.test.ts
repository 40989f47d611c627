import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const run = async (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, 'explain', ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explain-'));
});
afterAll(() => rm(folder, { recursive: true }));

const finding = {
  id: 'l4',
  concept: {
    value: 'abnormal-osseous-uptake',
    schemeDesignator: '99RADIOLECT',
    meaning: 'Abnormal osseous tracer uptake',
  },
  site: 'l4',
  presence: 'present',
  nature: 'metastatic',
  likelihood: 'possible',
  uptake: 'increased',
  evidence: [],
  source: { kind: 'reader' },
};

test('findings.json and a signed export become text; unsigned findings are called so', async () => {
  await writeFile(at('findings.json'), JSON.stringify({ unvalidated: false, findings: [finding] }));
  await writeFile(
    at('signed.json'),
    JSON.stringify({ study: {}, report: { findings: [finding], signedAt: '2024-01-01' } }),
  );
  const plain = await run(at('findings.json'));
  expect(plain).toMatchObject({ code: 0 });
  expect(plain.stdout).toContain('One possible cause is cancer that has spread to the bone, but this is not sure.');
  expect(plain.stderr).toContain('not those of a signed report');
  const signed = await run(at('signed.json'), '--language', 'zh-Hans', '--out', at('out.txt'));
  expect(signed).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(await readFile(at('out.txt'), 'utf8')).toContain('癌症扩散到骨头');
  const { sentences } = JSON.parse((await run(at('signed.json'), '--json')).stdout) as {
    sentences: { states: string[]; sites: string[] }[];
  };
  expect(sentences.filter(({ states }) => states.includes('l4')).every(({ sites }) => sites.includes('l4'))).toBe(true);
});

test('what holds no findings is named; a wrong language is wrong usage', async () => {
  await writeFile(at('other.json'), '{"a":1}');
  expect(await run(at('other.json'))).toMatchObject({ code: 1, stdout: '' });
  await writeFile(at('broken.json'), '{');
  expect((await run(at('broken.json'))).stderr).toContain('is not JSON');
  expect((await run(at('other.json'), '--language', 'fr')).code).toBe(2);
});
