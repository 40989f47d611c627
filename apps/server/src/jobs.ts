import { randomUUID } from 'node:crypto';
import type { JobEvent, JobStarted } from './api.ts';
import { HttpRefusal, problemOf } from './problems.ts';

/** Work that goes on after its request was answered, followed through server-sent events. */
export interface Jobs {
  /** Starts work; it reports by `emit`, and its answer becomes the `done` event. */
  start(work: (emit: (event: JobEvent) => void, signal: AbortSignal) => Promise<Omit<DoneEvent, 'kind'>>): JobStarted;
  /** The latest event first, then each as it comes, until the job ends or the reader leaves. */
  follow(id: string, signal: AbortSignal): AsyncIterable<JobEvent>;
  cancel(id: string): void;
  has(id: string): boolean;
  /** Aborts everything that runs and waits for it. */
  close(): Promise<void>;
}
type DoneEvent = Extract<JobEvent, { kind: 'done' }>;

interface RunningJob {
  latest: JobEvent;
  readonly controller: AbortController;
  readonly listeners: Set<() => void>;
  readonly finished: Promise<void>;
}

const ended = (event: JobEvent): boolean => event.kind !== 'progress';
export const startedJob = (jobId: string): JobStarted => ({ jobId, eventsUrl: `/api/jobs/${jobId}/events` });

export function createJobs(report: (error: unknown) => void): Jobs {
  const jobs = new Map<string, RunningJob>();
  const jobOf = (id: string): RunningJob => {
    const job = jobs.get(id);
    if (!job) throw new HttpRefusal(404, 'there is no such job', 'reload the page');
    return job;
  };
  return {
    start(work) {
      const jobId = randomUUID();
      const controller = new AbortController();
      const listeners = new Set<() => void>();
      const emit = (event: JobEvent): void => {
        job.latest = event;
        for (const listener of listeners) listener();
      };
      const job: RunningJob = {
        latest: { kind: 'progress', stage: 'starting', done: 0 },
        controller,
        listeners,
        finished: Promise.resolve().then(async () => {
          try {
            emit({ kind: 'done', ...(await work(emit, controller.signal)) });
          } catch (error) {
            if (controller.signal.aborted) emit({ kind: 'cancelled' });
            else {
              const problem = problemOf(error);
              // A refusal is the reader's to settle, not ours.
              if (problem.status >= 500) report(error);
              emit({ kind: 'failed', problem });
            }
          }
        }),
      };
      jobs.set(jobId, job);
      return startedJob(jobId);
    },
    async *follow(id, signal) {
      const job = jobOf(id);
      let wake = (): void => undefined;
      const listener = (): void => wake();
      job.listeners.add(listener);
      signal.addEventListener('abort', listener);
      try {
        let sent: JobEvent | undefined;
        while (!signal.aborted) {
          const { latest } = job;
          if (latest === sent) {
            await new Promise<void>((resolve) => {
              wake = resolve;
              if (job.latest !== sent || signal.aborted) resolve();
            });
            continue;
          }
          sent = latest;
          yield latest;
          if (ended(latest)) return;
        }
      } finally {
        job.listeners.delete(listener);
      }
    },
    cancel: (id) => jobOf(id).controller.abort(),
    has: (id) => jobs.has(id),
    async close() {
      for (const job of jobs.values()) job.controller.abort();
      await Promise.all([...jobs.values()].map((job) => job.finished));
    },
  };
}
