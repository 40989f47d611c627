import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPack } from '@radiolect/findings/node';
import { LanguageModelError } from '@radiolect/language-models';
import type { RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import type { LanguageModelReader } from '@radiolect/reports';
import { createLanguageModelReader } from '@radiolect/reports';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveExamples } from '../dataset/archive-examples.ts';
import { fixtureDicom, jsonLines, temporaryFolder, writeFiles } from '../import/archive.fixture.ts';
import { importArchive } from '../import/import-archive.ts';
import { openRoom } from '../open-room.ts';
import type { Room } from '../room.ts';
import { report, reviewItem } from '../store/schema.ts';
import { clearSetting, writeSetting } from '../store/settings.ts';
import { fillReviewQueue } from './fill-review-queue.ts';
import {
  countReviewItems,
  listReviewItems,
  loadReviewItem,
  reopenReviewItem,
  resolveReviewItem,
} from './review-queue.ts';

const finding = {
  side: 'none',
  state: 'present',
  nature: 'none',
  likelihood: 'none',
  change: 'none',
  intensity: 'none',
};
const nothing = { findings: [], absent: [], open: [], outside: [], impression: 'benign' };
/** What the model says by the report's own number. */
const said: Record<string, object | string> = {};

let base: string;
let room: Room;
let server: RecordedServer;
let reader: LanguageModelReader;
beforeAll(async () => {
  base = await temporaryFolder();
  const pack = await readPack('bone-scan');
  room = await openRoom({ dataFolder: join(base, 'data'), pack, now: () => new Date() });
  server = await startRecordedServer(({ prompt }) => {
    const answer = said[/number (\d+)/.exec(prompt)?.[1] ?? ''] ?? 'nothing';
    return typeof answer === 'string' ? answer : { object: answer };
  });
  const model = { name: 'second', kind: 'openai-compatible', baseUrl: server.url, model: 'any', concurrency: 4 };
  await writeFile(join(base, 'data', 'language-models.json'), JSON.stringify({ models: [model] }));
  reader = createLanguageModelReader(await room.languageModels.open('second'), pack);
  const folder = await mkdtemp(join(base, 'archive-'));
  await writeFiles(folder, {
    'a.dcm': fixtureDicom({ accession: 'S1', patient: 'PA', date: '20240101' }),
    'reports.jsonl': jsonLines([
      { id: 'r1', accessionNumber: 'S1', text: 'Report number 1. Mild uptake at L4, DJD. Intense uptake at T5.' },
      { id: 'r2', text: 'Report number 2. Increased uptake in the left knee.' },
      { id: 'r3', text: 'Report number 3. Increased uptake at L1.' },
    ]),
  });
  await importArchive(room, { paths: [folder] });
});
afterAll(async () => {
  await server.close();
  await room.languageModels.close();
  await room.store.close();
  await rm(base, { recursive: true, force: true });
});

const open = async () => (await listReviewItems(room, { state: 'open', limit: 100, offset: 0 })).items;
const l4 = { ...finding, quote: 'Mild uptake at L4, DJD', places: ['l4'], uptake: 'increased', intensity: 'mild' };
const knee = { ...finding, quote: 'left knee', places: ['knee'], side: 'left', uptake: 'increased' };

test('what both say is no item; the rest is one per site, with both readings', async () => {
  said['1'] = { ...nothing, findings: [l4] };
  said['2'] = { ...nothing, findings: [knee] };
  const filled = await fillReviewQueue(room, reader);
  expect(filled).toMatchObject({ reports: 3, agreedSites: 1, disagreements: 2, abstained: 1, unread: [] });
  expect(filled.usage.outputTokens).toBeGreaterThan(0);
  expect(await open()).toMatchObject([
    {
      sourceId: 'r1',
      accessionNumber: 'S1',
      site: 'l4',
      differs: 'attributes',
      model: 'second',
      rulesLabel: { state: 'present', nature: 'degenerative', evidence: { start: 17 } },
      modelLabel: { state: 'present', intensity: 'mild', evidence: { text: 'Mild uptake at L4, DJD' } },
      revision: 0,
    },
    { sourceId: 'r1', site: 't5', differs: 'presence', rulesLabel: { state: 'present' }, modelLabel: null },
  ]);
  expect(await countReviewItems(room)).toEqual({
    open: 2,
    resolved: 0,
    presence: 1,
    attributes: 1,
    taken: { rules: 0, model: 0, own: 0 },
  });
});

test('a decision needs a name, and the item as it was seen', async () => {
  const [item] = await open();
  const { text } = await loadReviewItem(room, item!.id);
  const span = item!.modelLabel!.evidence!;
  expect(text.slice(span.start, span.end)).toBe(span.text);
  await expect(resolveReviewItem(room, item!.id, 0, { take: 'rules' })).rejects.toThrow('needs the name');
  await writeSetting(room.store.db, 'reader', 'Dr Example');
  const both = await Promise.allSettled([
    resolveReviewItem(room, item!.id, 0, { take: 'rules' }),
    resolveReviewItem(room, item!.id, 0, { take: 'model' }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ name: 'ConflictError' });
  const settled = (await loadReviewItem(room, item!.id)).item;
  expect(settled).toMatchObject({ state: 'resolved', revision: 1, resolvedBy: 'Dr Example' });
  await expect(reopenReviewItem(room, item!.id, 0)).rejects.toMatchObject({ name: 'ConflictError' });
  await reopenReviewItem(room, item!.id, 1);
  expect((await loadReviewItem(room, item!.id)).item).toMatchObject({ state: 'open', taken: null, resolvedBy: null });
});

test("an own label keeps the rules of findings, and is what the archive's data set learns from", async () => {
  const [first, second] = await open();
  const wrong = { state: 'absent', nature: 'metastatic' } as const;
  await expect(
    resolveReviewItem(room, first!.id, first!.revision, { take: 'own', label: wrong }),
  ).rejects.toMatchObject({ name: 'InvalidFindingError' });
  const label = { state: 'present', nature: 'metastatic', likelihood: 'probable' } as const;
  await resolveReviewItem(room, first!.id, first!.revision, { take: 'own', label });
  await resolveReviewItem(room, second!.id, second!.revision, { take: 'model' });
  const [example] = await archiveExamples(room);
  const stateOf = (site: string) => example?.example.labels.states[room.pack.labelSpace.positions.indexOf(site)];
  expect([stateOf('l4'), stateOf('t5')]).toEqual(['present', 'unmentioned']);
  expect(example?.example.natures).toEqual({ l4: 'metastatic' });
  expect(await countReviewItems(room)).toMatchObject({ open: 0, resolved: 2, taken: { own: 1, model: 1 } });
});

test('filled again: what is settled stays, what no longer differs goes, nothing comes twice', async () => {
  const asked = server.requests.length;
  expect(await fillReviewQueue(room, reader)).toMatchObject({ disagreements: 2 });
  expect(server.requests).toHaveLength(asked);
  expect(await countReviewItems(room)).toMatchObject({ open: 0, resolved: 2 });
  // The report of another archive: the same site is open anew, and goes once the model comes to agree.
  await room.store.db.update(report).set({ text: 'Report number 4. Uptake at L2.' }).where(eq(report.sourceId, 'r3'));
  said['4'] = { ...nothing, absent: [{ quote: 'L2', places: ['l2', 'l3'], side: 'none', resolved: false }] };
  await fillReviewQueue(room, reader);
  expect((await open()).map(({ site, differs }) => [site, differs])).toEqual([
    ['l2', 'presence'],
    ['l3', 'presence'],
  ]);
  await room.store.db.update(report).set({ text: 'Report number 5. Uptake at L2.' }).where(eq(report.sourceId, 'r3'));
  said['5'] = { ...nothing, findings: [{ ...finding, quote: 'Uptake at L2', places: ['l2'], uptake: 'increased' }] };
  await fillReviewQueue(room, reader);
  expect(await open()).toEqual([]);
});

test('a server that is gone ends the filling; a report that it refuses does not', async () => {
  const failing = (kind: 'refused' | 'unreachable'): LanguageModelReader => ({
    name: 'second',
    read: async (text, given) =>
      text.includes('number 1')
        ? Promise.reject(new LanguageModelError(kind, 'second', 'it failed', 'mend it'))
        : await reader.read(text, given),
  });
  expect(await fillReviewQueue(room, failing('refused'))).toMatchObject({
    reports: 3,
    unread: [{ sourceId: 'r1', rule: 'Language model "second": it failed', fix: 'mend it' }],
  });
  await expect(fillReviewQueue(room, failing('unreachable'))).rejects.toMatchObject({ kind: 'unreachable' });
  await expect(fillReviewQueue(room, reader, { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
});

test('filters, pages, and what is not there', async () => {
  await clearSetting(room.store.db, 'reader');
  const page = await listReviewItems(room, { limit: 1, offset: 1 });
  expect(page).toMatchObject({ total: 2, items: [{ site: 't5' }] });
  expect((await listReviewItems(room, { site: 'l4', limit: 9, offset: 0 })).total).toBe(1);
  expect((await listReviewItems(room, { model: 'another', limit: 9, offset: 0 })).items).toEqual([]);
  await expect(loadReviewItem(room, 'x')).rejects.toMatchObject({ name: 'NotFoundError' });
  await expect(loadReviewItem(room, '00000000-0000-4000-8000-000000000000')).rejects.toThrow('no such review item');
  // With the report its items go.
  await room.store.db.delete(report).where(eq(report.sourceId, 'r1'));
  expect(await room.store.db.$count(reviewItem)).toBe(0);
});
