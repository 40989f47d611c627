import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { StoreUnavailableError } from '../errors.ts';
import type { Account } from './account.ts';
import { everybodyCanReach, serverAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { postgresBinaries } from './binaries.ts';
import { withLockFile } from './lock-file.ts';
import { isAlive, pause, programOf } from './process-life.ts';

/** A server that this process uses: a connection string, and a way to leave. The last process to leave stops it. */
export interface EmbeddedPostgres {
  readonly connectionString: string;
  close(): Promise<void>;
}

const user = 'radiolect';
/** Every process holds one connection of this name for as long as it lives; the server counts them, kill -9 included. */
const presence = 'radiolect presence';
const startWaitMs = 30_000;

interface Place {
  readonly cluster: string;
  readonly log: string;
  readonly passwordFile: string;
  readonly lock: string;
  readonly account: Account | undefined;
  readonly binaries: PostgresBinaries;
}

/**
 * Uses the PostgreSQL server of a data folder. The first process makes the cluster and starts the server, others attach
 * to it through `postmaster.pid`, a server whose processes were all killed is adopted, one that was killed itself
 * recovers on the next start. Throws StoreUnavailableError.
 */
export async function openEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const place = await placeOf(resolve(dataFolder));
  const { client, connectionString } = await withLockFile(place.lock, async () => {
    if (!(await exists(join(place.cluster, 'PG_VERSION')))) await makeCluster(place);
    return (await attach(place)) ?? (await start(place));
  });
  return {
    connectionString,
    close: () =>
      withLockFile(place.lock, async () => {
        const others = await client
          .query<{ n: number }>(
            'select count(*)::int as n from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
            [presence],
          )
          .then(
            ({ rows }) => rows[0]?.n ?? 0,
            () => 0,
          );
        await client.end().catch(() => undefined);
        if (others === 0) await stop(place);
      }),
  };
}

async function placeOf(dataFolder: string): Promise<Place> {
  await mkdir(dataFolder, { recursive: true });
  const account = await serverAccount();
  let home = join(dataFolder, 'postgres');
  if (account) {
    // The server's account must pass through the data folder, which stays closed to reading.
    await chmod(dataFolder, 0o711);
    if (!(await everybodyCanReach(dataFolder))) {
      // A folder above is closed to others (root's home) and not ours to open: the cluster lies beside, by a hash.
      const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
      const temporary = dataFolder.startsWith(`${tmpdir()}/`);
      home = join(temporary ? tmpdir() : '/var/lib/radiolect', temporary ? `radiolect-${name}` : name);
      await mkdir(home, { recursive: true, mode: 0o711 });
      await writeFile(join(dataFolder, 'postgres.location'), `${home}\n`);
    }
  }
  await mkdir(home, { recursive: true });
  if (account) await chmod(home, 0o711);
  return {
    cluster: join(home, 'cluster'),
    log: join(home, 'server.log'),
    passwordFile: join(home, 'password'),
    lock: join(home, 'lock'),
    account,
    binaries: await postgresBinaries(account !== undefined, join(home, 'server')),
  };
}

/** Makes the cluster in a folder of another name and moves it into place, so that half a cluster never stands there. */
async function makeCluster(place: Place): Promise<void> {
  const fresh = `${place.cluster}.new`;
  const passwordCopy = `${place.passwordFile}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  await writeFile(place.passwordFile, password, { mode: 0o600 });
  await writeFile(passwordCopy, password, { mode: 0o600 });
  if (place.account) {
    await chown(fresh, place.account.uid, place.account.gid);
    await chown(passwordCopy, place.account.uid, place.account.gid);
  }
  const options = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${user}`];
  try {
    await run(place, place.binaries.initdb, ['-D', fresh, `--pwfile=${passwordCopy}`, ...options]);
  } finally {
    await rm(passwordCopy, { force: true });
  }
  await rename(fresh, place.cluster);
}

async function run(place: Place, program: string, args: readonly string[]): Promise<void> {
  const log = await open(place.log, 'a');
  try {
    const child = spawn(program, args, { cwd: '/', stdio: ['ignore', log.fd, log.fd], ...place.account });
    const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('exit', done));
    if (code !== 0) throw new StoreUnavailableError(`${program} ended with ${code}`, `read ${place.log}`);
  } finally {
    await log.close();
  }
}

interface Attached {
  readonly client: pg.Client;
  readonly connectionString: string;
}

/** Joins the server that `postmaster.pid` names; undefined where none lives. */
async function attach(place: Place): Promise<Attached | undefined> {
  const deadline = performance.now() + startWaitMs;
  let strangerSeen = 0;
  for (;;) {
    const running = await postmaster(place);
    if (!running || !(await isAlive(running.pid))) {
      // The file of a server that was killed: its last backends notice within moments, then it is safe to remove.
      if (running) await pause(300);
      await rm(join(place.cluster, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (running.port !== undefined && running.status === 'ready') {
      const attached = await connect(place, running.port).catch(() => undefined);
      if (attached) return attached;
    }
    const program = await programOf(running.pid);
    if (program !== undefined && !program.startsWith('postgres') && ++strangerSeen > 4) {
      // The number now belongs to some other program: the computer was restarted since.
      await rm(join(place.cluster, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (performance.now() > deadline)
      throw new StoreUnavailableError('The database does not answer', `read ${place.log}`);
    await pause(50);
  }
}

async function connect(place: Place, port: number): Promise<Attached> {
  const password = (await readFile(place.passwordFile, 'utf8')).trim();
  const connectionString = `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`;
  const client = new pg.Client({ connectionString, application_name: presence, connectionTimeoutMillis: 5_000 });
  // Without a listener a server that goes away would end this process; the pool reports what then fails.
  client.on('error', () => undefined);
  await client.connect();
  return { client, connectionString };
}

async function start(place: Place): Promise<Attached> {
  const port = await freePort();
  const log = await open(place.log, 'w');
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    // The log must not repeat what reports say: no statements, no details with values.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const args = ['-D', place.cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
  const child = spawn(place.binaries.postgres, args, {
    cwd: '/',
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
    ...place.account,
  });
  const ended = new Promise<string>((done) =>
    child.on('error', (error) => done(error.message)).on('exit', (code) => done(`it ended with ${code}`)),
  );
  child.unref();
  await log.close();
  const deadline = performance.now() + startWaitMs;
  for (;;) {
    const failure = await Promise.race([ended, pause(20)]);
    if (typeof failure === 'string')
      throw new StoreUnavailableError(`The database did not start: ${failure}`, `read ${place.log}`);
    const running = await postmaster(place);
    if (running?.pid === child.pid && running?.status === 'ready') return connect(place, port);
    if (performance.now() > deadline)
      throw new StoreUnavailableError('The database takes longer than 30 s to start', `read ${place.log}`);
  }
}

/** Asks for a fast shutdown: open transactions are rolled back, committed ones are on disk. */
async function stop(place: Place): Promise<void> {
  const running = await postmaster(place);
  if (!running) return;
  try {
    process.kill(running.pid, 'SIGINT');
  } catch {
    return;
  }
  const deadline = performance.now() + startWaitMs;
  while ((await postmaster(place)) && (await isAlive(running.pid)) && performance.now() < deadline) await pause(20);
}

/** What `postmaster.pid` says: line 1 the process, line 4 the port, line 8 the status. */
async function postmaster(
  place: Place,
): Promise<{ pid: number; port: number | undefined; status: string | undefined } | undefined> {
  const text = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: lines[3] ? Number(lines[3]) : undefined, status: lines[7] };
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
      .on('error', fail)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
      });
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
