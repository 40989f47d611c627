import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNuclearMedicine } from '@radiolect/dicom';
import { parsePack } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import type { Room } from '@radiolect/reading-room';
import { importArchive, openRoom } from '@radiolect/reading-room';
import { createRuleReader } from '@radiolect/reports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ExportedReport,
  ImportSummary,
  JobEvent,
  JobStarted,
  Matches,
  ModelPage,
  PackFiles,
  PackList,
  PatientVersion,
  Problem,
  Session,
  StudyDetail,
  Worklist,
} from './api.ts';
import type { RunningServer } from './serve.ts';
import { serveRoom } from './serve.ts';

let base: string;
let room: Room;
let server: RunningServer;
let origin: string;
const logged: string[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'radiolect-server-'));
  await chmod(base, 0o711);
  room = await openRoom({ dataFolder: join(base, 'data'), pack: await readPack('bone-scan'), now: () => new Date() });
  await writeFile(join(base, 'now.dcm'), dicom('N1', '20240601'));
  await writeFile(join(base, 'prior.dcm'), dicom('N0', '20230601'));
  await writeFile(
    join(base, 'reports.csv'),
    'accession,text\nN1,"Intense uptake at L4, consistent with metastasis. The remaining skeleton is unremarkable."\n',
  );
  await importArchive(room, { paths: [base] });
  const around = { recipesFolder: join(base, 'no-recipes'), packFolder: 'none' };
  const log = (line: string): void => void logged.push(line);
  server = await serveRoom({ room, around, version: '0.0.0', port: 0, withPage: false, log });
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await room.store.close();
  await rm(base, { recursive: true, force: true });
  expect(logged).toEqual([]);
});

function dicom(accessionNumber: string, studyDate: string): Uint8Array {
  const pixels = new Uint16Array(96 * 32).map((_, index) => (index % 32 > 8 && index % 32 < 24 ? 9 + (index % 5) : 0));
  const uid = `1.2.9.${studyDate}`;
  return writeNuclearMedicine({
    studyInstanceUid: `${uid}.1`,
    seriesInstanceUid: `${uid}.2`,
    sopInstanceUid: `${uid}.3`,
    patientId: 'PN',
    patientName: 'Probe^Patient',
    birthDate: '19500101',
    sex: 'F',
    heightMeters: 1.6,
    weightKilograms: 60,
    accessionNumber,
    studyDate,
    studyTime: '120000',
    injectionTime: '090000',
    studyDescription: 'Whole body bone scan',
    manufacturer: 'Test',
    modelName: 'Test',
    softwareVersion: '1',
    stationName: 'TEST',
    injectedActivityMegabecquerels: 740,
    pixelSizeMm: 2.26,
    scanVelocityMillimetersPerSecond: 2,
    synthetic: false,
    anterior: { rows: 96, columns: 32, pixels },
    posterior: { rows: 96, columns: 32, pixels },
  });
}

const call = (path: string, init: RequestInit & { method?: string } = {}): Promise<Response> =>
  fetch(`${origin}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { authorization: `Bearer ${server.token}`, ...init.headers },
  });
async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await call(path, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return (await response.json()) as T;
}
async function refusal(method: string, path: string, body: object | undefined): Promise<Problem> {
  const headers = { 'content-type': 'application/json' };
  const response = await call(path, { method, body: JSON.stringify(body), headers });
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as Problem;
}
const current = async (accession = 'N1'): Promise<StudyDetail> => {
  const { rows } = await ask<Worklist>('GET', `/api/studies?search=${accession}`);
  return ask<StudyDetail>('GET', `/api/studies/${rows[0]!.id}`);
};

describe('who may speak to it', () => {
  test('the printed address sets a cookie, and the cookie is enough', async () => {
    expect((await fetch(`${origin}/api/session`)).status).toBe(401);
    expect((await fetch(`${origin}/?token=wrong`)).status).toBe(401);
    const first = await fetch(server.address, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const second = await fetch(`${origin}/api/session`, { headers: { cookie: cookie.split(';')[0]! } });
    expect(second.status).toBe(200);
    expect(second.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  test('other sites, other names of this computer and plain forms are refused', async () => {
    expect((await call('/api/session', { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await call('/api/session', { headers: { origin } })).status).toBe(200);
    const { id } = await current();
    const plain = await call(`/api/studies/${id}/findings/accept-all`, { method: 'POST', body: '{}' });
    expect(plain.status).toBe(415);
    expect((await refusal('PUT', '/api/session/reader', { name: 'x'.repeat(2_000_000) })).status).toBe(413);
  });

  test('what is malformed or unknown is named', async () => {
    const { id } = await current();
    expect(await refusal('POST', `/api/studies/${id}/findings`, { site: 'l4', nature: 'magic' })).toMatchObject({
      status: 400,
      rule: expect.stringContaining('nature'),
    });
    expect(await refusal('POST', `/api/studies/${id}/findings`, { site: 'l9' })).toMatchObject({ status: 422 });
    expect(await refusal('DELETE', `/api/studies/${id}/findings/l4`, {})).toMatchObject({ status: 404 });
    expect(await refusal('POST', '/api/studies/not-an-id/read', {})).toMatchObject({ status: 404 });
    expect(await refusal('POST', '/api/training', { recipe: 'none' })).toMatchObject({ status: 404 });
  });
});

test('packs come as their files, so that a text can be read where it is', async () => {
  const { packs } = await ask<PackList>('GET', '/api/packs');
  expect(packs[0]).toBe('bone-scan');
  expect(new Set(packs).size).toBe(packs.length);
  const { name, files } = await ask<PackFiles>('GET', '/api/packs/bone-scan/files');
  const reader = createRuleReader(parsePack(name, new Map(Object.entries(files))));
  expect(reader.read('Uptake at L4.').findings.map(({ site }) => site)).toEqual(['l4']);
  expect(files).not.toHaveProperty(['mean-picture.json']);
  for (const nowhere of ['none', '..', '..%2F..', '%2e%2e%2fpackages'])
    expect((await call(`/api/packs/${nowhere}/files`)).status, nowhere).toBe(404);
});

test('a study from the worklist to a signed, amended and exported report', async () => {
  expect(await ask<Session>('GET', '/api/session')).not.toHaveProperty('reader');
  const before = await current();
  expect(before).toMatchObject({ status: 'unread', findings: [], synthetic: false });
  expect(before.priors.map((prior) => prior.studyDate)).toEqual(['20230601']);
  expect(before.views.map((view) => view.key)).toEqual(['anterior', 'posterior']);
  const counts = await (await call(before.views[0]!.countsUrl)).arrayBuffer();
  expect(new Uint16Array(counts).slice(0, 12)).toEqual(new Uint16Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 9, 10]));
  const path = `/api/studies/${before.id}`;

  // The reader denies what the report says, and then agrees with it.
  const absent = await ask<StudyDetail>('POST', `${path}/findings`, { site: 'l4', presence: 'absent' });
  expect(absent.comparison).toMatchObject([{ site: 'l4', kind: 'contradict' }, ...absent.comparison.slice(1)]);
  expect(await ask<Worklist>('GET', '/api/studies?disagree=1')).toMatchObject({ total: 1 });
  await ask('DELETE', `${path}/findings/l4`, {});
  const taken = await ask<StudyDetail>('POST', `${path}/findings/from-report`, {});
  expect(taken.findings.some(({ finding }) => finding.site === 'l4')).toBe(false);
  const added = await ask<StudyDetail>('POST', `${path}/findings`, {
    site: 'l4',
    nature: 'metastatic',
    likelihood: 'probable',
  });
  expect(added.marks?.sites.find(({ site }) => site === 'l4')?.kind).toBe('agree');
  const edited = await ask<StudyDetail>('PATCH', `${path}/findings/l4`, { intensity: 'intense' });
  expect(edited.draftText).toMatch(/L4/);
  const panelled = await ask<StudyDetail>('PUT', `${path}/panel`, {
    primaryTumour: 'prostate cancer',
    laboratory: { PSA: '14 ng/mL' },
  });
  expect(panelled.draft?.header.indication).toMatch(/prostate cancer.*14/);
  const chinese = await ask<StudyDetail>('POST', `${path}/draft`, { language: 'zh-Hant' });
  expect(chinese.draftText).toMatch(/腰椎/);
  await ask('POST', `${path}/draft`, { language: 'en' });

  // A typed sentence stops the signature until it is confirmed; so does a missing name.
  let now = await ask<StudyDetail>('POST', `${path}/draft/sentences`, {
    section: 'impression',
    text: 'Please correlate.',
  });
  expect(now.checks.map((check) => check.code)).toContain('sentence-unconfirmed');
  expect(await refusal('POST', `${path}/sign`, { revision: now.revision, despiteChecks: true })).toMatchObject({
    status: 422,
  });
  await ask('PUT', '/api/session/reader', { name: 'Dr Example' });
  expect(await refusal('POST', `${path}/sign`, { revision: now.revision, despiteChecks: true })).toMatchObject({
    type: 'sentence-unconfirmed',
  });
  const typed = now.draft!.sentences.find((sentence) => sentence.origin === 'reader')!;
  now = await ask<StudyDetail>('POST', `${path}/draft/sentences/${typed.id}/confirm`, {});
  expect(await refusal('POST', `${path}/sign`, { revision: now.revision - 1 })).toMatchObject({ status: 409 });
  now = await ask<StudyDetail>('POST', `${path}/sign`, { revision: now.revision, despiteChecks: true });
  expect(now).toMatchObject({
    status: 'signed',
    versions: [{ version: 1, author: { name: 'Dr Example', authenticated: false } }],
  });
  expect(await refusal('DELETE', `${path}/findings/l4`, {})).toMatchObject({ status: 409 });

  expect(await refusal('POST', `${path}/amend`, { reason: ' ' })).toMatchObject({ status: 422 });
  await ask('POST', `${path}/amend`, { reason: 'Side corrected' });
  now = await ask<StudyDetail>('POST', `${path}/findings/l4/reject`, {});
  now = await ask<StudyDetail>('POST', `${path}/amend/cancel`, {});
  expect(now.findings.find(({ finding }) => finding.site === 'l4')?.finding.presence).toBe('present');
  await ask('POST', `${path}/amend`, { reason: 'Side corrected' });
  now = await ask<StudyDetail>('POST', `${path}/findings`, { site: 't7' });
  now = await ask<StudyDetail>('POST', `${path}/sign`, { revision: now.revision, despiteChecks: true });
  expect(now.versions.map(({ version, reason }) => [version, reason])).toEqual([
    [2, 'Side corrected'],
    [1, undefined],
  ]);

  const first = await (await call(`${path}/export?version=1`)).text();
  expect(first).toContain('Please correlate.');
  expect(first).not.toMatch(/T7/);
  const { report } = await ask<ExportedReport>('GET', `${path}/export?format=json`);
  expect(report.version).toBe(2);
  const told = await ask<PatientVersion>('GET', `${path}/patient-version?language=zh-Hant`);
  expect(told).toMatchObject({ language: 'zh-Hant', version: now.versions[0]!.version });
  const signedIds = new Set(now.versions[0]!.findings.map(({ id }) => id));
  for (const { kind, states } of told.sentences) {
    expect(states.length === 0).toBe(kind === 'framing');
    for (const id of states) expect(signedIds).toContain(id);
  }
  expect(await refusal('GET', `${path}/patient-version?language=fr`, undefined)).toMatchObject({ status: 400 });
  expect(await ask<Worklist>('GET', '/api/studies?status=signed')).toMatchObject({
    total: 1,
    rows: [{ signedBy: 'Dr Example' }],
  });
});

test('an outline on the scan is named through the body map', async () => {
  const { id } = await current('N0');
  const { sites } = await ask<{ sites: string[] }>('POST', `/api/studies/${id}/sites-at`, {
    view: 'anterior',
    point: [16, 4],
  });
  expect(sites[0]).toMatch(/calvarium|skull|facial/);
  const polygon = [
    [14, 3],
    [18, 3],
    [18, 6],
    [14, 6],
  ];
  const detail = await ask<StudyDetail>('POST', `/api/studies/${id}/findings`, {
    outline: { view: 'anterior', polygon },
  });
  expect(detail.findings[0]?.finding).toMatchObject({ site: sites[0], evidence: [{ kind: 'image', polygon }] });
});

test('without a model the study and the model page say so', async () => {
  const { id } = await current('N0');
  const read = await ask<StudyDetail>('POST', `/api/studies/${id}/read`, {});
  expect(read.reading.state).toBe('no-model');
  expect((await call(`/api/studies/${id}/heat-map/l4/anterior`)).status).toBe(404);
  const page = await ask<ModelPage>('GET', '/api/model');
  expect(page).toMatchObject({ models: [], shippedOnForRealStudies: false, dataset: { studies: 2, usable: 1 } });
  expect(page.dataset.tooFew).toMatch(/at least/);
});

test('an import tells its progress as server-sent events', async () => {
  await writeFile(join(base, 'later.dcm'), dicom('N2', '20240701'));
  const { eventsUrl } = await ask<JobStarted>('POST', '/api/imports', {
    paths: [join(base, 'later.dcm'), join(base, 'nowhere')],
  });
  const stream = await (await call(eventsUrl)).text();
  const events = stream
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as JobEvent);
  const last = events.at(-1);
  expect(last).toMatchObject({ kind: 'done', import: { studies: { added: 1 }, state: 'done' } });
  const [latest] = await ask<ImportSummary[]>('GET', '/api/imports');
  expect(latest?.refusals).toHaveLength(1);
  expect((await ask<Matches>('GET', '/api/matches')).studiesWithoutReport.length).toBeGreaterThan(0);
});
