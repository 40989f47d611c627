import type { ImportSummary } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';

/** What an import brought, and everything that it refused with the rule and the fix. */
export function ImportReport({ summary }: { readonly summary: ImportSummary }): ReactNode {
  const { t, language } = useWords();
  const rows = [
    [t('studiesAdded'), summary.studies.added],
    [t('studiesKnown'), summary.studies.known],
    [t('reportsAdded'), summary.reports.added],
    [t('reportsKnown'), summary.reports.known],
    [t('addenda'), summary.reports.addenda],
    [t('notUnderstood'), summary.reports.notUnderstood],
    [t('matchedByAccession'), summary.matched.byAccession],
    [t('proposedByDate'), summary.matched.proposedByDate],
    [t('studiesWithoutReport'), summary.unmatched.studies],
    [t('reportsWithoutStudy'), summary.unmatched.reports],
  ] as const;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="panel" aria-label={t('lastImport')}>
      <h2>
        {t('lastImport')} <span className="quiet">{time.format(new Date(summary.startedAt))}</span>
      </h2>
      <dl className="figures">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary.refusals.length > 0 && (
        <details open={summary.refusals.length < 20}>
          <summary>{t('refused', { n: summary.refusals.length })}</summary>
          <table className="refusals">
            <thead>
              <tr>
                <th>{t('file')}</th>
                <th>{t('rule')}</th>
                <th>{t('fix')}</th>
              </tr>
            </thead>
            <tbody>
              {summary.refusals.map((refusal) => (
                <tr key={`${refusal.file} ${refusal.row ?? ''} ${refusal.rule}`}>
                  <td className="mono">
                    {refusal.row === undefined ? refusal.file : `${refusal.file}:${refusal.row}`}
                  </td>
                  <td>{refusal.rule}</td>
                  <td>{refusal.fix}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}
