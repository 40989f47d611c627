import { join } from 'node:path';
import { importArchive, listStudies, readUnread } from '@radiolect/reading-room';
import { Command } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { main } from '../main.ts';
import { progressLine } from '../progress-line.ts';
import { portNumber, serveUntilInterrupted } from './serve.ts';

interface StartOptions extends GlobalOptions {
  readonly port?: number;
  readonly demo: boolean;
}

/** Twelve studies; under this seed two patients come with a prior. */
const demo = { count: 12, seed: 4 };

export const startCommand = new Command('start')
  .description('Creates the data folder with sample studies where there is none, and serves the reading room.')
  .option('--port <port>', 'port on 127.0.0.1', portNumber)
  .option('--no-demo', 'begin empty, without sample studies')
  .addHelpText(
    'after',
    `
The sample studies are synthetic. They are drawn once, brought in by the same import as your own files, and read with
the model in use. A second start takes seconds.

Examples:
  npm start
  radiolect start --data ./project --no-demo`,
  )
  .action(async (_options: unknown, command: Command) => {
    const options = command.optsWithGlobals<StartOptions>();
    process.stderr.write(`Data folder: ${options.data}\n`);
    const line = progressLine();
    await serveUntilInterrupted(options, async (room, signal) => {
      const { total } = await listStudies(room, { limit: 1 });
      if (total === 0 && options.demo) {
        line.say(`Drawing ${demo.count} sample studies …`);
        const folder = join(room.store.dataFolder, 'sample-studies');
        await drawSamples(folder, options.pack);
        await importArchive(room, {
          paths: [folder],
          signal,
          onProgress: ({ stage, done, total: of }) => line.show(`importing ${stage}`, done, of),
          onRefusal: ({ file, rule, fix }) => line.say(`refused: ${file}: ${rule}; ${fix}`),
        });
      }
      await readUnread(room, { signal, onProgress: (done, of) => of > 0 && line.show('reading', done, of) });
      line.end();
    });
  });

/** The phantom command draws on all cores and goes on where it was stopped. */
async function drawSamples(folder: string, pack: string): Promise<void> {
  const { count, seed } = demo;
  const code = await main(['--pack', pack, 'phantom', '--count', `${count}`, '--seed', `${seed}`, '--out', folder]);
  if (code !== 0) throw new Error('The sample studies could not be drawn; start with --no-demo to begin empty');
}
