import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbeddedPostgres } from './embedded-postgres.ts';
import { isAlive, pause } from './process-life.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-postgres-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pidFile = (): string => join(folder, 'postgres/cluster/postmaster.pid');
const serverPid = async (): Promise<number> => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
const running = (): Promise<boolean> =>
  stat(pidFile()).then(
    () => true,
    () => false,
  );

async function query<T>(connectionString: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** A process of its own that opens the database, says so, and waits to be killed. */
async function otherProcess(): Promise<{ connectionString: string; kill: () => Promise<void> }> {
  const module = fileURLToPath(new URL('./embedded-postgres.ts', import.meta.url));
  const script = `import { openEmbeddedPostgres } from ${JSON.stringify(module)};
    const { connectionString } = await openEmbeddedPostgres(${JSON.stringify(folder)});
    console.log(connectionString); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const connectionString = await new Promise<string>((done) =>
    child.stdout.once('data', (data: Buffer) => done(data.toString().trim())),
  );
  const kill = async (): Promise<void> => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  };
  return { connectionString, kill };
}

test('the first opens, the second attaches, the last one out stops the server', async () => {
  const [first, second] = await Promise.all([openEmbeddedPostgres(folder), openEmbeddedPostgres(folder)]);
  expect(second.connectionString).toBe(first.connectionString);
  await first.close();
  expect(await query(second.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.close();
  expect(await running()).toBe(false);
});

test('a server whose process was killed is adopted and stopped by the next one', async () => {
  const orphan = await otherProcess();
  await query(orphan.connectionString, 'create table kept (n int); insert into kept values (7)');
  await orphan.kill();
  expect(await running()).toBe(true);
  const adopted = await openEmbeddedPostgres(folder);
  expect(adopted.connectionString).toBe(orphan.connectionString);
  expect(await query(adopted.connectionString, 'select n from kept')).toEqual([{ n: 7 }]);
  await pause(200);
  await adopted.close();
  expect(await running()).toBe(false);
});

test('what was committed is there after the server itself was killed', async () => {
  const first = await openEmbeddedPostgres(folder);
  await query(first.connectionString, 'insert into kept values (8)');
  const pid = await serverPid();
  process.kill(pid, 'SIGKILL');
  while (await isAlive(pid)) await pause(20);
  const second = await openEmbeddedPostgres(folder);
  expect(await query(second.connectionString, 'select n from kept order by n')).toEqual([{ n: 7 }, { n: 8 }]);
  await first.close();
  await second.close();
  expect(await running()).toBe(false);
});
