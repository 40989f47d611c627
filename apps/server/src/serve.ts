import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve as listen, type ServerType } from '@hono/node-server';
import type { Room, TrainingSurroundings } from '@radiolect/reading-room';
import { stopTrainings } from '@radiolect/reading-room';
import { createApp } from './create-app.ts';
import { createJobs } from './jobs.ts';
import { builtWebFolder } from './web-build.ts';

export interface ServeOptions {
  readonly room: Room;
  readonly around: TrainingSurroundings;
  readonly version: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Whether another port will do where this one is taken. */
  readonly anyPort?: boolean;
  /** False to serve the interface without the page. */
  readonly withPage?: boolean;
  readonly log: (line: string) => void;
}

export interface RunningServer {
  /** With the token: what a person opens. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

/** Serves a reading room on the loopback address. The token is made once per data folder, so that cookies outlive it. */
export async function serveRoom(options: ServeOptions): Promise<RunningServer> {
  const { room, around, version, log } = options;
  const token = await tokenOf(room.store.dataFolder);
  const webFolder = options.withPage === false ? undefined : await builtWebFolder(log);
  const report = (error: unknown): void => log(describe(error));
  const jobs = createJobs(report);
  const app = createApp({ room, jobs, around, token, version, webFolder, report });
  const { server, port } = await bind(app.fetch, options);
  return {
    address: `http://127.0.0.1:${port}/?token=${token}`,
    port,
    token,
    close: async () => {
      await jobs.close();
      await stopTrainings(room);
      await new Promise<void>((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

type Handler = ReturnType<typeof createApp>['fetch'];

async function bind(fetch: Handler, { port, anyPort }: ServeOptions): Promise<{ server: ServerType; port: number }> {
  const on = (wanted: number): Promise<{ server: ServerType; port: number }> =>
    new Promise((done, fail) => {
      const server = listen({ fetch, port: wanted, hostname: '127.0.0.1' }, (info) =>
        done({ server, port: info.port }),
      );
      server.on('error', fail);
    });
  try {
    return await on(port);
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (taken && anyPort) return await on(0);
    if (taken) throw new Error(`Port ${port} is taken; choose another with --port, or 0 for any free one`);
    throw error;
  }
}

async function tokenOf(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'token');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[\w-]{32,}$/.test(known.trim())) return known.trim();
  const token = randomBytes(24).toString('base64url');
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/** An error for the terminal: its kind and place. Messages of drivers may quote rows, so they are left out. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const place = error.stack?.split('\n').find((line) => line.trim().startsWith('at ')) ?? '';
  const cause = error.cause as { code?: string } | undefined;
  return `${error.name}${cause?.code ? ` (${cause.code})` : ''}${place}`;
}
