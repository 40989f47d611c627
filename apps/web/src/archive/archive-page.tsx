import type { ImportSummary, JobStarted, StartImport } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { queryKeys, useImports } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { useJob } from '../api/use-job.ts';
import { ProgressLine } from '../words/progress-line.tsx';
import { useWords } from '../words/words-context.tsx';
import { ColumnsForm } from './columns-form.tsx';
import { ImportForm } from './import-form.tsx';
import { ImportReport } from './import-report.tsx';
import { MatchesPanel } from './matches-panel.tsx';

/** Bringing an archive in: files and folders, what came of them, and matches that wait for a person. */
export function ArchivePage(): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const { data: imports } = useImports();
  const [started, setStarted] = useState<JobStarted>();
  const [sent, setSent] = useState<StartImport>();
  const [summary, setSummary] = useState<ImportSummary>();
  const start = useMutation({
    mutationFn: (body: StartImport) => request<JobStarted>('POST', '/api/imports', body),
    onSuccess: setStarted,
  });
  const job = useJob(started, (event) => {
    setStarted(undefined);
    if (event.kind === 'done') setSummary(event.import);
    for (const queryKey of [queryKeys.imports, queryKeys.matches, queryKeys.worklist, queryKeys.model])
      void client.invalidateQueries({ queryKey });
  });
  const send = (body: StartImport): void => {
    setSent(body);
    setSummary(undefined);
    start.mutate(body);
  };
  const last = job.history.at(-1);
  // One that runs, here or elsewhere, is no last import yet.
  const shown = summary ?? imports?.find(({ state }) => state !== 'running');
  return (
    <main className="archive-page">
      <h1>{t('archive')}</h1>
      <div className="archive-columns">
        <div>
          <ImportForm busy={started !== undefined || start.isPending} onStart={send} />
          {start.error && (
            <p role="alert" className="problem">
              {start.error.message}
            </p>
          )}
          {job.latest?.kind === 'failed' && (
            <p role="alert" className="problem">
              {[job.latest.problem.title, job.latest.problem.fix].filter(Boolean).join(' ')}
            </p>
          )}
          {started && (
            <section className="panel" aria-live="polite">
              <ProgressLine
                label={t('importing', { stage: last?.stage ?? '…' })}
                done={last?.done ?? 0}
                total={last?.total}
              />
              <button
                type="button"
                className="small"
                onClick={() => void request('POST', `/api/jobs/${encodeURIComponent(started.jobId)}/cancel`)}
              >
                {t('cancel')}
              </button>
            </section>
          )}
          {summary && sent && summary.columnsNeeded.length > 0 && (
            <ColumnsForm needed={summary.columnsNeeded} onSend={(columns) => send({ ...sent, columns })} />
          )}
          {shown && <ImportReport summary={shown} />}
        </div>
        <MatchesPanel />
      </div>
    </main>
  );
}
