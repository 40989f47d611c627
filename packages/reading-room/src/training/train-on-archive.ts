import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { and, desc, eq } from 'drizzle-orm';
import { archiveExamples } from '../dataset/archive-examples.ts';
import { buildDataset } from '../dataset/build-dataset.ts';
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts';
import { labelReports } from '../import/label-reports.ts';
import { isGone, markOf, ownMark } from '../import/process-mark.ts';
import { addModel } from '../reading/models.ts';
import type { Room } from '../room.ts';
import type { ModelCard } from '../store/records.ts';
import { job } from '../store/schema.ts';
import { writeSetting } from '../store/settings.ts';
import { fewestStudies } from './dataset-figures.ts';
import type { FromTraining, ToTraining, TrainingProgress } from './training-messages.ts';

export type TrainingJob = typeof job.$inferSelect & { readonly progress: unknown };

/** Where the recipes lie and which pack to train for: folders of the program, told by the app. */
export interface TrainingSurroundings {
  readonly recipesFolder: string;
  readonly packFolder: string;
}

/** The names of the recipes that can be trained here. */
export async function listRecipes({ recipesFolder }: TrainingSurroundings): Promise<string[]> {
  const files = await readdir(recipesFolder).catch(() => []);
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();
}

/**
 * Makes a dataset of the archive and trains a recipe on it in a process of its own. Resolves to the job's id before the
 * dataset is made; progress is in the job's row. Throws ConflictError while another training runs, RefusedError where there is too
 * little to learn from, NotFoundError for an unknown recipe.
 */
export async function startTraining(room: Room, around: TrainingSurroundings, recipe: string): Promise<string> {
  if (!(await listRecipes(around)).includes(recipe)) throw new NotFoundError('recipe');
  const examples = await archiveExamples(room);
  if (examples.length < fewestStudies)
    throw new RefusedError(
      `${examples.length} studies have labels, training needs ${fewestStudies}`,
      'import more studies with their reports',
    );
  const stamp = room.store.now().toISOString().replace(/[:.]/g, '-');
  const name = `${recipe}-${stamp}`;
  const details = {
    recipe,
    name,
    dataset: join(room.store.dataFolder, 'datasets', stamp),
    run: join(room.store.dataFolder, 'runs', name),
    synthetic: String(examples.every(({ synthetic }) => synthetic)),
    studies: String(examples.length),
  };
  const id = await claimJob(room, details);
  begin(room, around, id, details);
  return id;
}

/** Makes the dataset where it is missing, then starts the process; what goes wrong is written into the job's row. */
function begin(room: Room, around: TrainingSurroundings, id: string, details: Readonly<Record<string, string>>): void {
  const work = workOf(room);
  const stopped = new AbortController();
  work.preparing.set(id, stopped);
  const { dataset = '' } = details;
  const prepare = async (): Promise<void> => {
    try {
      const made = await stat(join(dataset, 'manifest.json')).catch(() => undefined);
      if (!made) {
        // The lexicon may have been edited since the reports came in.
        await labelReports(room, { signal: stopped.signal });
        await buildDataset(room, dataset, stopped.signal);
      }
      stopped.signal.throwIfAborted();
      await launch(room, around, id, details);
    } catch (error) {
      if (stopped.signal.aborted) await settle(room, id, 'cancelled');
      else await settle(room, id, 'failed', `the dataset could not be made (${(error as Error).name})`);
    }
  };
  remember(
    work,
    id,
    prepare().finally(() => work.preparing.delete(id)),
  );
}

/** Goes on with a training that was interrupted or cancelled, from its last checkpoint. */
export async function resumeTraining(room: Room, around: TrainingSurroundings, id: string): Promise<void> {
  const known = await findTraining(room, id);
  if (known.state !== 'interrupted' && known.state !== 'cancelled')
    throw new ConflictError(`the training is ${known.state}`, 'only one that stopped can go on');
  const mark = await ownMark();
  await claim(() =>
    room.store.db
      .update(job)
      .set({ state: 'running', ...mark, updatedAt: room.store.now() })
      .where(eq(job.id, id)),
  );
  begin(room, around, id, known.details);
}

/** Stops a training at its next checkpoint; it can be resumed. */
export async function cancelTraining(room: Room, id: string): Promise<void> {
  const known = await findTraining(room, id);
  const { children, preparing } = workOf(room);
  const child = children.get(id);
  preparing.get(id)?.abort();
  if (child) tell(child, { kind: 'stop' });
  // A process that another program started is told by signal.
  else if (known.state === 'running' && known.processId !== process.pid && !(await isGone(known)))
    process.kill(known.processId, 'SIGTERM');
}

/** The job's row, brought up to date where its process has gone. Throws NotFoundError. */
export async function findTraining(room: Room, id: string): Promise<TrainingJob> {
  const row = await rowOf(room, id);
  if (row.state !== 'running' || !(await isGone(row))) return row;
  const ending = workOf(room).endings.get(id);
  // This process saw its child end and is writing down how; nobody else knows more than the run folder tells.
  if (ending) await ending;
  else {
    const finished = await stat(join(row.details.run ?? '', 'model.onnx')).catch(() => undefined);
    await settle(room, id, finished ? 'done' : 'interrupted');
  }
  return rowOf(room, id);
}

async function rowOf({ store: { db } }: Room, id: string): Promise<TrainingJob> {
  const [row] = /^[0-9a-f-]{36}$/i.test(id) ? await db.select().from(job).where(eq(job.id, id)) : [];
  if (!row) throw new NotFoundError('training');
  return row;
}

/** The latest training, whatever became of it. */
export async function latestTraining(room: Room): Promise<TrainingJob | undefined> {
  const [row] = await room.store.db
    .select({ id: job.id })
    .from(job)
    .where(eq(job.kind, 'training'))
    .orderBy(desc(job.startedAt))
    .limit(1);
  return row ? findTraining(room, row.id) : undefined;
}

/** Stops the trainings that this process started and waits for them; they can be resumed. */
export async function stopTrainings(room: Room): Promise<void> {
  const { children, preparing, endings } = workOf(room);
  for (const controller of preparing.values()) controller.abort();
  const late = setTimeout(() => {
    for (const child of children.values()) child.kill('SIGKILL');
  }, 10_000);
  while (endings.size > 0) {
    for (const child of children.values()) tell(child, { kind: 'stop' });
    await Promise.all(endings.values());
  }
  clearTimeout(late);
}

/** What this process does for the trainings of one room: their processes, and what is still to be written down. */
interface TrainingWork {
  readonly children: Map<string, ChildProcess>;
  readonly preparing: Map<string, AbortController>;
  readonly endings: Map<string, Promise<void>>;
}

/** Work belongs to the room that started it; a room that is gone takes it along. */
const works = new WeakMap<Room, TrainingWork>();

function workOf(room: Room): TrainingWork {
  const work = works.get(room) ?? { children: new Map(), preparing: new Map(), endings: new Map() };
  works.set(room, work);
  return work;
}

function remember({ endings }: TrainingWork, id: string, ending: Promise<void>): void {
  endings.set(id, ending);
  const forget = (): boolean => endings.get(id) === ending && endings.delete(id);
  void ending.then(forget, forget);
}

/** A process that has just ended hears nothing, and need not. */
function tell(child: ChildProcess, message: ToTraining): void {
  if (child.connected) child.send(message, () => undefined);
}

async function claimJob(room: Room, details: Readonly<Record<string, string>>): Promise<string> {
  const { db, now } = room.store;
  const id = randomUUID();
  const times = { startedAt: now(), updatedAt: now() };
  const mark = await ownMark();
  await latestTraining(room);
  await claim(() => db.insert(job).values({ id, kind: 'training', state: 'running', ...mark, details, ...times }));
  return id;
}

/** One training at a time is a rule of the database, so that two processes cannot both begin. */
async function claim(write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { cause } = error as { cause?: { constraint?: string } };
    if (cause?.constraint === 'one_training_runs')
      throw new ConflictError('a training is running', 'wait for it or cancel it');
    throw error;
  }
}

async function launch(
  room: Room,
  around: TrainingSurroundings,
  id: string,
  details: Readonly<Record<string, string>>,
): Promise<void> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(fileURLToPath(new URL('./training-process.ts', import.meta.url)), [], {
    execArgv: ['--import', tsx],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const work = workOf(room);
  work.children.set(id, child);
  const { db, now } = room.store;
  let ending: FromTraining | undefined;
  child.on('message', (message: FromTraining) => {
    if (message.kind !== 'progress') ending = message;
    else void keepProgress(room, id, message.progress).catch(() => undefined);
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done())).then(async () => {
    work.children.delete(id);
    if (ending?.kind === 'failed') await settle(room, id, 'failed', ending.rule);
    else if (ending?.kind === 'ended') await settle(room, id, ending.finished ? 'done' : 'cancelled');
    else await settle(room, id, 'interrupted');
  });
  remember(work, id, ended);
  await db
    .update(job)
    .set({ ...(await markOf(child.pid ?? 0)), updatedAt: now() })
    .where(eq(job.id, id));
  tell(child, {
    kind: 'train',
    recipeFile: join(around.recipesFolder, `${details.recipe}.ts`),
    dataset: details.dataset ?? '',
    run: details.run ?? '',
    packFolder: around.packFolder,
  });
}

async function keepProgress({ store: { db, now } }: Room, id: string, progress: TrainingProgress): Promise<void> {
  await db.update(job).set({ progress, updatedAt: now() }).where(eq(job.id, id));
  if (progress.imagesPerSecond) await writeSetting(db, 'imagesPerSecond', progress.imagesPerSecond);
}

/** Writes how a training ended; one that finished becomes a model that can be chosen. */
async function settle(
  room: Room,
  id: string,
  state: 'done' | 'cancelled' | 'interrupted' | 'failed',
  rule?: string,
): Promise<void> {
  const { db, now } = room.store;
  const problem = rule === undefined ? null : { rule, fix: 'correct it and start the training again' };
  const [settled] = await db
    .update(job)
    .set({ state, problem, updatedAt: now() })
    .where(and(eq(job.id, id), eq(job.state, 'running')))
    .returning();
  if (!settled || state !== 'done') return;
  const { name = id, recipe = '', run = '', synthetic, studies } = settled.details;
  const card: ModelCard = {
    id: `trained:${name}`,
    name,
    origin: 'trained-here',
    trainedAt: now().toISOString(),
    recipe,
    trainedOn: `${studies} ${synthetic === 'true' ? 'synthetic ' : ''}studies of this archive`,
    synthetic: synthetic === 'true',
  };
  await addModel(room, card, run);
}
