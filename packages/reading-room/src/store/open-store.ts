import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { StoreUnavailableError } from '../errors.ts';
import { openEmbeddedPostgres } from '../postgres/embedded-postgres.ts';
import type { Blobs } from './blobs.ts';
import { folderBlobs } from './blobs.ts';
import { migrate } from './migrate.ts';

export type Database = NodePgDatabase;
/** The database or an open transaction of it. */
export type Queries = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/** The one place where the reading room keeps things: rows in PostgreSQL, pictures and copies as files. */
export interface Store {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly dataFolder: string;
  readonly now: () => Date;
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  readonly dataFolder: string;
  /** Any PostgreSQL from 15 on; where it is left out, the embedded server of the data folder is used. */
  readonly databaseUrl?: string | undefined;
  readonly now: () => Date;
}

/** Opens the store of a data folder, which is made where it is missing. Throws StoreUnavailableError. */
export async function openStore({ dataFolder, databaseUrl, now }: OpenStoreOptions): Promise<Store> {
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  const server = databaseUrl
    ? { connectionString: databaseUrl, close: async () => undefined }
    : await openEmbeddedPostgres(dataFolder);
  const pool = new pg.Pool({ connectionString: server.connectionString, application_name: 'radiolect', max: 12 });
  // Idle connections end when the server goes away; the next query reports it.
  pool.on('error', () => undefined);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end().catch(() => undefined);
    await server.close();
    if (error instanceof StoreUnavailableError) throw error;
    // Messages of the driver may hold the connection string's parts, so the code alone is passed on.
    const code = (error as { code?: string }).code ?? 'unknown';
    throw new StoreUnavailableError(`The database cannot be used (${code})`, 'check DATABASE_URL and its rights', {
      cause: error,
    });
  }
  return {
    db: drizzle(pool, { casing: 'snake_case' }),
    blobs: folderBlobs(join(dataFolder, 'blobs')),
    dataFolder,
    now,
    close: async () => {
      await pool.end();
      await server.close();
    },
  };
}
