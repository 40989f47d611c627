import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const run = async (args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [bin, 'compare-readers', ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

let folder = '';
const gold = () => join(folder, 'gold.jsonl');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-compare-'));
  const rest = 'No other abnormal osseous uptake.';
  const present = { state: 'present', uptake: 'increased' };
  const lines = [
    { id: 'a', text: `Increased uptake at L4. ${rest}`, labels: { l4: present }, globalNegative: true },
    { id: 'b', text: `Increased uptake at T5. ${rest}`, labels: { t5: present }, globalNegative: true },
    { id: 'c', text: 'Normal bone scan.', labels: {}, globalNegative: true },
  ];
  await writeFile(gold(), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
});
afterAll(() => rm(folder, { recursive: true }));

interface Figures {
  readers: {
    reader: string;
    f1: Record<string, { value: number }>;
    kappa: { value: number };
    withoutReading: number;
    tokensPerReport: number | null;
    secondsPerReport: number;
    droppedStatements: number | null;
  }[];
  pairwise: { readers: string[]; kappa: { value: number } }[];
}

test('rules, a model and a file of labels on the same reports', async () => {
  const finding = { side: 'none', state: 'present', nature: 'none', likelihood: 'none', change: 'none' };
  const server = await startRecordedServer(({ prompt }) => {
    const seen = prompt.includes('uptake at L4')
      ? [{ ...finding, quote: 'uptake at L4', places: ['l4'], uptake: 'increased', intensity: 'none' }]
      : [];
    const invented = { quote: 'not in the report', places: ['t9'], side: 'none', resolved: false };
    const object = { findings: seen, absent: [invented], open: [], outside: [], impression: 'normal' };
    return { object, usage: { inputTokens: 90, outputTokens: 10 } };
  });
  const model = { name: 'recorded', kind: 'openai-compatible', baseUrl: server.url, model: 'any' };
  await writeFile(join(folder, 'language-models.json'), JSON.stringify({ models: [model] }));
  const labels = join(folder, 'other.jsonl');
  await writeFile(labels, `${JSON.stringify({ id: 'a', labels: { l4: { state: 'uncertain' } } })}\n`);
  const { code, stdout, stderr } = await run([gold(), 'rules', 'recorded', labels, '--data', folder, '--json']);
  await server.close();
  expect(stderr).toContain('2 of 3 gold reports are not in it');
  expect(code).toBe(0);
  const { readers, pairwise } = JSON.parse(stdout) as Figures;
  const [rules, recorded, file] = readers;
  expect(rules).toMatchObject({ f1: { present: { value: 1 }, absent: { value: 1 } }, kappa: { value: 1 } });
  expect(rules?.tokensPerReport).toBeNull();
  expect(rules?.secondsPerReport).toBeGreaterThan(0);
  // Reads L4 of two present sites, and nothing that is absent; says back one quote per report.
  expect(recorded?.f1.present?.value).toBeCloseTo(2 / 3, 12);
  expect(recorded).toMatchObject({ f1: { absent: { value: 0 } }, tokensPerReport: 200, droppedStatements: 3 });
  // Reports b and c hold nothing that stands.
  expect(recorded?.withoutReading).toBe(2);
  expect(file).toMatchObject({ withoutReading: 2, droppedStatements: null });
  expect(pairwise.map(({ readers: pair }) => pair)).toEqual([
    ['rules', 'recorded'],
    ['rules', labels],
    ['recorded', labels],
  ]);
});

test('as a table, with a broken line named and left out', async () => {
  const broken = join(folder, 'broken.jsonl');
  await writeFile(
    broken,
    `{"id": "x", "text": "secret words"\n{"id": "n", "text": "Normal bone scan.", "labels": {}, "globalNegative": true}\n`,
  );
  const { code, stdout, stderr } = await run([broken, 'rules']);
  expect(code).toBe(1);
  expect(stderr).toContain('line 1: is not JSON');
  expect(stderr).not.toContain('secret words');
  expect(stdout).toMatch(/1 reports; 95 % intervals[\s\S]*absent F1, 91 in gold +1\.000 \(1\.000 to 1\.000\)/);
});

test('wrong usage is 2', async () => {
  expect((await run([gold()])).code).toBe(2);
  expect((await run([gold(), 'rules', 'rules'])).code).toBe(2);
});
