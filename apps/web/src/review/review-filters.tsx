import type { ReviewCounts } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import type { ReviewFilter } from './use-review.ts';

/** Which part of the queue is shown, and how much of it is settled. */
export function ReviewFilters({
  filter,
  counts,
  sites,
  onFilter,
}: {
  readonly filter: ReviewFilter;
  readonly counts: ReviewCounts;
  /** Sites to choose from. */
  readonly sites: readonly string[];
  readonly onFilter: (filter: ReviewFilter) => void;
}): ReactNode {
  const { t, siteName } = useWords();
  const { state, differs, site } = filter;
  const total = counts.open + counts.resolved;
  return (
    <div className="review-filters">
      <fieldset className="segments review-states">
        <legend className="sr-only">{t('status')}</legend>
        {(['open', 'resolved'] as const).map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={state === value}
            onClick={() => onFilter({ ...filter, state: value })}
          >
            {t(value === 'open' ? 'reviewOpen' : 'reviewSettled')} <span className="count">{counts[value]}</span>
          </button>
        ))}
      </fieldset>
      <select
        aria-label={t('reviewKind')}
        value={differs ?? ''}
        onChange={(event) =>
          onFilter({
            state,
            ...(site ? { site } : {}),
            ...(event.target.value ? { differs: event.target.value as 'presence' | 'attributes' } : {}),
          })
        }
      >
        <option value="">{t('reviewAllKinds')}</option>
        <option value="presence">{t('reviewPresence')}</option>
        <option value="attributes">{t('reviewAttributes')}</option>
      </select>
      <select
        aria-label={t('site')}
        value={site ?? ''}
        onChange={(event) =>
          onFilter({
            state,
            ...(differs ? { differs } : {}),
            ...(event.target.value ? { site: event.target.value } : {}),
          })
        }
      >
        <option value="">{t('reviewAllSites')}</option>
        {sites.map((id) => (
          <option key={id} value={id}>
            {siteName(id)}
          </option>
        ))}
      </select>
      {total > 0 && (
        <label className="review-progress">
          <progress aria-label={t('reviewProgress')} max={total} value={counts.resolved} />
          <span className="mono">
            {counts.resolved} / {total}
          </span>
        </label>
      )}
    </div>
  );
}
