import type { DraftUnderWay, JobStarted, KeptDraft, WriteDrafts } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryKeys } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { useJob } from '../api/use-job.ts';
import { columnKey } from './draft-columns.ts';

/** Drafts of one study being written, and what the last run left to be said. */
export interface DraftWriting {
  readonly running: boolean;
  /** The drafts of the last run, as they stand. */
  readonly run: readonly DraftUnderWay[];
  /** When the kept drafts before the run were written, by column. */
  readonly before: ReadonlyMap<string, string>;
  readonly problem: string | undefined;
  readonly write: (wanted: WriteDrafts, kept: readonly KeptDraft[]) => void;
  readonly cancel: () => void;
}

interface Run {
  readonly jobId: string;
  readonly before: ReadonlyMap<string, string>;
  readonly ended: boolean;
  readonly problem?: string;
}

/** Starts writers and follows them; a run goes on while its columns are not shown. */
export function useDraftWriting(studyId: string): DraftWriting {
  const client = useQueryClient();
  const [run, setRun] = useState<Run>();
  const { history } = useJob(run, (event) =>
    setRun(
      (known) =>
        known && { ...known, ended: true, ...(event.kind === 'failed' ? { problem: event.problem.title } : {}) },
    ),
  );
  const drafts = history.at(-1)?.drafts ?? [];
  const written = drafts.filter(({ state }) => state === 'written').length;
  const ended = run?.ended ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again each time one more draft is done.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: queryKeys.drafts(studyId) });
  }, [client, studyId, written, ended]);
  const start = useMutation({
    mutationFn: ({ wanted }: { readonly wanted: WriteDrafts; readonly kept: readonly KeptDraft[] }) =>
      request<JobStarted>('POST', `/api/studies/${encodeURIComponent(studyId)}/drafts`, wanted),
    onSuccess: ({ jobId }, { kept }) =>
      setRun({ jobId, before: new Map(kept.map((draft) => [columnKey(draft), draft.writtenAt])), ended: false }),
  });
  const stop = useMutation({
    mutationFn: (jobId: string) => request('POST', `/api/jobs/${encodeURIComponent(jobId)}/cancel`),
  });
  return {
    running: start.isPending || (run !== undefined && !run.ended),
    // What a stopped run had not finished is not a draft.
    run: ended ? drafts.filter(({ state }) => state !== 'writing') : drafts,
    before: run?.before ?? new Map(),
    problem: start.error?.message ?? stop.error?.message ?? run?.problem,
    write: (wanted, kept) => start.mutate({ wanted, kept }),
    cancel: () => run && stop.mutate(run.jobId),
  };
}
