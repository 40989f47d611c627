import type { Room } from '@radiolect/reading-room';
import { cancelTraining, findTraining, listModels } from '@radiolect/reading-room';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { JobEvent } from '../api.ts';
import type { Jobs } from '../jobs.ts';
import { trainingState } from './model-routes.ts';

const pollMs = 500;

/** `/api/jobs`: progress as server-sent events, and a way to stop. Trainings live in the store, imports in this process. */
export function jobRoutes(room: Room, jobs: Jobs): Hono {
  const app = new Hono();
  app.get('/:id/events', async (context) => {
    const id = context.req.param('id');
    if (!jobs.has(id)) await findTraining(room, id);
    return streamSSE(context, async (stream) => {
      const leaving = new AbortController();
      stream.onAbort(() => leaving.abort());
      const events = jobs.has(id) ? jobs.follow(id, leaving.signal) : followTraining(room, id, leaving.signal);
      for await (const event of events) await stream.writeSSE({ data: JSON.stringify(event) });
    });
  });
  app.post('/:id/cancel', async (context) => {
    const id = context.req.param('id');
    if (jobs.has(id)) jobs.cancel(id);
    else await cancelTraining(room, id);
    return context.json({});
  });
  return app;
}

/** A training's row as events: it may run in another process, so the row is asked. */
async function* followTraining(room: Room, id: string, signal: AbortSignal): AsyncIterable<JobEvent> {
  let last = '';
  while (!signal.aborted) {
    const job = await findTraining(room, id);
    const { state, progress, problem } = trainingState(job);
    if (state === 'done') {
      const model = (await listModels(room)).find(({ card }) => card.name === job.details.name)?.card;
      yield { kind: 'done', ...(model ? { model } : {}) };
      return;
    }
    if (state === 'cancelled' || state === 'interrupted') {
      yield { kind: 'cancelled' };
      return;
    }
    if (state === 'failed') {
      const unknown = { type: 'training', title: 'the training failed', status: 500 };
      yield { kind: 'failed', problem: problem ?? unknown };
      return;
    }
    const event: JobEvent = progress
      ? { kind: 'progress', stage: 'training', done: progress.step, total: progress.steps, training: progress }
      : { kind: 'progress', stage: 'preparing', done: 0 };
    const text = JSON.stringify(event);
    if (text !== last) yield event;
    last = text;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
