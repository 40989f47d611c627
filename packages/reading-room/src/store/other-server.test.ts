import { execFileSync, spawn } from 'node:child_process';
import { chown, mkdir, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readPack } from '@radiolect/findings/node';
import { afterAll, describe, expect, test } from 'vitest';
import { fixtureDicom, jsonLines, temporaryFolder, writeFiles } from '../import/archive.fixture.ts';
import { importArchive } from '../import/import-archive.ts';
import { openRoom } from '../open-room.ts';
import { serverAccount } from '../postgres/account.ts';
import { loadStudy } from '../study/load-study.ts';
import { signReport } from '../study/sign-report.ts';
import { studyActs } from '../study/study-acts.ts';
import { datasetFigures } from '../training/dataset-figures.ts';
import { listStudies } from '../worklist/list-studies.ts';
import { writeSetting } from './settings.ts';

// The SQL is written to PostgreSQL 15. Where Debian's servers are installed, the main statements run on each of them.

const debian = '/usr/lib/postgresql';
const versions = (await readdir(debian).catch(() => [])).filter((version) => Number(version) >= 15);
const base = await temporaryFolder();
afterAll(() => rm(base, { recursive: true, force: true }));

describe.skipIf(versions.length === 0)('a server of the hospital, by its address', () => {
  test.each(versions)('PostgreSQL %s', async (version) => {
    const cluster = join(base, `cluster-${version}`);
    const account = await serverAccount();
    await mkdir(cluster, { mode: 0o700 });
    if (account) await chown(cluster, account.uid, account.gid);
    const bin = join(debian, version, 'bin');
    const quiet = { cwd: '/', stdio: 'ignore', ...account } as const;
    execFileSync(join(bin, 'initdb'), ['-D', cluster, '-U', 'someone', '--auth=trust', '--no-sync'], quiet);
    const port = await freePort();
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
    const server = spawn(join(bin, 'postgres'), ['-D', cluster, ...settings.flatMap((one) => ['-c', one])], quiet);
    try {
      const databaseUrl = `postgresql://someone@127.0.0.1:${port}/postgres`;
      const room = await openWhenReady(databaseUrl);
      try {
        await writeFiles(join(base, 'archive'), {
          'a.dcm': fixtureDicom({ accession: 'V1', patient: 'PV', date: '20230101' }),
          'b.dcm': fixtureDicom({ accession: 'V2', patient: 'PV', date: '20240101' }),
          'reports.jsonl': jsonLines([{ id: 'V2', accessionNumber: 'V2', text: 'Increased uptake at L4.' }]),
        });
        const { counts } = await importArchive(room, { paths: [join(base, 'archive')] });
        expect(counts).toMatchObject({ studiesAdded: 2, byAccession: 1 });
        const { rows, total } = await listStudies(room, { priors: true, search: 'pv', report: 'with' });
        expect([total, rows[0]?.priorCount]).toEqual([1, 1]);
        await studyActs.add(room, rows[0]!.id, { site: 'l4' });
        await writeSetting(room.store.db, 'reader', 'Dr Example');
        const { study } = await loadStudy(room, rows[0]!.id);
        await signReport(room, study.id, { revision: study.revision, despiteChecks: true });
        expect((await listStudies(room, { status: 'signed' })).rows[0]?.signedBy).toBe('Dr Example');
        expect(await datasetFigures(room)).toMatchObject({ studies: 2, patients: 1, withSignedFindings: 1 });
      } finally {
        await room.store.close();
      }
    } finally {
      server.kill('SIGINT');
      await new Promise((done) => server.once('exit', done));
    }
  });
});

async function openWhenReady(databaseUrl: string) {
  const options = {
    dataFolder: join(base, 'data'),
    databaseUrl,
    pack: await readPack('bone-scan'),
    now: () => new Date(),
  };
  for (let tries = 0; ; tries++)
    try {
      return await openRoom(options);
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((next) => setTimeout(next, 100));
    }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
