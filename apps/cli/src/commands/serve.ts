import { serveRoom } from '@radiolect/server';
import { Command, InvalidArgumentError } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { interruption, surroundingsOf, version, withRoom } from '../surroundings.ts';

interface ServeOptions extends GlobalOptions {
  readonly port?: number;
}

/** Where the reading room is served unless told; another port is taken where this one is in use. */
const usualPort = 4747;

export const serveCommand = new Command('serve')
  .description('Serves the reading room of the data folder on this computer.')
  .option('--port <port>', `port on 127.0.0.1 (default: ${usualPort}, or another where it is taken)`, portNumber)
  .addHelpText(
    'after',
    `
Prints the address with its token; the page is for this computer alone. Stop with Ctrl-C.

Examples:
  radiolect serve
  radiolect serve --port 8080 --data ./project`,
  )
  .action(async (_options: unknown, command: Command) => {
    await serveUntilInterrupted(command.optsWithGlobals<ServeOptions>());
  });

/** Serves until Ctrl-C or a polite kill. `prepare` works on the room before the address is printed. */
export async function serveUntilInterrupted(
  options: ServeOptions,
  prepare: (room: Parameters<Parameters<typeof withRoom>[1]>[0], signal: AbortSignal) => Promise<void> = async () =>
    undefined,
): Promise<void> {
  const signal = interruption();
  await withRoom(options, async (room) => {
    await prepare(room, signal);
    if (signal.aborted) return;
    const server = await serveRoom({
      room,
      around: surroundingsOf(options),
      version,
      port: options.port ?? usualPort,
      anyPort: options.port === undefined,
      log: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`Reading room: ${server.address}\n`);
    if (!signal.aborted) await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
    process.stderr.write('Closing …\n');
    await server.close();
  });
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('must be 0 to 65535');
  return port;
}
