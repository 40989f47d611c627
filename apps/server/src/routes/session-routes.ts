import { languages } from '@radiolect/findings';
import type { Room } from '@radiolect/reading-room';
import { readSetting, writeSetting } from '@radiolect/reading-room';
import { Hono } from 'hono';
import { z } from 'zod';
import type { PackAnswer, Session, Settings } from '../api.ts';

const settingsForm = z.object({
  draftLanguage: z.enum(languages).optional(),
  interfaceLanguage: z.enum(languages).optional(),
  languageModelDrafts: z.boolean().optional(),
});

/** `/api/session`, `/api/settings`, `/api/pack`: who reads, in which language, with which sites. */
export function sessionRoutes(room: Room, version: string): Hono {
  const app = new Hono();
  const { db } = room.store;
  const settings = async (): Promise<Settings> => ({
    draftLanguage: (await readSetting(db, 'draftLanguage')) ?? 'en',
    interfaceLanguage: (await readSetting(db, 'interfaceLanguage')) ?? 'en',
    languageModelDrafts: (await readSetting(db, 'languageModelDrafts')) ?? false,
  });
  const banners = async (): Promise<Pick<Session, 'banners'>> => {
    // A broken configuration is told where models are chosen; nothing can be sent by it.
    const cards = await room.languageModels.list().catch(() => []);
    const lines = cards.flatMap(({ banner }) => (banner === undefined ? [] : [banner]));
    return lines.length > 0 ? { banners: lines } : {};
  };
  const session = async (): Promise<Session> => {
    const reader = await readSetting(db, 'reader');
    return {
      ...(reader === undefined ? {} : { reader }),
      version,
      pack: room.pack.name,
      settings: await settings(),
      ...(await banners()),
    };
  };
  app.get('/session', async (context) => context.json(await session()));
  app.put('/session/reader', async (context) => {
    const { name } = z.object({ name: z.string() }).parse(await context.req.json());
    await writeSetting(db, 'reader', name);
    return context.json(await session());
  });
  app.get('/settings', async (context) => context.json(await settings()));
  app.put('/settings', async (context) => {
    const given = settingsForm.parse(await context.req.json());
    if (given.draftLanguage) await writeSetting(db, 'draftLanguage', given.draftLanguage);
    if (given.interfaceLanguage) await writeSetting(db, 'interfaceLanguage', given.interfaceLanguage);
    if (given.languageModelDrafts !== undefined)
      await writeSetting(db, 'languageModelDrafts', given.languageModelDrafts);
    return context.json(await settings());
  });
  app.get('/pack', (context) => {
    const { name, version: packVersion, sites, atlas } = room.pack;
    return context.json({ name, version: packVersion, sites, ...(atlas ? { atlas } : {}) } satisfies PackAnswer);
  });
  return app;
}
