import type { DecideMatch, Matches } from '@radiolect/server/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryKeys, useMatches } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { addressOf } from '../navigation/route.ts';
import { shortDate } from '../words/dates.ts';
import { useWords } from '../words/words-context.tsx';

/** Reports and studies that only a person can bring together, and those that have no counterpart. */
export function MatchesPanel(): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const { data, error } = useMatches();
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string } & DecideMatch) =>
      request<Matches>('POST', `/api/matches/${encodeURIComponent(id)}`, { decision }),
    onSuccess: (matches) => {
      client.setQueryData(queryKeys.matches, matches);
      void client.invalidateQueries({ queryKey: queryKeys.worklist });
    },
  });
  const problem = error ?? decide.error;
  return (
    <section className="panel" aria-label={t('matches')}>
      <h2>{t('matches')}</h2>
      {problem && (
        <p role="alert" className="problem">
          {problem.message}
        </p>
      )}
      {data?.proposals.length === 0 && <p className="quiet">{t('noProposals')}</p>}
      <ul className="plain">
        {data?.proposals.map((proposal) => (
          <li key={proposal.id} className="match">
            <p>
              <b>{proposal.study.patientId ?? '–'}</b> {t('matchDays', { n: proposal.daysApart })} ·{' '}
              {shortDate(proposal.study.studyDate)} ⇄ {shortDate(proposal.report.studyDate)}
            </p>
            <p className="quiet">{proposal.report.opening}</p>
            <span className="row">
              <button
                type="button"
                className="small primary"
                onClick={() => decide.mutate({ id: proposal.id, decision: 'confirm' })}
              >
                {t('matchConfirm')}
              </button>
              <button
                type="button"
                className="small"
                onClick={() => decide.mutate({ id: proposal.id, decision: 'dismiss' })}
              >
                {t('matchDismiss')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {data && data.reportsWithoutStudy.length > 0 && (
        <details>
          <summary>
            {t('reportsWithoutStudy')} <span className="count">{data.reportsWithoutStudy.length}</span>
          </summary>
          <ul className="plain">
            {data.reportsWithoutStudy.map((report) => (
              <li key={report.id} className="match">
                <span className="mono">{report.accessionNumber ?? report.id}</span> {shortDate(report.studyDate)}
                <p className="quiet">{report.opening}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
      {data && data.studiesWithoutReport.length > 0 && (
        <details>
          <summary>
            {t('studiesWithoutReport')} <span className="count">{data.studiesWithoutReport.length}</span>
          </summary>
          <ul className="plain">
            {data.studiesWithoutReport.map((study) => (
              <li key={study.id}>
                <a href={addressOf({ page: 'study', id: study.id })}>{study.accessionNumber ?? t('noAccession')}</a>{' '}
                {shortDate(study.studyDate)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
