import { spawn } from 'node:child_process';
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

/** Runs a piece of program in a process of its own that is killed after so many lines; gives what it printed. */
async function killedAfter(after: number, program: string): Promise<string[]> {
  const index = JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)));
  const script = `import * as rooms from ${index};
    import { readPack } from '@radiolect/findings/node';
    const room = await rooms.openRoom({ dataFolder: ${JSON.stringify(join(base, 'data'))},
      pack: await readPack('bone-scan'), now: () => new Date() });
    let said = 0;
    // It ends itself, without a word, while the work after that many lines is under way.
    const say = (line) => {
      process.stdout.write(line + '\\n');
      if (++said === ${after}) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2);
    };
    ${program}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
  const signal = await new Promise((done) => child.once('close', (_code, by) => done(by)));
  expect(signal).toBe('SIGKILL');
  return lines;
}

test('kill -9 during import: what was counted is there, and the same import goes on', {
  timeout: 240_000,
}, async () => {
  for (const after of [1, 14]) {
    const lines = await killedAfter(
      after,
      `await rooms.importArchive(room, { paths: [${JSON.stringify(archive)}],
      onProgress: ({ stage, done }) => stage === 'studies' && say(String(done)) });`,
    );
    expect(lines.length).toBeLessThan(studies.length);
    const room = await open();
    try {
      const rows = await room.store.db.select({ id: study.id }).from(study);
      expect(rows.length).toBeGreaterThanOrEqual(Number(lines.at(-1)));
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

test('kill -9 during sign: every acknowledged version is there, none is there by half', {
  timeout: 240_000,
}, async () => {
  const acknowledged = await killedAfter(
    9,
    `
    await rooms.writeSetting(room.store.db, 'reader', 'Dr Example');
    const { rows } = await rooms.listStudies(room, { limit: 500 });
    for (const { id } of rows) {
      await rooms.studyActs.add(room, id, { site: 'l4' });
      const { study } = await rooms.loadStudy(room, id);
      await rooms.signReport(room, id, { revision: study.revision, despiteChecks: true });
      say(id);
    }`,
  );
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
