import type { JobStarted, ModelPage, PackAnswer } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { queryKeys, useModelPage } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { useJob } from '../api/use-job.ts';
import { useWords } from '../words/words-context.tsx';
import { DatasetPanel } from './dataset-panel.tsx';
import { ModelsPanel } from './models-panel.tsx';
import { TrainPanel } from './train-panel.tsx';

/** From the archive to a model: what there is to learn from, the training itself, and which model reads. */
export function TrainingPage({ pack }: { readonly pack: PackAnswer }): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const { data: page, error } = useModelPage();
  const [started, setStarted] = useState<JobStarted>();
  const refresh = (): void => {
    setStarted(undefined);
    void client.invalidateQueries({ queryKey: queryKeys.model });
  };
  const running = started ?? (page?.training?.state === 'running' ? page.training : undefined);
  const job = useJob(running, refresh);
  const start = useMutation({
    mutationFn: ({ path, body }: { path: string; body: unknown }) => request<JobStarted>('POST', path, body),
    onSuccess: setStarted,
  });
  const cancel = useMutation({
    mutationFn: (jobId: string) => request<unknown>('POST', `/api/jobs/${encodeURIComponent(jobId)}/cancel`),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ method, path, body }: { method: 'POST' | 'PUT'; path: string; body: unknown }) =>
      request<ModelPage>(method, path, body),
    onSuccess: (answer) => {
      client.setQueryData(queryKeys.model, answer);
      void client.invalidateQueries({ queryKey: ['study'] });
      void client.invalidateQueries({ queryKey: queryKeys.worklist });
    },
  });
  const problem = error ?? start.error ?? cancel.error ?? change.error;
  return (
    <main className="training-page">
      <h1>{t('training')}</h1>
      {problem && (
        <p role="alert" className="problem">
          {problem.message}
        </p>
      )}
      {!page && !error && <p className="quiet centred">{t('loading')}</p>}
      {page && (
        <div className="training-columns">
          <DatasetPanel dataset={page.dataset} sites={pack.sites} />
          <div>
            <TrainPanel
              page={page}
              running={running !== undefined}
              job={job}
              onStart={(recipe) => start.mutate({ path: '/api/training', body: { recipe } })}
              onResume={(jobId) =>
                start.mutate({ path: `/api/training/${encodeURIComponent(jobId)}/resume`, body: {} })
              }
              onCancel={() => running && cancel.mutate(running.jobId)}
            />
            <ModelsPanel page={page} onChange={change.mutate} />
          </div>
        </div>
      )}
    </main>
  );
}
