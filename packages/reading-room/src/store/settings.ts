import { randomBytes } from 'node:crypto';
import type { Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import type { Queries, Store } from './open-store.ts';
import { setting } from './schema.ts';

const forms = {
  reader: z.string().trim().min(1).max(120),
  draftLanguage: z.enum(languages),
  interfaceLanguage: z.enum(languages),
  /** Id of the model that reads, of the one before it, and the switch for studies that are not synthetic. */
  modelInUse: z.string(),
  previousModel: z.string(),
  shippedOnForRealStudies: z.boolean(),
  /** Once identities were replaced, every later import replaces them too. */
  pseudonymised: z.boolean(),
  identityKey: z.string(),
  imagesPerSecond: z.number(),
  /** Whether language models may draft in this project; off until somebody switches it on. */
  languageModelDrafts: z.boolean(),
};
type SettingKey = keyof typeof forms;
type SettingValue<K extends SettingKey> = z.infer<(typeof forms)[K]>;

/** A setting's value, or undefined where it was never made. */
export async function readSetting<K extends SettingKey>(db: Queries, key: K): Promise<SettingValue<K> | undefined> {
  const [row] = await db.select().from(setting).where(eq(setting.key, key));
  return row === undefined ? undefined : (forms[key].parse(row.value) as SettingValue<K>);
}

/** Throws RefusedError where the value does not follow the setting's form. */
export async function writeSetting<K extends SettingKey>(db: Queries, key: K, value: SettingValue<K>): Promise<void> {
  const parsed = forms[key].safeParse(value);
  if (!parsed.success) throw new RefusedError(`${key} is malformed`, parsed.error.issues[0]?.message ?? 'correct it');
  await db
    .insert(setting)
    .values({ key, value: parsed.data })
    .onConflictDoUpdate({ target: setting.key, set: { value: parsed.data } });
}

export async function clearSetting(db: Queries, key: SettingKey): Promise<void> {
  await db.delete(setting).where(eq(setting.key, key));
}

/** The project's secret under which identities are hashed; made once. */
export async function identityKey(store: Store): Promise<string> {
  await store.db
    .insert(setting)
    .values({ key: 'identityKey', value: randomBytes(32).toString('hex') })
    .onConflictDoNothing();
  return (await readSetting(store.db, 'identityKey'))!;
}

export const draftLanguage = async (db: Queries): Promise<Language> => (await readSetting(db, 'draftLanguage')) ?? 'en';
