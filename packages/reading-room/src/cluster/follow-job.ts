import { setTimeout as pause } from 'node:timers/promises';
import { withLockFile } from '../postgres/lock-file.ts';
import type { ClusterTask } from './cluster-tasks.ts';
import type { JobFolder } from './job-folder.ts';
import { jobsOfJournal, repairJournal } from './job-folder.ts';
import type { Slurm } from './slurm.ts';
import { SlurmError } from './slurm.ts';
import type { SlurmTaskState } from './slurm-job-state.ts';
import { endingInWords, isInterruption, isLive } from './slurm-job-state.ts';
import type { TaskProgress } from './task-progress.ts';
import { readProgress } from './task-progress.ts';
import type { TaskRecord } from './task-record.ts';
import { recordsOf, unsureSubmission } from './task-record.ts';

export interface TaskStatus {
  readonly task: ClusterTask;
  readonly record: TaskRecord;
  /** With Slurm, while it has the task. */
  readonly slurm?: SlurmTaskState;
  readonly progress?: TaskProgress;
}

export interface FollowOptions {
  readonly now: () => Date;
  /** Milliseconds between two looks. */
  readonly everyMs: number;
  readonly signal?: AbortSignal;
  /** Tasks that were given up or cancelled are tried again. */
  readonly again?: boolean;
  /** After every look. */
  readonly onLook?: (statuses: readonly TaskStatus[]) => void;
  /** Slurm did not answer; it is asked again. */
  readonly onTrouble?: (problem: string) => void;
}

/**
 * Submits what is not submitted, looks until every task is done or given up, and submits those again that ended before
 * their time: a task goes on from its checkpoint. An interruption after which a task had come further counts as no
 * failure. The jobs do not need this process: it may be killed, and started again on the same folder. When the signal
 * comes it resolves to how things stand. Throws SlurmError where a submission is refused, StoreUnavailableError where
 * another process follows the same folder.
 */
export async function followJob(folder: JobFolder, slurm: Slurm, options: FollowOptions): Promise<TaskStatus[]> {
  const lock = { longestWaitMs: 2000 };
  return await withLockFile(`${folder.path}/follower.lock`, () => follow(folder, slurm, options), lock);
}

async function follow(folder: JobFolder, slurm: Slurm, options: FollowOptions): Promise<TaskStatus[]> {
  const { now, everyMs, signal, onLook, onTrouble } = options;
  const { attempts } = folder.job;
  const at = (): string => now().toISOString();
  await repairJournal(folder);
  await findLostSubmission(folder, slurm, at);
  if (options.again) {
    const givenUp = tasksWhere(
      await recordsNow(folder),
      ({ settled }) => settled === 'failed' || settled === 'cancelled',
    );
    if (givenUp.length > 0) await folder.note({ kind: 'again', tasks: givenUp, at: at() });
  }
  for (;;) {
    // ---- What has no job and is not settled is submitted, in one array --------------------------------------------
    const open = tasksWhere(
      await recordsNow(folder),
      ({ jobId, settled }) => jobId === undefined && settled === undefined,
    );
    if (open.length > 0 && !signal?.aborted) await submitTasks(folder, slurm, open, at);

    // ---- A look: what ended is written down ------------------------------------------------------------------------
    let statuses: TaskStatus[];
    try {
      statuses = await statusOfJob(folder, slurm);
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      onTrouble?.(error.message);
      if (await aborted(everyMs, signal)) return await standing(folder);
      continue;
    }
    for (const { task, record, slurm: seen, progress } of statuses) {
      if (record.jobId === undefined || (seen && isLive(seen))) continue;
      const { ending, reason } = endingOf(record, seen, progress);
      const step = progress?.step ?? 0;
      await folder.note({ kind: 'ended', task: task.index, jobId: record.jobId, ending, reason, step, at: at() });
    }
    const records = recordsOf(await folder.journal(), folder.tasks.length, attempts);
    onLook?.(statuses.map((status) => ({ ...status, record: records[status.task.index] ?? status.record })));
    if (records.every(({ settled }) => settled !== undefined)) return await standing(folder);
    const waiting = records.some(({ jobId, settled }) => jobId === undefined && settled === undefined);
    if (await aborted(waiting ? 0 : everyMs, signal)) return await standing(folder);
  }
}

/** How every task stands with Slurm and by its own account. Throws SlurmError. */
export async function statusOfJob(folder: JobFolder, slurm: Slurm): Promise<TaskStatus[]> {
  const records = await recordsNow(folder);
  const jobs = [...new Set(records.flatMap(({ jobId }) => (jobId === undefined ? [] : [jobId])))];
  const seen = new Map<string, SlurmTaskState>();
  for (const jobId of jobs) for (const state of await slurm.tasksOf(jobId)) seen.set(`${jobId}_${state.task}`, state);
  return await Promise.all(
    folder.tasks.map(async (task) => {
      const record = records[task.index]!;
      const state = record.jobId === undefined ? undefined : seen.get(`${record.jobId}_${task.index}`);
      const progress = await readProgress(folder.runOf(task));
      return { task, record, ...(state ? { slurm: state } : {}), ...(progress ? { progress } : {}) };
    }),
  );
}

/** Takes back every task that Slurm still has. Runs keep their checkpoints; following with `again` goes on. */
export async function cancelJob(folder: JobFolder, slurm: Slurm): Promise<string[]> {
  const records = await recordsNow(folder);
  const jobs = [...new Set(records.flatMap(({ jobId }) => (jobId === undefined ? [] : [jobId])))];
  for (const jobId of jobs) await slurm.cancel(jobId);
  return jobs;
}

function endingOf(
  record: TaskRecord,
  seen: SlurmTaskState | undefined,
  progress: TaskProgress | undefined,
): { readonly ending: 'done' | 'failed' | 'interrupted' | 'cancelled'; readonly reason: string } {
  if (seen?.state === 'COMPLETED') return { ending: 'done', reason: 'COMPLETED' };
  if (seen?.state === 'CANCELLED') return { ending: 'cancelled', reason: endingInWords(seen) };
  if (!seen && progress?.state === 'finished') return { ending: 'done', reason: 'finished by its own account' };
  // A training that heard the warning leaves a checkpoint and says that it stopped.
  const stopped = progress?.state === 'stopped';
  const further = (progress?.step ?? 0) > record.step;
  const reason = seen
    ? `${endingInWords(seen)}${stopped ? ', stopped at a checkpoint' : ''}`
    : 'ended while nobody looked, and the cluster keeps no account of it';
  const interrupted = further && (stopped || !seen || isInterruption(seen));
  return { ending: interrupted ? 'interrupted' : 'failed', reason };
}

async function submitTasks(folder: JobFolder, slurm: Slurm, tasks: readonly number[], at: () => string): Promise<void> {
  const { name, resources, concurrent } = folder.job;
  await folder.note({ kind: 'intended', tasks, at: at() });
  const jobId = await slurm.submit({
    tasks,
    name,
    resources,
    folder: folder.path,
    script: `${folder.path}/run.sbatch`,
    ...(concurrent === undefined ? {} : { concurrent }),
  });
  await folder.note({ kind: 'submitted', jobId, tasks, at: at() });
}

/** A follower that was killed between submitting and writing down would submit twice without this. */
async function findLostSubmission(folder: JobFolder, slurm: Slurm, at: () => string): Promise<void> {
  const journal = await folder.journal();
  const tasks = unsureSubmission(journal);
  if (!tasks) return;
  const known = new Set(jobsOfJournal(journal));
  const lost = (await slurm.jobsNamed(folder.job.name)).find((id) => !known.has(id));
  if (lost !== undefined) await folder.note({ kind: 'submitted', jobId: lost, tasks, at: at() });
}

const recordsNow = async (folder: JobFolder): Promise<TaskRecord[]> =>
  recordsOf(await folder.journal(), folder.tasks.length, folder.job.attempts);

const tasksWhere = (records: readonly TaskRecord[], is: (record: TaskRecord) => boolean): number[] =>
  records.flatMap((record, task) => (is(record) ? [task] : []));

/** How things stand without asking Slurm. */
async function standing(folder: JobFolder): Promise<TaskStatus[]> {
  const records = await recordsNow(folder);
  return await Promise.all(
    folder.tasks.map(async (task) => {
      const progress = await readProgress(folder.runOf(task));
      return { task, record: records[task.index]!, ...(progress ? { progress } : {}) };
    }),
  );
}

async function aborted(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return true;
  try {
    await pause(ms, undefined, signal ? { signal } : {});
    return false;
  } catch {
    return true;
  }
}
