import type { Room, TrainingJob, TrainingSurroundings } from '@radiolect/reading-room';
import {
  compareModels,
  datasetFigures,
  findTraining,
  goBackToPreviousModel,
  latestTraining,
  listModels,
  listRecipes,
  modelInUse,
  readSetting,
  readUnread,
  recipeCards,
  resumeTraining,
  selectModel,
  startTraining,
  switchShippedModel,
} from '@radiolect/reading-room';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ModelPage, TrainingProgress, TrainingState } from '../api.ts';
import type { Jobs } from '../jobs.ts';
import { startedJob } from '../jobs.ts';

/** `/api/model` and `/api/training`: what the archive teaches, which model reads, and making a new one. */
export function modelRoutes(room: Room, jobs: Jobs, around: TrainingSurroundings): Hono {
  const app = new Hono();
  const { db } = room.store;

  const page = async (): Promise<ModelPage> => {
    const dataset = await datasetFigures(room);
    const models = (await listModels(room)).map(({ card }) => card);
    const inUse = (await modelInUse(room))?.card.id;
    const previous = await readSetting(db, 'previousModel');
    const training = await latestTraining(room);
    return {
      dataset,
      models,
      ...(inUse === undefined ? {} : { inUse }),
      ...(previous === undefined || !models.some(({ id }) => id === previous) ? {} : { previous }),
      shippedOnForRealStudies: (await readSetting(db, 'shippedOnForRealStudies')) ?? false,
      recipes: await recipeCards(room, around, await listRecipes(around), dataset.split.train),
      ...(training ? { training: trainingState(training) } : {}),
    };
  };
  /** Another model reads now: what nobody has signed is read anew, while the page goes on. */
  const readAnew = (): void => {
    jobs.start(async (emit, signal) => {
      await readUnread(room, {
        signal,
        onProgress: (done, total) => emit({ kind: 'progress', stage: 'reading', done, total }),
      });
      return {};
    });
  };
  const body = async <T>(request: { json(): Promise<unknown> }, form: z.ZodType<T>): Promise<T> =>
    form.parse(await request.json().catch(() => undefined));

  app.get('/model', async (context) => context.json(await page()));
  app.post('/model/use', async (context) => {
    await selectModel(room, (await body(context.req, z.object({ model: z.string() }))).model);
    readAnew();
    return context.json(await page());
  });
  app.post('/model/back', async (context) => {
    await goBackToPreviousModel(room);
    readAnew();
    return context.json(await page());
  });
  app.put('/model/shipped-on-real-studies', async (context) => {
    await switchShippedModel(room, (await body(context.req, z.object({ on: z.boolean() }))).on);
    readAnew();
    return context.json(await page());
  });
  app.post('/model/compare', async (context) => {
    const { first, second } = await body(context.req, z.object({ first: z.string(), second: z.string() }));
    return context.json(await compareModels(room, first, second));
  });
  app.post('/training', async (context) => {
    const { recipe } = await body(context.req, z.object({ recipe: z.string() }));
    return context.json(startedJob(await startTraining(room, around, recipe)), 202);
  });
  app.post('/training/:id/resume', async (context) => {
    const id = context.req.param('id');
    await findTraining(room, id);
    await resumeTraining(room, around, id);
    return context.json(startedJob(id), 202);
  });
  return app;
}

export function trainingState({ id, details, state, progress, problem }: TrainingJob): TrainingState {
  return {
    jobId: id,
    recipe: details.recipe ?? '',
    state,
    ...(progress ? { progress: progress as TrainingProgress } : {}),
    ...(problem ? { problem: { type: 'training', title: problem.rule, status: 500, ...problem } } : {}),
  };
}
