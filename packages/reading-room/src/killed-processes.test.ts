import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import { count, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureDicom, jsonLines, temporaryFolder, writeFiles } from './import/archive.fixture.ts';
import { importArchive } from './import/import-archive.ts';
import { listImports } from './import/matches.ts';
import { openRoom } from './open-room.ts';
import type { Room } from './room.ts';
import { signedReport, study } from './store/schema.ts';
import { loadStudy, viewCounts } from './study/load-study.ts';

// What a process said is done must be there after kill -9, and what it left half done must not be in the way.

const studies = Array.from({ length: 40 }, (_, n) => ({ accession: `K${n}`, patient: `PK${n}`, date: '20240101' }));
let base: string;
let archive: string;
beforeAll(async () => {
  base = await temporaryFolder();
  archive = join(base, 'archive');
  await writeFiles(archive, {
    ...Object.fromEntries(studies.map((one) => [`${one.accession}.dcm`, fixtureDicom(one)])),
    'reports.jsonl': jsonLines(
      studies.map(({ accession }) => ({ id: accession, accessionNumber: accession, text: 'Uptake at L4.' })),
    ),
  });
});
afterAll(() => rm(base, { recursive: true, force: true }));

const open = async (): Promise<Room> =>
  openRoom({ dataFolder: join(base, 'data'), pack: await readPack('bone-scan'), now: () => new Date() });

/** Runs a piece of program in a process of its own and collects the lines that it prints. */
function run(program: string): { child: ChildProcess; lines: string[]; gone: Promise<unknown> } {
  const index = JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)));
  const script = `import * as rooms from ${index};
    import { readPack } from '@radiolect/findings/node';
    const room = await rooms.openRoom({ dataFolder: ${JSON.stringify(join(base, 'data'))},
      pack: await readPack('bone-scan'), now: () => new Date() });
    const say = (line) => process.stdout.write(line + '\\n');
    ${program}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
  return { child, lines, gone: new Promise((done) => child.once('close', done)) };
}

async function killWhen(process: ReturnType<typeof run>, ready: () => boolean): Promise<void> {
  while (!ready() && process.child.exitCode === null) await new Promise((done) => setTimeout(done, 5));
  process.child.kill('SIGKILL');
  await process.gone;
}

test('kill -9 during import: what was counted is there, and the same import goes on', async () => {
  for (const after of [1, 14]) {
    const importing = run(`await rooms.importArchive(room, { paths: [${JSON.stringify(archive)}],
      onProgress: ({ stage, done }) => stage === 'studies' && say(String(done)) });`);
    await killWhen(importing, () => importing.lines.length >= after);
    expect(importing.lines.length).toBeLessThan(studies.length);
    const room = await open();
    try {
      const rows = await room.store.db.select({ id: study.id }).from(study);
      expect(rows.length).toBeGreaterThanOrEqual(Number(importing.lines.at(-1)));
      // Half a study would be one without its pictures.
      for (const { id } of rows)
        for (const key of ['anterior', 'posterior']) expect(await viewCounts(room, id, key)).toHaveLength(96 * 32 * 2);
      expect((await listImports(room))[0]?.state).toBe('interrupted');
    } finally {
      await room.store.close();
    }
  }
  const room = await open();
  try {
    const { counts, refusals } = await importArchive(room, { paths: [archive] });
    expect(refusals).toEqual([]);
    expect(counts.studiesAdded + counts.studiesKnown).toBe(studies.length);
    const rows = await room.store.db.select().from(study);
    expect(rows).toHaveLength(studies.length);
    expect(rows.filter((row) => row.reportOnFile === null)).toEqual([]);
  } finally {
    await room.store.close();
  }
});

test('kill -9 during sign: every acknowledged version is there, none is there by half', async () => {
  const signing = run(`
    await rooms.writeSetting(room.store.db, 'reader', 'Dr Example');
    const { rows } = await rooms.listStudies(room, { limit: 500 });
    for (const { id } of rows) {
      await rooms.studyActs.add(room, id, { site: 'l4' });
      const { study } = await rooms.loadStudy(room, id);
      await rooms.signReport(room, id, { revision: study.revision, despiteChecks: true });
      say(id);
    }`);
  await killWhen(signing, () => signing.lines.length >= 9);
  const acknowledged = signing.lines;
  expect(acknowledged.length).toBeLessThan(studies.length);
  const room = await open();
  try {
    for (const id of acknowledged) {
      const page = await loadStudy(room, id);
      expect(page.study.status).toBe('signed');
      expect(page.versions).toHaveLength(1);
      expect(page.versions[0]?.author).toEqual({ name: 'Dr Example', authenticated: false });
    }
    const signed = await room.store.db.select({ id: signedReport.studyId }).from(signedReport);
    const [standing] = await room.store.db
      .select({ n: count() })
      .from(study)
      .where(inArray(study.status, ['signed']));
    expect(standing?.n).toBe(signed.length);
    expect(signed.length - acknowledged.length).toBeLessThanOrEqual(1);
  } finally {
    await room.store.close();
  }
});
