import { languages } from '@radiolect/findings';
import { InvalidModelConfigurationError } from '@radiolect/language-models';
import type { DraftUnderWay, Room } from '@radiolect/reading-room';
import { findStudy, listDrafts, loadStudy, readAudit, takeDraft, writeDrafts } from '@radiolect/reading-room';
import { Hono } from 'hono';
import { z } from 'zod';
import { studyDetail } from '../answers.ts';
import type { DraftUnderWay as DraftUnderWayAnswer, KeptDrafts, LanguageModelList, StudyDetail } from '../api.ts';
import type { Jobs } from '../jobs.ts';
import { problemOf } from '../problems.ts';

const writer = z.string().min(1).max(64);
const forms = {
  write: z.object({
    writers: z.array(writer).min(1).max(16),
    variants: z.number().int().min(1).max(5).optional(),
    language: z.enum(languages).optional(),
  }),
  take: z.object({ writer, variant: z.number().int().min(0) }),
};

/** `/api/language-models` and `/api/studies/ID/drafts`: drafts by several writers, side by side, and which one is taken. */
export function draftRoutes(room: Room, jobs: Jobs): Hono {
  const app = new Hono();
  app.get('/language-models', async (context) => {
    try {
      const cards = await room.languageModels.list();
      const models = await Promise.all(
        cards.map(async (card) => {
          const audit = await readAudit(room.store.dataFolder, card.name);
          return { ...card, ...(audit ? { audit } : {}) };
        }),
      );
      return context.json({ models } satisfies LanguageModelList);
    } catch (error) {
      if (!(error instanceof InvalidModelConfigurationError)) throw error;
      const problem = { rule: error.message, fix: error.fix };
      return context.json({ models: [], problem } satisfies LanguageModelList);
    }
  });
  app.get('/studies/:id/drafts', async (context) => {
    const drafts = await listDrafts(room, context.req.param('id'));
    return context.json({
      drafts: drafts.map((draft) => ({ ...draft, writtenAt: draft.writtenAt.toISOString() })),
    } satisfies KeptDrafts);
  });
  app.post('/studies/:id/drafts', async (context) => {
    const { writers, variants, language } = forms.write.parse(await context.req.json());
    const { id } = await findStudy(room.store.db, context.req.param('id'));
    const request = {
      writers,
      ...(variants === undefined ? {} : { variants }),
      ...(language === undefined ? {} : { language }),
    };
    const job = jobs.start(async (emit, signal) => {
      await writeDrafts(room, id, request, {
        signal,
        onChange: (drafts) =>
          emit({
            kind: 'progress',
            stage: 'drafting',
            done: drafts.filter(({ state }) => state !== 'writing').length,
            total: drafts.length,
            drafts: drafts.map(underWay),
          }),
      });
      return {};
    });
    return context.json(job, 202);
  });
  app.post('/studies/:id/drafts/take', async (context) => {
    const { writer: name, variant } = forms.take.parse(await context.req.json());
    const id = context.req.param('id');
    await takeDraft(room, id, name, variant);
    return context.json(studyDetail(await loadStudy(room, id)) satisfies StudyDetail);
  });
  return app;
}

const underWay = ({ error, ...draft }: DraftUnderWay): DraftUnderWayAnswer => ({
  ...draft,
  ...(draft.state === 'failed' ? { problem: problemOf(error) } : {}),
});
