import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '@radiolect/findings';
import { readPack, shippedPackFolder } from '@radiolect/findings/node';
import type { Example } from '@radiolect/learning';
import type { Room, TrainingJob } from '@radiolect/reading-room';
import {
  cancelTraining,
  compareModels,
  findTraining,
  heatMapPicture,
  importArchive,
  listModels,
  listStudies,
  loadStudy,
  openRoom,
  readUnread,
  resumeTraining,
  selectModel,
  signReport,
  startTraining,
  stopTrainings,
  studyActs,
  switchShippedModel,
  writeSetting,
} from '@radiolect/reading-room';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The main job from end to end, by the commands that a person types: phantom studies without their truth go in, their
// reports become labels, a model learns from them, a study comes back as findings and a draft, a person signs it. The
// recipe is the small one: what is tested is the path, not the model.

const root = fileURLToPath(new URL('..', import.meta.url));
const count = 24;
// About a minute on two idle cores; a crowded machine gets its time.
const patience = 900_000;
let base: string;
const at = (...names: string[]): string => join(base, ...names);

async function radiolect(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['apps/cli/bin/radiolect.mjs', '--data', at('data'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out, err };
}
const done = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await radiolect(...args);
  expect(code, err).toBe(0);
  return out;
};

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'radiolect-path-'));
  await chmod(base, 0o711);
  await done('phantom', '--count', String(count), '--seed', '11', '--out', at('phantoms'));
  await rm(at('phantoms', 'truth.jsonl'));
}, patience);
afterAll(() => rm(base, { recursive: true, force: true }));

test('archive to labels to model to draft, by the command line', { timeout: patience }, async () => {
  const imported = JSON.parse(await done('import', at('phantoms'), '--no-read', '--json')) as {
    counts: Record<string, number>;
  };
  expect(imported.counts).toMatchObject({ studiesAdded: count, reportsAdded: count, byAccession: count });

  // The same labels, whether they come through the store or straight from the folder.
  const stored = JSON.parse(await done('dataset', '--out', at('dataset'), '--json')) as Manifest;
  const direct = JSON.parse(
    await done('dataset', '--from', at('phantoms'), '--out', at('direct'), '--json'),
  ) as Manifest;
  expect(stored.studies).toBeGreaterThanOrEqual(count - 2);
  expect(stored.perSite).toEqual(direct.perSite);
  expect(stored.unmentionedShare).toBeGreaterThan(0);
  expect(stored.unmentionedShare).toBeLessThan(1);
  const examples = (await readFile(at('dataset', 'examples.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Example);
  // In the order of their hashes: the rows' own order changes from one import to the next.
  const keys = examples.map(({ studyKey }) => studyKey);
  expect(keys).toEqual(keys.toSorted());
  const splits = new Map<string, Set<string>>();
  for (const { patientKey, split } of examples)
    splits.set(patientKey, (splits.get(patientKey) ?? new Set()).add(split));
  for (const [patient, of] of splits) expect([...of], patient).toHaveLength(1);

  await done('train', 'smoke', '--dataset', at('dataset'), '--out', at('run'));
  const graded = JSON.parse(await done('evaluate', at('dataset'), '--model', at('run'), '--json')) as Graded;
  expect(graded).toMatchObject({ refused: 0, reference: 'labels of the dataset' });
  expect(graded.n).toBe(examples.filter(({ split }) => split === graded.split).length);
  // The split is by keyed hashes and the model is tiny: that it was graded is tested, not how well it did.
  expect(graded.brier.value).toBeGreaterThan(0);
  expect(graded.brier.value).toBeLessThan(0.75);
  await done('read', at('phantoms', 'dicom', 'T11-00003.dcm'), '--model', at('run'), '--out', at('reading'));
  const { findings } = JSON.parse(await readFile(at('reading', 'findings.json'), 'utf8')) as { findings: Finding[] };
  expect(findings).toHaveLength(91);
  expect(await readFile(at('reading', 'draft.txt'), 'utf8')).toMatch(/FINDINGS:\n.+\n\nIMPRESSION:\n/s);
  for (const view of ['anterior', 'posterior'])
    expect((await readFile(at('reading', `heatmap-${view}.png`))).subarray(1, 4).toString()).toBe('PNG');
});

interface Graded {
  readonly n: number;
  readonly split: string;
  readonly brier: { readonly value: number };
}
interface Manifest {
  readonly studies: number;
  readonly unmentionedShare: number;
  readonly perSite: readonly object[];
}

test('the same in the reading room: train on the archive, use the model, draft, sign', {
  timeout: patience,
}, async () => {
  const room = await openRoom({ dataFolder: at('data'), pack: await readPack('bone-scan'), now: () => new Date() });
  try {
    const around = { recipesFolder: join(root, 'recipes'), packFolder: shippedPackFolder('bone-scan') };
    const id = await startTraining(room, around, 'smoke');
    await expect(startTraining(room, around, 'smoke')).rejects.toThrow('a training is running');
    await until(room, id, (job) => job.progress !== null);
    await cancelTraining(room, id);
    const stopped = await until(room, id, (job) => job.state !== 'running');
    if (stopped.state !== 'done') await resumeTraining(room, around, id);
    expect(await until(room, id, (job) => job.state !== 'running')).toMatchObject({ state: 'done', problem: null });

    const [trained] = await listModels(room);
    expect(trained?.card).toMatchObject({ origin: 'trained-here', recipe: 'smoke', synthetic: true });
    await selectModel(room, trained!.card.id);
    expect(await readUnread(room)).toBe(count);
    expect(await readUnread(room)).toBe(0);
    const { first } = await compareModels(room, trained!.card.id, trained!.card.id);
    expect(first.brier).toBeGreaterThan(0);

    const { rows } = await listStudies(room, { priors: true });
    const study = rows[0]!.id;
    const proposed = await loadStudy(room, study);
    expect(proposed.study.reading).toMatchObject({ state: 'read', unvalidated: false, model: trained!.card.id });
    expect(proposed.study.findings).toHaveLength(91);
    expect(proposed.priors.length).toBeGreaterThan(0);
    expect(proposed.draftText).toContain('FINDINGS');
    const map = await heatMapPicture(room, study, 'l4', 'posterior', 'raw');
    expect(map.bytes).toHaveLength(map.rows * map.columns * 4);

    await studyActs.acceptEvery(room, study);
    await writeSetting(room.store.db, 'reader', 'Dr Example');
    const accepted = await loadStudy(room, study);
    for (const sentence of accepted.study.draft!.sentences) expect(sentence.states.length).toBeGreaterThan(0);
    const signed = await signReport(room, study, { revision: accepted.study.revision, despiteChecks: true });
    expect(signed).toMatchObject({ version: 1, text: accepted.draftText, author: { name: 'Dr Example' } });
  } finally {
    await stopTrainings(room);
    await room.store.close();
  }
  // What a reader signed teaches first.
  const labels = JSON.parse(await done('dataset', '--out', at('again'), '--json')) as {
    source: { labels: { signed: number } };
  };
  expect(labels.source.labels.signed).toBe(1);
});

test('on a study that is not synthetic the shipped model is off until a person switches it on', {
  timeout: patience,
}, async () => {
  await cp(at('run'), at('models', 'bone-scan'), { recursive: true });
  // The same pictures without their header: nothing marks them as synthetic any more.
  const [picture] = (await readdir(at('dataset', 'pictures'))).filter((name) => name.endsWith('-anterior.png'));
  for (const view of ['anterior', 'posterior'])
    await cp(at('dataset', 'pictures', picture!.replace('anterior', view)), at('plain', `scan-${view}.png`));
  const pack = await readPack('bone-scan');
  const room = await openRoom({ dataFolder: at('other'), pack, modelsFolder: at('models'), now: () => new Date() });
  try {
    expect((await importArchive(room, { paths: [at('plain')] })).counts.studiesAdded).toBe(1);
    await readUnread(room);
    const id = (await listStudies(room, {})).rows[0]!.id;
    const off = (await loadStudy(room, id)).study;
    expect([off.synthetic, off.reading.state, off.findings]).toEqual([false, 'shipped-model-off', []]);
    await switchShippedModel(room, true);
    await readUnread(room);
    const on = await loadStudy(room, id);
    expect(on.study.reading).toMatchObject({
      state: 'read',
      unvalidated: true,
      note: 'trained on synthetic scans, unvalidated',
    });
    expect(on.study.findings).toHaveLength(91);
    expect(on.study.findings.some(({ decision, inDraft }) => decision === 'accepted' || inDraft)).toBe(false);
    expect(on.study.draft).toBeNull();
    await studyActs.accept(room, id, on.study.findings[0]!.finding.id);
    expect((await loadStudy(room, id)).study.draft?.sentences.flatMap(({ states }) => states)).toContain(
      on.study.findings[0]!.finding.id,
    );
  } finally {
    await room.store.close();
  }
});

async function until(room: Room, id: string, ready: (job: TrainingJob) => boolean): Promise<TrainingJob> {
  for (;;) {
    const job = await findTraining(room, id);
    if (ready(job) || job.state === 'failed') return job;
    await new Promise((next) => setTimeout(next, 50));
  }
}
