import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The account that runs the server, by number. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as "nobody". Undefined where the user's own account will do. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, , uid, gid] = /^nobody:.*$/m.exec(passwd)?.[0].split(':') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

/** Whether an account without rights of its own can read the file or enter the folder, all folders above included. */
export async function everybodyCanReach(path: string): Promise<boolean> {
  let at = await realpath(path);
  const own = await stat(at);
  if (own.isDirectory() ? (own.mode & 0o001) === 0 : (own.mode & 0o004) === 0) return false;
  while (dirname(at) !== at) {
    at = dirname(at);
    if (((await stat(at)).mode & 0o001) === 0) return false;
  }
  return true;
}
