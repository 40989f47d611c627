import type { JobEvent, JobStarted } from '@radiolect/server/api';
import { useEffect, useState } from 'react';

/** The latest event of a job and all its progress so far, the training curve among it. */
export interface JobState {
  readonly latest?: JobEvent;
  readonly history: readonly Extract<JobEvent, { kind: 'progress' }>[];
}

const ended = new Set<JobEvent['kind']>(['done', 'failed', 'cancelled']);

/** Follows a job's server-sent events until it ends; `onEnd` is called once with the last event. */
export function useJob(job: Pick<JobStarted, 'jobId'> | undefined, onEnd: (event: JobEvent) => void): JobState {
  const [state, setState] = useState<JobState>({ history: [] });
  const jobId = job?.jobId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new job is followed anew, a new callback is not.
  useEffect(() => {
    setState({ history: [] });
    if (!jobId) return;
    const source = new EventSource(`/api/jobs/${encodeURIComponent(jobId)}/events`);
    source.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as JobEvent;
      setState(({ history }) => ({
        latest: event,
        history: event.kind === 'progress' ? [...history, event] : history,
      }));
      if (!ended.has(event.kind)) return;
      source.close();
      onEnd(event);
    };
    source.onerror = () => {
      // The browser tries again by itself after a short break, but not once the server has answered that it knows no
      // such job, as after a restart.
      if (source.readyState === EventSource.CLOSED) onEnd({ kind: 'cancelled' });
    };
    return () => source.close();
  }, [jobId]);
  return state;
}
