import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StoreUnavailableError } from '../errors.ts';
import { folderBlobs } from './blobs.ts';
import type { Store } from './open-store.ts';
import { openStore } from './open-store.ts';
import { clearSetting, identityKey, readSetting, writeSetting } from './settings.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-store-'));
  store = await openStore({ dataFolder: folder, now: () => new Date(0) });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('a second store of the same folder uses the same database', async () => {
  const second = await openStore({ dataFolder: folder, now: () => new Date(0) });
  await writeSetting(store.db, 'reader', ' Dr Example ');
  expect(await readSetting(second.db, 'reader')).toBe('Dr Example');
  expect(await identityKey(second)).toBe(await identityKey(store));
  await second.close();
  expect(await readSetting(store.db, 'reader')).toBe('Dr Example');
  await clearSetting(store.db, 'reader');
  expect(await readSetting(store.db, 'reader')).toBeUndefined();
  await expect(writeSetting(store.db, 'reader', '')).rejects.toThrow('reader is malformed');
});

test('a signed version can neither be changed nor deleted', async () => {
  await store.db.execute(sql`insert into study (id, study_instance_uid, reading, imported_at)
    values ('00000000-0000-4000-8000-000000000001', '1.2.3', '{}', now())`);
  await store.db.execute(sql`insert into signed_report (study_id, version, signed_at, content)
    values ('00000000-0000-4000-8000-000000000001', 1, now(), '{}')`);
  const refused = { cause: { message: 'a signed version is never changed or deleted' } };
  await expect(store.db.execute(sql`update signed_report set version = 2`)).rejects.toMatchObject(refused);
  await expect(store.db.execute(sql`delete from signed_report`)).rejects.toMatchObject(refused);
});

test('a schema of a later version is refused, not damaged', async () => {
  await store.db.execute(sql`insert into schema_version (name) values ('9999-future.sql')`);
  await expect(openStore({ dataFolder: folder, now: () => new Date(0) })).rejects.toThrow(StoreUnavailableError);
  await store.db.execute(sql`delete from schema_version where name = '9999-future.sql'`);
});

test('an unreachable server is named without its password', async () => {
  const databaseUrl = 'postgresql://user:secret@127.0.0.1:1/none';
  const opening = openStore({ dataFolder: folder, databaseUrl, now: () => new Date(0) });
  await expect(opening).rejects.toThrow(StoreUnavailableError);
  await expect(opening).rejects.not.toThrow('secret');
});

test('a blob is written once, whole, and a damaged one is written again', async () => {
  const blobs = folderBlobs(join(folder, 'some-blobs'));
  const bytes = new TextEncoder().encode('counts');
  const address = await blobs.put(bytes);
  expect(await blobs.put(bytes)).toBe(address);
  const path = join(folder, 'some-blobs', address.slice(0, 2));
  expect(await readdir(path)).toEqual([address]);
  await writeFile(join(path, address), 'cou');
  await blobs.put(bytes);
  expect(new Uint8Array(await blobs.get(address))).toEqual(bytes);
});
