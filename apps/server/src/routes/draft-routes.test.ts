import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingSchema } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import { makePhantomStudy } from '@radiolect/phantom';
import type { Room } from '@radiolect/reading-room';
import { importArchive, openRoom } from '@radiolect/reading-room';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobEvent, JobStarted, KeptDrafts, LanguageModelList, Settings, StudyDetail, Worklist } from '../api.ts';
import { callServer, eventsOf } from '../client.fixture.ts';
import type { RunningServer } from '../serve.ts';
import { serveRoom } from '../serve.ts';

// One synthetic study, a reading room with its real database, and a language model's server with recorded answers.

let base: string;
let room: Room;
let server: RunningServer;
let words: RecordedServer;
let study: string;
const logged: string[] = [];

const call = <T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> =>
  callServer<T>(server, method, path, body);

async function ended(job: JobStarted): Promise<{ last: JobEvent; all: JobEvent[] }> {
  const all = await eventsOf(server, job);
  return { last: all.at(-1)!, all };
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'radiolect-drafts-'));
  await chmod(base, 0o711);
  const pack = await readPack('bone-scan');
  const phantom = makePhantomStudy({ seed: 5, index: 0, mix: 'training', pack });
  await writeFile(join(base, 'study.dcm'), phantom.dicom);
  words = await startRecordedServer(({ prompt, images }) => ({
    object: {
      sentences: [
        { section: 'findings', text: 'L4 shows intense increased uptake.', states: ['F1'] },
        { section: 'findings', text: 'The left knee is hot.', states: ['F2'] },
      ],
      suggestions: images.length === 2 && prompt.includes('F2') ? [{ site: 'skull-base', reason: 'a hot spot' }] : [],
    },
    pieceDelayMs: 3,
  }));
  const data = join(base, 'data');
  await mkdir(data);
  const model = { kind: 'openai-compatible', model: 'recorded', seesImages: true };
  await writeFile(
    join(data, 'language-models.json'),
    JSON.stringify({
      models: [
        { name: 'wordy', baseUrl: words.url, ...model },
        { name: 'gone', baseUrl: 'http://127.0.0.1:9/v1', retries: 0, ...model },
      ],
    }),
  );
  room = await openRoom({ dataFolder: data, pack, now: () => new Date() });
  await importArchive(room, { paths: [join(base, 'study.dcm')] });
  server = await serveRoom({
    room,
    around: { recipesFolder: join(base, 'no-recipes'), packFolder: 'none' },
    version: '0.0.0',
    port: 0,
    withPage: false,
    log: (line) => void logged.push(line),
  });
  study = (await call<Worklist>('GET', '/studies')).body.rows[0]!.id;
  for (const finding of [
    { site: 'l4', intensity: 'intense' },
    { site: 'knee-right', intensity: 'mild' },
  ])
    expect((await call('POST', `/studies/${study}/findings`, finding)).status).toBe(200);
});
afterAll(async () => {
  await server.close();
  await words.close();
  await room.languageModels.close();
  await room.store.close();
  await rm(base, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

test('the configured models are listed without their addresses', async () => {
  const { body } = await call<LanguageModelList>('GET', '/language-models');
  expect(body.models.map(({ name, seesImages, leavesComputer }) => [name, seesImages, leavesComputer])).toEqual([
    ['wordy', true, false],
    ['gone', true, false],
  ]);
  expect(JSON.stringify(body)).not.toContain('127.0.0.1');
});

test('language models are off until somebody switches them on', async () => {
  const { body: job } = await call<JobStarted>('POST', `/studies/${study}/drafts`, { writers: ['wordy'] });
  expect((await ended(job)).last).toMatchObject({ kind: 'failed', problem: { status: 422 } });
  expect(words.requests).toHaveLength(0);
  const { body } = await call<Settings>('PUT', '/settings', { languageModelDrafts: true });
  expect(body.languageModelDrafts).toBe(true);
});

test('drafts stream in side by side; a server that is gone stops none of the others', async () => {
  const { body: job } = await call<JobStarted>('POST', `/studies/${study}/drafts`, {
    writers: ['rules', 'wordy', 'gone'],
    variants: 2,
  });
  const { last, all } = await ended(job);
  expect(last.kind).toBe('done');
  const states = all.flatMap((event) => (event.kind === 'progress' ? (event.drafts ?? []) : []));
  expect(states.some((draft) => draft.state === 'writing' && draft.sentences.length > 0)).toBe(true);
  const final = all.flatMap((event) => (event.kind === 'progress' && event.drafts ? [event.drafts] : [])).at(-1)!;
  expect(final.map(({ writer, variant, state }) => [writer, variant, state])).toEqual([
    ['rules', 0, 'written'],
    ['wordy', 0, 'written'],
    ['wordy', 1, 'written'],
    ['gone', 0, 'failed'],
    ['gone', 1, 'failed'],
  ]);
  expect(final[3]?.problem).toMatchObject({ status: 502, type: 'language-model' });
});

test('a kept draft tells what was replaced and suggested, and one can be taken', async () => {
  const { body } = await call<KeptDrafts>('GET', `/studies/${study}/drafts`);
  expect(body.drafts.map(({ writer, variant, stale }) => [writer, variant, stale])).toEqual([
    ['rules', 0, false],
    ['wordy', 0, false],
    ['wordy', 1, false],
  ]);
  const { written } = body.drafts[1]!;
  expect(written.replaced.flatMap(({ reasons }) => reasons)).toContain('side-mismatch');
  expect(written.suggestions).toEqual([{ site: 'skull-base', reason: 'a hot spot' }]);
  const taken = await call<StudyDetail>('POST', `/studies/${study}/drafts/take`, { writer: 'wordy', variant: 0 });
  expect(taken.status).toBe(200);
  const sentences = taken.body.draft!.sentences;
  expect(sentences.map(({ origin }) => origin)).toContain('language-model');
  expect(sentences.map(({ text }) => text)).toContain('L4 shows intense increased uptake.');
  expect(taken.body.draftText).toContain('right knee');
  expect(taken.body.draftText).not.toContain('left knee');
  expect(taken.body.findings.map(({ finding }) => findingSchema.parse(finding).site).sort()).toEqual([
    'knee-right',
    'l4',
  ]);
});

test('a draft of other findings is stale and cannot be taken', async () => {
  await call('POST', `/studies/${study}/findings`, { site: 't8' });
  const { body } = await call<KeptDrafts>('GET', `/studies/${study}/drafts`);
  expect(body.drafts.every(({ stale }) => stale)).toBe(true);
  expect((await call('POST', `/studies/${study}/drafts/take`, { writer: 'wordy', variant: 0 })).status).toBe(409);
  expect((await call('POST', `/studies/${study}/drafts/take`, { writer: 'nobody', variant: 0 })).status).toBe(404);
});
