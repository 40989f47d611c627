import type { SiteLabel } from '@radiolect/findings';
import { changes, intensities, likelihoods, natures, presences, uptakes } from '@radiolect/findings';
import type { ReviewItem, Room } from '@radiolect/reading-room';
import {
  countReviewItems,
  fillReviewQueue,
  listReviewItems,
  loadReviewItem,
  reopenReviewItem,
  resolveReviewItem,
} from '@radiolect/reading-room';
import { createLanguageModelReader } from '@radiolect/reports';
import { Hono } from 'hono';
import { z } from 'zod';
import { withoutNulls } from '../answers.ts';
import type { ReviewItem as ReviewItemAnswer, ReviewItemPage, ReviewQueue } from '../api.ts';
import type { Jobs } from '../jobs.ts';

const label = z
  .strictObject({
    state: z.enum(presences),
    nature: z.enum(natures).optional(),
    likelihood: z.enum(likelihoods).optional(),
    change: z.enum(changes).optional(),
    uptake: z.enum(uptakes).optional(),
    intensity: z.enum(intensities).optional(),
  })
  .transform((given) => withoutNulls(given) as SiteLabel);
const revision = z.number().int().min(0);
const differs = z.enum(['presence', 'attributes']);
const forms = {
  query: z.object({
    state: z.enum(['open', 'resolved']).default('open'),
    differs: differs.optional(),
    site: z.string().max(64).optional(),
    model: z.string().max(64).optional(),
    report: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  resolve: z.discriminatedUnion('take', [
    z.object({ revision, take: z.enum(['rules', 'model']) }),
    z.object({ revision, take: z.literal('own'), label: label.nullable() }),
  ]),
  reopen: z.object({ revision }),
  fill: z.object({ model: z.string().min(1).max(64) }),
};
/** Items of one report that are shown beside the one that is open. */
const itemsOfReport = 500;

/** `/api/review-queue`: what rules and a language model read differently, and what people decide. */
export function reviewRoutes(room: Room, jobs: Jobs): Hono {
  const app = new Hono();
  const page = async (id: string): Promise<ReviewItemPage> => {
    const { item, text } = await loadReviewItem(room, id);
    const { items } = await listReviewItems(room, { report: item.reportId, limit: itemsOfReport, offset: 0 });
    return { item: reviewItem(item), text, ofSameReport: items.map(reviewItem) };
  };
  app.get('/', async (context) => {
    const { items, total } = await listReviewItems(room, forms.query.parse(context.req.query()));
    const counts = await countReviewItems(room);
    return context.json({ items: items.map(reviewItem), total, counts } satisfies ReviewQueue);
  });
  app.post('/fill', async (context) => {
    const { model: name } = forms.fill.parse(await context.req.json());
    const reader = createLanguageModelReader(await room.languageModels.open(name), room.pack);
    const job = jobs.start(async (emit, signal) => ({
      review: await fillReviewQueue(room, reader, {
        signal,
        onProgress: (done, total) => emit({ kind: 'progress', stage: 'reading twice', done, total }),
      }),
    }));
    return context.json(job, 202);
  });
  app.get('/:id', async (context) => context.json(await page(context.req.param('id'))));
  app.put('/:id', async (context) => {
    const { revision: seen, ...decision } = forms.resolve.parse(await context.req.json());
    await resolveReviewItem(room, context.req.param('id'), seen, decision);
    return context.json(await page(context.req.param('id')));
  });
  app.post('/:id/reopen', async (context) => {
    const { revision: seen } = forms.reopen.parse(await context.req.json());
    await reopenReviewItem(room, context.req.param('id'), seen);
    return context.json(await page(context.req.param('id')));
  });
  return app;
}

function reviewItem(item: ReviewItem): ReviewItemAnswer {
  const { id, revision: seen, reportId, sourceId, accessionNumber, studyId, site, model, state } = item;
  const { taken, resolvedBy, resolvedAt } = item;
  return {
    id,
    revision: seen,
    report: withoutNulls({ id: reportId, sourceId, accessionNumber, studyId }),
    site,
    differs: item.differs,
    model,
    readings: withoutNulls({ rules: item.rulesLabel, model: item.modelLabel }),
    state,
    ...(taken && resolvedBy !== null && resolvedAt
      ? { resolution: { take: taken, label: item.label, by: resolvedBy, at: resolvedAt.toISOString() } }
      : {}),
  };
}
