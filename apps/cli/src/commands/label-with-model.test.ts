import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedAnswers, RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import { afterAll, afterEach, expect, test } from 'vitest';

// The commands as a person calls them, against a real server of recorded answers.

const bin = fileURLToPath(new URL('../../bin/radiolect.mjs', import.meta.url));
const folders: string[] = [];
const servers: RecordedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const finding = {
  side: 'none',
  state: 'present',
  nature: 'none',
  likelihood: 'none',
  change: 'none',
  intensity: 'none',
};
const nothing = { findings: [], absent: [], open: [], outside: [], impression: 'normal' };
/** Reads "uptake at L4" and nothing else; takes T5 for T6 and does not see the knee. */
const shortSighted: RecordedAnswers = ({ prompt }) => {
  if (prompt.includes('GARBLED')) return 'no idea';
  const findings = ['L4', 'T5'].flatMap((level) =>
    prompt.includes(`uptake at ${level}`)
      ? [{ ...finding, quote: `uptake at ${level}`, places: [level === 'L4' ? 'l4' : 't6'], uptake: 'increased' }]
      : [],
  );
  return { object: { ...nothing, findings }, usage: { inputTokens: 2000, outputTokens: 50 } };
};
const reports = [
  { id: 'a', text: 'Increased uptake at L4.' },
  { id: 'b', text: 'Increased uptake at T5. Increased uptake at L4.' },
  { id: 'c', text: 'Increased uptake at the left knee. GARBLED' },
];

async function surroundings(answers: RecordedAnswers, settings: object = {}) {
  const data = await mkdtemp(join(tmpdir(), 'radiolect-label-'));
  folders.push(data);
  const server = await startRecordedServer(answers);
  servers.push(server);
  const model = { name: 'recorded', kind: 'openai-compatible', baseUrl: server.url, model: 'any', ...settings };
  await writeFile(join(data, 'language-models.json'), JSON.stringify({ models: [model] }));
  const input = join(data, 'reports.jsonl');
  await writeFile(input, reports.map((report) => `${JSON.stringify(report)}\n`).join(''));
  return { data, server, input, out: join(data, 'labels.jsonl') };
}

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}
const run = async (args: readonly string[]) => await start(args).ended;

interface Line {
  readonly id: string;
  readonly labels: Record<string, { state: string; evidence?: { text: string } }>;
  readonly model: Record<string, unknown>;
}
const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('a model by its name: labels with the words they rest on, and what they took', async () => {
  const price = { pricePerMillionTokens: { input: 1, output: 20 } };
  const { data, server, input, out } = await surroundings(shortSighted, price);
  const { code, stderr } = await run(['label', input, '--reader', 'recorded', '--data', data, '--out', out]);
  expect(stderr).toContain('recorded: 3 read (0 of them from kept answers); 1 abstained');
  // Progress, totals, count: no library says a word of its own.
  expect(stderr.trim().split('\n')).toHaveLength(3);
  expect(code).toBe(0);
  const [a, b, c] = await linesOf(out);
  expect(a?.labels).toEqual({
    l4: { state: 'present', uptake: 'increased', evidence: { start: 10, end: 22, text: 'uptake at L4' } },
  });
  expect(a?.model).toMatchObject({ name: 'recorded', inputTokens: 2000, outputTokens: 50, cached: false, requests: 1 });
  expect(a?.model.cost).toBeCloseTo(0.003, 9);
  expect(Object.keys(b?.labels ?? {})).toEqual(['t6', 'l4']);
  expect(c).toMatchObject({ labels: {}, warnings: [{ code: 'abstained' }], model: { abstained: 'invalid-answer' } });
  expect(server.requests).toHaveLength(4);

  // The same reports again: nothing is asked, and the answers are for this user alone.
  const again = await run(['label', input, '--reader', 'recorded', '--data', data, '--out', out]);
  expect(again.stderr).toContain('3 read (3 of them from kept answers)');
  expect(server.requests).toHaveLength(4);
  const kept = join(data, 'language-model-answers');
  const files = (await readdir(kept, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files).toHaveLength(4);
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    expect((await stat(path)).mode & 0o777, name).toBe(0o600);
    expect(await readFile(path, 'utf8')).not.toContain('Increased uptake');
  }
});

test('both: agreement is written, disagreement goes beside it with both readings', async () => {
  const { data, input, out } = await surroundings(shortSighted);
  const { code, stderr } = await run(['label', input, '--reader', 'both', '--data', data, '--out', out]);
  expect(stderr).toContain('2 disagreements written to');
  expect(code).toBe(0);
  const [a, b, c] = await linesOf(out);
  expect(Object.keys(a?.labels ?? {})).toEqual(['l4']);
  expect(Object.keys(b?.labels ?? {})).toEqual(['l4']);
  expect(b?.model).toMatchObject({ disagreements: 2 });
  // Without a second reading the line is the rules', and says so.
  expect(c?.labels).toHaveProperty('knee-left');
  expect(c?.model).toMatchObject({ abstained: 'invalid-answer' });
  const review = (await linesOf(join(data, 'labels.review.jsonl'))) as unknown as object[];
  expect(review).toMatchObject([
    {
      report: 'b',
      site: 't5',
      differs: 'presence',
      readings: [
        { reader: 'rules', label: { state: 'present', evidence: { text: 'Increased uptake at T5' } } },
        { reader: 'recorded', label: null },
      ],
    },
    {
      report: 'b',
      site: 't6',
      differs: 'presence',
      readings: [
        { reader: 'rules', label: null },
        { reader: 'recorded', label: { state: 'present', evidence: { text: 'uptake at T5' } } },
      ],
    },
  ]);
});

test('a run that was killed goes on: what was answered is not asked again', async () => {
  let asked = 0;
  const { data, server, input, out } = await surroundings(async (request) => {
    const answer = typeof shortSighted === 'function' ? await shortSighted(request) : '';
    return ++asked === 3 ? { text: '', delayMs: 60_000 } : answer;
  });
  const many = Array.from({ length: 6 }, (_, i) => ({ id: `r${i}`, text: `Increased uptake at L4. Number ${i}.` }));
  await writeFile(input, many.map((report) => `${JSON.stringify(report)}\n`).join(''));
  const args = ['label', input, '--reader', 'recorded', '--data', data, '--out', out];
  const first = start(args);
  // The third request may be on its way before the answers to the others are on disk: both are waited for.
  const answersKept = async (): Promise<number> =>
    (await readdir(join(data, 'language-model-answers'), { recursive: true }).catch(() => [])).filter((name) =>
      name.endsWith('.json'),
    ).length;
  while ((server.requests.length < 3 || (await answersKept()) < 2) && first.child.exitCode === null)
    await new Promise((later) => setTimeout(later, 20));
  first.child.kill('SIGKILL');
  // Killed before it could fail; how far its progress line came is chance.
  expect((await first.ended).stderr).not.toContain('radiolect:');
  expect(server.requests).toHaveLength(3);
  const { code, stderr } = await run(args);
  expect(code).toBe(0);
  expect(stderr).toContain('6 read (2 of them from kept answers)');
  expect(server.requests).toHaveLength(3 + 4);
  expect((await linesOf(out)).map(({ id }) => id)).toEqual(many.map(({ id }) => id));
});

test('a report that a server refuses is named without its words, and the rest goes on', async () => {
  const { data, input, out } = await surroundings(async (request) =>
    request.prompt.includes('T5')
      ? { status: 400, text: `too long: ${request.prompt}` }
      : typeof shortSighted === 'function'
        ? await shortSighted(request)
        : '',
  );
  const { code, stderr } = await run(['label', input, '--reader', 'recorded', '--data', data, '--out', out]);
  expect(code).toBe(1);
  expect(stderr).toContain('report "b": Language model "recorded": the server refused with status 400');
  expect(stderr).not.toContain('uptake');
  expect((await linesOf(out)).map(({ id }) => id)).toEqual(['a', 'c']);
});

test('a server that is not there ends the command with the fix', async () => {
  const { data, server, input, out } = await surroundings([], { retries: 0 });
  await server.close();
  const { code, stderr } = await run(['label', input, '--reader', 'recorded', '--data', data, '--out', out]);
  expect(code).toBe(1);
  expect(stderr).toContain('the server cannot be reached; is it running at the baseUrl');
});

test('an address that is not this computer is refused, or announced', async () => {
  const { data, input } = await surroundings([], { baseUrl: 'https://models.example.org/v1' });
  const refused = await run(['label', input, '--reader', 'recorded', '--data', data]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('is not on this computer');
  const permitted = { name: 'recorded', kind: 'openai-compatible', model: 'any', mayReceivePatientText: true };
  await mkdir(data, { recursive: true });
  await writeFile(
    join(data, 'language-models.json'),
    JSON.stringify({ models: [{ ...permitted, baseUrl: 'http://models.invalid:9/v1', retries: 0 }] }),
  );
  const announced = await run(['label', input, '--reader', 'recorded', '--data', data]);
  expect(announced.stderr).toContain('The text of reports is sent to models.invalid:9, unencrypted');
  expect(announced.code).toBe(1);
});

test('wrong usage is 2; an unknown model is named with those there are', async () => {
  const { data, input } = await surroundings([]);
  expect((await run(['label', input, '--reader', 'both', '--data', data])).code).toBe(2);
  const { code, stderr } = await run(['label', input, '--reader', 'other', '--data', data]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('no model "other" (it has: recorded)')]);
});
