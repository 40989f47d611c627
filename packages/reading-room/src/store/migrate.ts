import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StoreUnavailableError } from '../errors.ts';

const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url));
/** Any constant will do, as long as every version of this program uses the same. */
const lockNumber = 7_202_611;

/**
 * Brings the schema to this version: each file of `drizzle/` in name order, once, in a transaction of its own. Several
 * processes may call it at once. Throws StoreUnavailableError for a schema of a later version.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber]);
    await client.query(
      'create table if not exists schema_version (name text primary key, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string }>('select name from schema_version');
    const applied = new Set(rows.map((row) => row.name));
    const files = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).sort();
    const unknown = [...applied].find((name) => !files.includes(name));
    if (unknown !== undefined)
      throw new StoreUnavailableError(`The database has the later schema "${unknown}"`, 'start the newer version');
    for (const name of files.filter((file) => !applied.has(file))) {
      await client.query('begin');
      try {
        await client.query(await readFile(join(migrations, name), 'utf8'));
        await client.query('insert into schema_version (name) values ($1)', [name]);
        await client.query('commit');
      } catch (cause) {
        await client.query('rollback');
        throw cause;
      }
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockNumber]).catch(() => undefined);
    client.release();
  }
}
