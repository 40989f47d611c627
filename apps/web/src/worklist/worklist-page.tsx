import type { WorklistQuery } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWorklist } from '../api/queries.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { addressOf, go, replaceRoute } from '../navigation/route.ts';
import { rememberStudyOrder } from '../navigation/study-order.ts';
import { useWords } from '../words/words-context.tsx';
import type { FilterChange } from './worklist-filters.tsx';
import { WorklistFilters } from './worklist-filters.tsx';
import { WorklistRowView } from './worklist-row-view.tsx';

const pageSize = 200;

/** All studies; the filter stands in the address, so that coming back finds it as it was. */
export function WorklistPage({ search }: { readonly search: string }): ReactNode {
  const { t } = useWords();
  const filter = Object.fromEntries(new URLSearchParams(search)) as WorklistQuery;
  const { data, error, isPending } = useWorklist({ limit: String(pageSize), ...filter });
  const [current, setCurrent] = useState(0);
  const searchField = useRef<HTMLInputElement>(null);
  const rows = data?.rows ?? [];
  const at = Math.min(current, rows.length - 1);
  useEffect(() => {
    if (data) rememberStudyOrder(data.rows.map((row) => row.id));
  }, [data]);
  const setFilter = (part: FilterChange): void => {
    const entries = Object.entries({ ...filter, offset: undefined, ...part }).filter((entry) => entry[1]);
    setCurrent(0);
    replaceRoute({ page: 'worklist', search: new URLSearchParams(entries as [string, string][]).toString() });
  };
  useKeys([
    ['j', () => setCurrent(Math.min(rows.length - 1, at + 1))],
    ['k', () => setCurrent(Math.max(0, at - 1))],
    ['ArrowDown', () => setCurrent(Math.min(rows.length - 1, at + 1))],
    ['ArrowUp', () => setCurrent(Math.max(0, at - 1))],
    [
      'Enter',
      () => {
        const row = rows[at];
        if (row) go({ page: 'study', id: row.id });
      },
    ],
    ['/', () => searchField.current?.focus()],
  ]);
  const offset = Number(filter.offset ?? 0);
  return (
    <main className="worklist-page">
      <WorklistFilters filter={filter} counts={data?.counts} searchField={searchField} onChange={setFilter} />
      {error && (
        <p role="alert" className="problem">
          {error.message}
        </p>
      )}
      {isPending && <p className="quiet centred">{t('loading')}</p>}
      {data && (
        <div className="table-scroll">
          <table className="worklist">
            <thead>
              <tr>
                <th>{t('date')}</th>
                <th>{t('accession')}</th>
                <th>{t('patient')}</th>
                <th>{t('description')}</th>
                <th>{t('status')}</th>
                <th className="number">{t('priors')}</th>
                <th>{t('report')}</th>
                <th className="number">{t('presentFindings')}</th>
                <th>{t('disagreement')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <WorklistRowView key={row.id} row={row} current={index === at} onPoint={() => setCurrent(index)} />
              ))}
            </tbody>
          </table>
          {rows.length === 0 && (
            <div className="empty">
              <p>{data.counts.all === 0 ? t('worklistEmpty') : t('worklistNoMatch')}</p>
              {data.counts.all === 0 && (
                <a className="button primary" href={addressOf({ page: 'archive' })}>
                  {t('importStudies')}
                </a>
              )}
            </div>
          )}
        </div>
      )}
      {data && data.total > pageSize && (
        <nav className="pager" aria-label={t('pages')}>
          <button
            type="button"
            disabled={offset === 0}
            onClick={() => setFilter({ offset: String(Math.max(0, offset - pageSize)) })}
          >
            {t('previous')}
          </button>
          <span>{t('rowsOf', { from: offset + 1, to: offset + rows.length, total: data.total })}</span>
          <button
            type="button"
            disabled={offset + rows.length >= data.total}
            onClick={() => setFilter({ offset: String(offset + pageSize) })}
          >
            {t('next')}
          </button>
        </nav>
      )}
    </main>
  );
}
