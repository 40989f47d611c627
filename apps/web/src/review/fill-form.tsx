import type { JobEvent, JobStarted, ReviewFilling } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { queryKeys, useLanguageModels } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { useJob } from '../api/use-job.ts';
import { ProgressLine } from '../words/progress-line.tsx';
import { useWords } from '../words/words-context.tsx';

/** Lets a language model read every report beside the rules. Nothing is shown where no model is configured. */
export function FillForm({ again }: { readonly again: boolean }): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const { data } = useLanguageModels();
  const [name, setName] = useState<string>();
  const [job, setJob] = useState<JobStarted>();
  const [end, setEnd] = useState<JobEvent>();
  const start = useMutation({
    mutationFn: (model: string) => request<JobStarted>('POST', '/api/review-queue/fill', { model }),
    onSuccess: (started) => {
      setEnd(undefined);
      setJob(started);
    },
  });
  const stop = useMutation({
    mutationFn: (id: string) => request('POST', `/api/jobs/${encodeURIComponent(id)}/cancel`),
  });
  const { history } = useJob(job, (event) => {
    setEnd(event);
    setJob(undefined);
    void client.invalidateQueries({ queryKey: queryKeys.review });
  });
  const models = data?.models ?? [];
  const chosen = models.find((model) => model.name === name) ?? models[0];
  if (!chosen) return null;
  const progress = history.at(-1);
  const problem =
    start.error?.message ?? stop.error?.message ?? (end?.kind === 'failed' ? end.problem.title : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate(chosen.name);
  };
  return (
    <form className="fill-form" onSubmit={submit}>
      {job ? (
        <div className="row">
          <ProgressLine label={t('readingTwice')} done={progress?.done ?? 0} total={progress?.total} />
          <button type="button" className="small" onClick={() => stop.mutate(job.jobId)}>
            {t('stop')}
          </button>
        </div>
      ) : (
        <div className="row" title={t('reviewFillWhy')}>
          <select aria-label={t('models')} value={chosen.name} onChange={(event) => setName(event.target.value)}>
            {models.map((model) => (
              <option key={model.name}>{model.name}</option>
            ))}
          </select>
          <button type="submit" className={again ? 'small' : 'primary'} disabled={start.isPending}>
            {t(again ? 'reviewFillAgain' : 'reviewFill')}
          </button>
        </div>
      )}
      {chosen.banner && (
        <p className="leaves-banner" role="note">
          <TriangleAlert aria-hidden="true" /> <b>{t('textLeaves')}</b> {chosen.banner}
        </p>
      )}
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {end?.kind === 'done' && end.review && <Filled review={end.review} />}
    </form>
  );
}

const shownUnread = 5;

function Filled({ review }: { readonly review: ReviewFilling }): ReactNode {
  const { t } = useWords();
  const { reports, agreedSites, disagreements, abstained, unread } = review;
  return (
    <div className="quiet" role="status">
      <p>{t('reviewFilled', { reports, agreed: agreedSites, n: disagreements })}</p>
      {abstained > 0 && <p>{t('reviewAbstained', { n: abstained })}</p>}
      {unread.length > 0 && (
        <p className="tag warn">
          {t('reviewUnread', { n: unread.length })}{' '}
          {unread
            .slice(0, shownUnread)
            .map(({ sourceId, rule }) => `${sourceId} (${rule})`)
            .join(', ')}
        </p>
      )}
    </div>
  );
}
