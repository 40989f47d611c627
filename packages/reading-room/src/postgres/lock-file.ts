import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { StoreUnavailableError } from '../errors.ts';
import { birthOf, isAlive, pause } from './process-life.ts';

/** How long to wait for a lock that a living process holds; a minute unless told. */
export interface LockOptions {
  readonly longestWaitMs?: number;
}

/**
 * Runs `work` while holding a lock file, so that of several processes one at a time starts or stops the server. A lock
 * whose process is dead is taken over; one on another computer is taken to live. Throws StoreUnavailableError after the longest wait.
 */
export async function withLockFile<T>(
  path: string,
  work: () => Promise<T>,
  { longestWaitMs = 60_000 }: LockOptions = {},
): Promise<T> {
  const mine = `${process.pid} ${await birthOf(process.pid)} ${randomUUID()} ${hostname()}`;
  const offer = `${path}.${randomUUID()}`;
  await writeFile(offer, mine);
  try {
    // Linking is the one step that fails where the lock exists and never leaves a half-written lock behind.
    for (let waited = 0; !(await linked(offer, path)); waited += 25) {
      await removeIfDead(path);
      if (waited > longestWaitMs)
        throw new StoreUnavailableError(`${path} is held by another process`, 'end that process, or delete the file');
      await pause(25);
    }
  } finally {
    await rm(offer, { force: true });
  }
  try {
    return await work();
  } finally {
    if ((await readFile(path, 'utf8').catch(() => '')) === mine) await rm(path, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfDead(path: string): Promise<void> {
  const holder = await readFile(path, 'utf8').catch(() => undefined);
  if (holder === undefined || !(await isDead(holder))) return;
  // Between reading and removing another process may have taken the dead lock over: what was moved away is looked at
  // again and put back where it is not the dead one.
  const aside = `${path}.${randomUUID()}`;
  if (
    !(await rename(path, aside).then(
      () => true,
      () => false,
    ))
  )
    return;
  if ((await readFile(aside, 'utf8')) !== holder) await linked(aside, path);
  await rm(aside, { force: true });
}

async function isDead(holder: string): Promise<boolean> {
  const [pid, birth, , host] = holder.split(' ');
  if (host !== undefined && host !== hostname()) return false;
  if (!(await isAlive(Number(pid)))) return true;
  return birth !== '' && birth !== (await birthOf(Number(pid)));
}
