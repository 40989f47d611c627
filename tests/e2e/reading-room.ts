import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, writeSetting } from '@radiolect/reading-room';

const program = fileURLToPath(new URL('../../apps/cli/bin/radiolect.mjs', import.meta.url));

export interface ServedReadingRoom {
  /** With the token, as the terminal prints it. */
  readonly address: string;
  /** A folder of phantom studies and their reports, not yet imported, without the truth. */
  readonly archive: { readonly dicom: string; readonly reports: string };
  readonly dataFolder: string;
  close(): Promise<void>;
}

/**
 * Draws `count` phantom studies and serves a reading room on a fresh, empty data folder. With RADIOLECT_E2E_PHANTOMS the
 * drawn studies are kept in that folder and used again by the next run. `languageModels` become those of the data folder.
 */
export async function serveReadingRoom(
  count: number,
  seed: number,
  languageModels: readonly object[] = [],
): Promise<ServedReadingRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'radiolect-e2e-'));
  const kept = process.env.RADIOLECT_E2E_PHANTOMS;
  const phantoms = kept ? join(kept, `${count}-${seed}`) : join(folder, 'phantoms');
  const drawn = spawnSync(
    process.execPath,
    [program, 'phantom', '--count', `${count}`, '--seed', `${seed}`, '--out', phantoms],
    { encoding: 'utf8' },
  );
  if (drawn.status !== 0) throw new Error(`radiolect phantom failed: ${drawn.stderr}`);
  const data = join(folder, 'data');
  await giveIdentityKey(data);
  if (languageModels.length > 0) {
    writeFileSync(join(data, 'language-models.json'), JSON.stringify({ models: languageModels }));
  }
  const server = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const address = await printedAddress(server);
  return {
    address,
    dataFolder: data,
    archive: { dicom: join(phantoms, 'dicom'), reports: join(phantoms, 'reports.jsonl') },
    close: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A key of its own, not a random one, for the data folder: by the key patients fall into training and validation, so
 * what a model learns in a minute from a few studies would be another thing in each run.
 */
async function giveIdentityKey(dataFolder: string): Promise<void> {
  const store = await openStore({ dataFolder, now: () => new Date() });
  await writeSetting(store.db, 'identityKey', '0'.repeat(64));
  await store.close();
}

function printedAddress(server: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said)?.[0];
      if (address) done(address);
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('exit', (code) => fail(new Error(`radiolect serve ended with ${code}: ${said}`)));
  });
}
