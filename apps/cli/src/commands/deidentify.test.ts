import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPseudonymiser } from '@radiolect/dicom';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const run = async (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deidentify-'));
  await chmod(folder, 0o711);
  const reports = [
    {
      id: 'a',
      accessionNumber: 'ACC-700123',
      patientId: 'H-55512',
      studyDate: '20240305',
      text: 'Patient: Jane Alderwick\nMRN: H-55512  Accession: ACC-700123\nDate: 2024-03-05\nUptake at T8 and L4-5. Prior of 2023-03-06.',
    },
    { id: 'b', text: '姓名：王小明　病歷號：H-55512\n與民國112年3月6日比較，第八胸椎攝取增加。' },
    { id: 'c', text: 'Normal bone scan.' },
  ];
  await writeFile(at('reports.jsonl'), `${reports.map((one) => JSON.stringify(one)).join('\n')}\nnot json\n`);
  await writeFile(at('key'), 'a key of a test project');
});
afterAll(() => rm(folder, { recursive: true }));

interface Line {
  readonly id: string;
  readonly text: string;
  readonly accessionNumber?: string;
  readonly patientId?: string;
  readonly studyDate?: string;
  readonly replaced: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
}
const linesOf = (text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('pseudonyms are those of DICOM headers under the same key; standard error holds counts alone', async () => {
  const { code, stdout, stderr } = await run(
    'deidentify',
    at('reports.jsonl'),
    '--key',
    at('key'),
    '--out',
    at('out.jsonl'),
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('reports.jsonl, row 4');
  expect(stderr).toMatch(/replaced: .*date 3/);
  expect(stderr).toContain('note: 1 name no patient');
  const written = await readFile(at('out.jsonl'), 'utf8');
  for (const secret of ['Alderwick', '王小明', 'H-55512', 'ACC-700123', '2024-03-05', '民國112年'])
    expect(written + stderr).not.toContain(secret);
  const header = await createPseudonymiser(new TextEncoder().encode('a key of a test project'));
  const patient = await header.patientId({ id: 'H-55512' });
  const accession = await header.accessionNumber('ACC-700123');
  const moved = (await header.date('20240305', { id: 'H-55512' }))!;
  const prior = (await header.date('20230306', { id: 'H-55512' }))!;
  const dashed = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const [a, b, c] = linesOf(written);
  expect(a).toMatchObject({ patientId: patient, accessionNumber: accession, studyDate: moved });
  expect(a?.text).toBe(
    `Patient: ${patient}\nMRN: ${patient}  Accession: ${accession}\nDate: ${dashed(moved)}\nUptake at T8 and L4-5. Prior of ${dashed(prior)}.`,
  );
  // The number in the text tells whose report it is: the same patient, the same shift.
  const roc = `民國${Number(prior.slice(0, 4)) - 1911}年${Number(prior.slice(4, 6))}月${Number(prior.slice(6))}日`;
  expect(b?.text).toBe(`姓名：${patient}　病歷號：${patient}\n與${roc}比較，第八胸椎攝取增加。`);
  expect(c).toMatchObject({ text: 'Normal bone scan.', replaced: [] });
  for (const line of [a!, b!])
    for (const { kind, start, end } of line.replaced)
      if (kind === 'name') expect(line.text.slice(start, end)).toBe(patient);
});

test('the data folder’s key is made once and stays', { timeout: 120_000 }, async () => {
  const once = await run('--data', at('data'), 'deidentify', at('reports.jsonl'));
  const again = await run('--data', at('data'), 'deidentify', at('reports.jsonl'));
  expect(linesOf(once.stdout)).toHaveLength(3);
  expect(again.stdout).toBe(once.stdout);
  const other = await run('deidentify', at('reports.jsonl'), '--key', at('key'));
  expect(other.stdout).not.toBe(once.stdout);
});

test('a short key and wrong usage are refused', async () => {
  await writeFile(at('short'), 'short');
  expect(await run('deidentify', at('reports.jsonl'), '--key', at('short'))).toMatchObject({ code: 1 });
  expect((await run('deidentify', at('reports.jsonl'), '--date-order', 'ymd')).code).toBe(2);
});
