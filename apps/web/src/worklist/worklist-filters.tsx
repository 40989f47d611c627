import type { StudyStatus, Worklist, WorklistQuery } from '@radiolect/server/api';
import type { ReactNode, RefObject } from 'react';
import { statusWords } from '../words/status-tag.tsx';
import { useWords } from '../words/words-context.tsx';

const statuses = Object.keys(statusWords) as StudyStatus[];

/** A part of the filter; undefined takes a condition away. */
export type FilterChange = { readonly [K in keyof WorklistQuery]?: WorklistQuery[K] | undefined };

/** Search, status and the three questions most asked of an archive. */
export function WorklistFilters({
  filter,
  counts,
  searchField,
  onChange,
}: {
  readonly filter: WorklistQuery;
  readonly counts: Worklist['counts'] | undefined;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly onChange: (part: FilterChange) => void;
}): ReactNode {
  const { t } = useWords();
  const toggle = (key: 'disagree' | 'priors', label: string, count?: number): ReactNode => (
    <label className="toggle">
      <input
        type="checkbox"
        checked={filter[key] === '1'}
        onChange={(event) => onChange({ [key]: event.target.checked ? '1' : undefined })}
      />
      {label} {count !== undefined && <span className="count">{count}</span>}
    </label>
  );
  return (
    <search className="worklist-filters">
      <input
        ref={searchField}
        type="search"
        value={filter.search ?? ''}
        placeholder={t('searchHint')}
        aria-label={t('search')}
        onChange={(event) => onChange({ search: event.target.value })}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <fieldset className="segments">
        <legend className="sr-only">{t('status')}</legend>
        <button type="button" aria-pressed={!filter.status} onClick={() => onChange({ status: undefined })}>
          {t('all')} <span className="count">{counts?.all ?? ''}</span>
        </button>
        {statuses.map((status) => (
          <button
            key={status}
            type="button"
            aria-pressed={filter.status === status}
            onClick={() => onChange({ status })}
          >
            {t(statusWords[status])} <span className="count">{counts?.[status] ?? ''}</span>
          </button>
        ))}
      </fieldset>
      {toggle('disagree', t('imageReportDisagree'), counts?.disagree)}
      {toggle('priors', t('withPriors'))}
      <label className="toggle">
        <input
          type="checkbox"
          checked={filter.report === 'without'}
          onChange={(event) => onChange({ report: event.target.checked ? 'without' : undefined })}
        />
        {t('withoutReport')} <span className="count">{counts?.withoutReport ?? ''}</span>
      </label>
    </search>
  );
}
