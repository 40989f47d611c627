import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPack } from '@radiolect/findings/node';
import type { RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import type { Room } from '@radiolect/reading-room';
import { importArchive, openRoom } from '@radiolect/reading-room';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobEvent, JobStarted, Problem, ReviewItemPage, ReviewQueue, Session } from '../api.ts';
import { callServer, eventsOf } from '../client.fixture.ts';
import type { RunningServer } from '../serve.ts';
import { serveRoom } from '../serve.ts';

let base: string;
let room: Room;
let server: RunningServer;
let words: RecordedServer;
const logged: string[] = [];

const call = <T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> =>
  callServer<T>(server, method, path, body);

const lastEvent = async (job: JobStarted): Promise<JobEvent> => (await eventsOf(server, job)).at(-1)!;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'radiolect-review-'));
  await chmod(base, 0o711);
  room = await openRoom({ dataFolder: join(base, 'data'), pack: await readPack('bone-scan'), now: () => new Date() });
  words = await startRecordedServer(() => ({
    object: {
      findings: [
        {
          quote: 'uptake at L4',
          places: ['l4', 'l5'],
          side: 'none',
          state: 'present',
          nature: 'none',
          likelihood: 'none',
          change: 'none',
          uptake: 'increased',
          intensity: 'none',
        },
      ],
      absent: [],
      open: [],
      outside: [],
      impression: 'benign',
    },
  }));
  const model = { kind: 'openai-compatible', model: 'any' };
  await writeFile(
    join(base, 'data', 'language-models.json'),
    JSON.stringify({
      models: [
        { ...model, name: 'second', baseUrl: words.url },
        { ...model, name: 'far', baseUrl: 'https://models.example.org/v1', mayReceivePatientText: true },
      ],
    }),
  );
  const reports = join(base, 'reports.jsonl');
  await writeFile(reports, `${JSON.stringify({ id: 'r1', text: 'Increased uptake at L4, T5 and T6.' })}\n`);
  await importArchive(room, { paths: [reports] });
  const around = { recipesFolder: join(base, 'no-recipes'), packFolder: 'none' };
  const log = (line: string): void => void logged.push(line);
  server = await serveRoom({ room, around, version: '0.0.0', port: 0, withPage: false, log });
});
afterAll(async () => {
  await server.close();
  await words.close();
  await room.store.close();
  await rm(base, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

const openItems = async () => (await call<ReviewQueue>('GET', '/review-queue')).body;

test('a model that is not on this computer is announced with the session', async () => {
  const { body } = await call<Session>('GET', '/session');
  expect(body.banners).toEqual([expect.stringContaining('sent to models.example.org')]);
});

test('filled by a job, listed with both readings and counts', async () => {
  expect((await call<Problem>('POST', '/review-queue/fill', { model: 'unknown' })).status).toBe(404);
  const { status, body } = await call<JobStarted>('POST', '/review-queue/fill', { model: 'second' });
  expect(status).toBe(202);
  expect(await lastEvent(body)).toMatchObject({
    kind: 'done',
    review: { reports: 1, agreedSites: 1, disagreements: 3, abstained: 0, unread: [] },
  });
  const { items, total, counts } = await openItems();
  expect(total).toBe(3);
  expect(counts).toEqual({
    open: 3,
    resolved: 0,
    presence: 3,
    attributes: 0,
    taken: { rules: 0, model: 0, own: 0 },
  });
  expect(items[0]).toMatchObject({ revision: 0, report: { sourceId: 'r1' }, site: 'l5', state: 'open' });
  expect(items.map(({ site, readings }) => [site, Object.keys(readings)])).toEqual([
    ['l5', ['model']],
    ['t5', ['rules']],
    ['t6', ['rules']],
  ]);
  const { body: filtered } = await call<ReviewQueue>('GET', '/review-queue?site=t6&limit=1');
  expect(filtered.items).toHaveLength(1);
  expect((await call<Problem>('GET', '/review-queue?limit=0')).status).toBe(400);
});

test('settled by name, with the revision that was seen', async () => {
  const [item] = (await openItems()).items;
  const path = `/review-queue/${item!.id}`;
  const page = (await call<ReviewItemPage>('GET', path)).body;
  expect(page.text).toBe('Increased uptake at L4, T5 and T6.');
  expect(page.ofSameReport).toHaveLength(3);
  const decision = { revision: 0, take: 'rules' };
  expect((await call<Problem>('PUT', path, decision)).body).toMatchObject({
    status: 422,
    fix: expect.stringContaining('type your name') as string,
  });
  await call('PUT', '/session/reader', { name: 'Dr Example' });
  const settled = await call<ReviewItemPage>('PUT', path, decision);
  expect(settled.body.item).toMatchObject({
    revision: 1,
    state: 'resolved',
    resolution: { take: 'rules', label: null, by: 'Dr Example' },
  });
  const late = await call<Problem>('PUT', path, { ...decision, take: 'model' });
  expect([late.status, late.body.fix]).toEqual([409, 'look at it again, then decide']);
  expect((await openItems()).counts).toMatchObject({ open: 2, resolved: 1, taken: { rules: 1 } });
  const reopened = await call<ReviewItemPage>('POST', `${path}/reopen`, { revision: 1 });
  expect(reopened.body.item).toMatchObject({ state: 'open', revision: 2 });
});

test('an own label keeps the rules; what is malformed or not there is refused', async () => {
  const item = (await openItems()).items.find(({ site }) => site === 't5')!;
  const path = `/review-queue/${item.id}`;
  const own = (label: object) => ({ revision: item.revision, take: 'own', label });
  const broken = await call<Problem>('PUT', path, own({ state: 'absent', uptake: 'increased' }));
  expect([broken.status, broken.body.rule]).toEqual([422, 'an absent finding has no uptake']);
  expect((await call<Problem>('PUT', path, own({ state: 'somewhere' }))).status).toBe(400);
  expect((await call<Problem>('PUT', path, { revision: 0, take: 'own' })).status).toBe(400);
  const label = { state: 'uncertain', uptake: 'increased' };
  expect((await call<ReviewItemPage>('PUT', path, own(label))).body.item.resolution).toMatchObject({
    take: 'own',
    label,
  });
  for (const id of ['x', '00000000-0000-4000-8000-000000000000'])
    expect((await call<Problem>('GET', `/review-queue/${id}`)).status).toBe(404);
});
