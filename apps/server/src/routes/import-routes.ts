import type { Room } from '@radiolect/reading-room';
import { decideMatch, importArchive, listImports, listMatches, readUnread } from '@radiolect/reading-room';
import { Hono } from 'hono';
import { z } from 'zod';
import { importSummary, matchesAnswer } from '../answers.ts';
import type { Jobs } from '../jobs.ts';

const heading = z.string().min(1).max(200);
const startForm = z.object({
  paths: z.array(z.string().trim().min(1)).min(1).max(100),
  copy: z.boolean().optional(),
  pseudonymise: z.boolean().optional(),
  columns: z
    .object({
      text: heading,
      id: heading.optional(),
      accession: heading.optional(),
      patient: heading.optional(),
      date: heading.optional(),
    })
    .optional(),
});

/** `/api/imports` and `/api/matches`: what comes in, and what belongs to what. */
export function importRoutes(room: Room, jobs: Jobs): Hono {
  const app = new Hono();
  app.get('/imports', async (context) => context.json((await listImports(room)).map(importSummary)));
  app.post('/imports', async (context) => {
    const { paths, copy, pseudonymise, columns } = startForm.parse(await context.req.json().catch(() => undefined));
    const started = jobs.start(async (emit, signal) => {
      const { id } = await importArchive(room, {
        paths,
        copy: copy ?? false,
        pseudonymise: pseudonymise ?? false,
        columns: columns as Parameters<typeof importArchive>[1]['columns'],
        signal,
        onProgress: (progress) => emit({ kind: 'progress', ...progress }),
      });
      await readUnread(room, {
        signal,
        onProgress: (done, total) => emit({ kind: 'progress', stage: 'reading', done, total }),
      });
      const run = (await listImports(room)).find((one) => one.id === id);
      return run ? { import: importSummary(run) } : {};
    });
    return context.json(started, 202);
  });
  app.get('/matches', async (context) => context.json(matchesAnswer(await listMatches(room))));
  app.post('/matches/:id', async (context) => {
    const form = z.object({ decision: z.enum(['confirm', 'dismiss']) });
    const { decision } = form.parse(await context.req.json().catch(() => undefined));
    await decideMatch(room, context.req.param('id'), decision);
    return context.json(matchesAnswer(await listMatches(room)));
  });
  return app;
}
