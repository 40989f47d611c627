import type { PackAnswer } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useSession } from '../api/queries.ts';
import { BodyMap } from '../body-map/body-map.tsx';
import { Modal } from '../keyboard/modal.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { HighlightProvider } from '../marks/highlight.tsx';
import { addressOf } from '../navigation/route.ts';
import { ReaderNameForm } from '../reader/reader-name-form.tsx';
import { useWords } from '../words/words-context.tsx';
import { FillForm } from './fill-form.tsx';
import { ReviewFilters } from './review-filters.tsx';
import { reviewGroups } from './review-groups.ts';
import { ReviewList } from './review-list.tsx';
import { afterSettling, neighbourItem } from './review-order.ts';
import { ReviewReport } from './review-report.tsx';
import { TwoReadings } from './two-readings.tsx';
import type { Decision, ReviewFilter } from './use-review.ts';
import { useReviewActs, useReviewItem, useReviewQueue } from './use-review.ts';

const noMarks = new Map<string, never>();
const noSites = new Set<string>();

/** Sites that rules and a language model read differently: a person takes one of the readings or writes a third. */
export function ReviewPage({ pack }: { readonly pack: PackAnswer }): ReactNode {
  const { t } = useWords();
  const [filter, setFilter] = useState<ReviewFilter>({ state: 'open' });
  const [chosen, setChosen] = useState<string>();
  const [apart, setApart] = useState<ReadonlySet<string>>(noSites);
  const [editing, setEditing] = useState(false);
  const [naming, setNaming] = useState(false);
  const { data: session } = useSession();
  const { data: queue, error } = useReviewQueue(filter);
  const acts = useReviewActs();
  const groups = useMemo(() => reviewGroups(queue?.items ?? [], apart), [queue, apart]);
  const ids = groups.map(({ id }) => id);
  // What was pointed to in the text may stand inside a group.
  const group = groups.find(({ items }) => items.some(({ id }) => id === chosen)) ?? groups[0];
  const current = group?.id;
  const { data: page } = useReviewItem(current);
  // The next report is there before it is asked for.
  useReviewItem(neighbourItem(ids, current, 1));
  // The text is the same for all items of a report, so that the last page serves until that of this item has come.
  const shown =
    page && group && page.item.report.id === group.items[0].report.id ? { page, items: group.items } : undefined;
  const { site: siteFilter } = filter;
  const sites = useMemo(
    () =>
      pack.sites.map(({ id }) => id).filter((id) => id === siteFilter || queue?.items.some((one) => one.site === id)),
    [pack, queue, siteFilter],
  );

  const go = (id: string | undefined): void => {
    setEditing(false);
    acts.forgetProblem();
    if (id !== undefined) setChosen(id);
  };
  const settle = (decision: Decision): void => {
    if (shown?.items[0].state !== 'open' || acts.pending) return;
    if (session?.reader === undefined) {
      setNaming(true);
      return;
    }
    const next = afterSettling(ids, shown.items[0].id);
    acts.settle(shown.items, decision, () => {
      setEditing(false);
      setChosen(next);
    });
  };
  const undo = (): void => {
    const { last } = acts;
    if (!last || acts.pending) return;
    acts.reopen(last, () => {
      setFilter(({ state, ...rest }) => ({ ...rest, state: 'open' }));
      setChosen(last[0]?.id);
    });
  };
  const splitUp = (): void => {
    if (group && group.items.length > 1) setApart((known) => new Set([...known, ...group.items.map(({ id }) => id)]));
  };
  const step = (by: 1 | -1) => (): void => go(neighbourItem(ids, current, by));
  useKeys([
    ['ArrowLeft', () => settle({ take: 'rules' })],
    ['1', () => settle({ take: 'rules' })],
    ['ArrowRight', () => settle({ take: 'model' })],
    ['2', () => settle({ take: 'model' })],
    ['0', () => settle({ take: 'own', label: null })],
    ['o', () => shown?.items[0].state === 'open' && setEditing(true)],
    ['s', splitUp],
    ['n', step(1)],
    ['j', step(1)],
    ['p', step(-1)],
    ['k', step(-1)],
    ['u', undo],
    ['Escape', () => setEditing(false)],
  ]);

  const counts = queue?.counts;
  const empty = counts !== undefined && counts.open + counts.resolved === 0;
  const done = counts !== undefined && !empty && counts.open === 0;
  return (
    <main className="review-page">
      <aside className="review-queue" aria-label={t('reviewQueue')}>
        {counts && !empty && (
          <ReviewFilters
            filter={filter}
            counts={counts}
            sites={sites}
            onFilter={(next) => {
              setFilter(next);
              setChosen(undefined);
            }}
          />
        )}
        <ReviewList groups={groups} current={current} onItem={go} />
        {acts.last && (
          <button type="button" disabled={acts.pending} onClick={undo}>
            {t('undo')} <kbd>u</kbd>
          </button>
        )}
        {!empty && <FillForm again />}
      </aside>
      <div className="review-main">
        {error && (
          <p role="alert" className="problem">
            {error.message}
          </p>
        )}
        {acts.problem && (
          <p role="alert" className="problem">
            {acts.problem}
            <button type="button" className="small" onClick={acts.forgetProblem}>
              {t('close')}
            </button>
          </p>
        )}
        {empty && (
          <div className="empty">
            <p>{t('reviewEmpty')}</p>
            <p className="quiet">{t('reviewFillWhy')}</p>
            <FillForm again={false} />
          </div>
        )}
        {counts && !empty && groups.length === 0 && (
          <div className="empty">
            <p>{t(done ? 'reviewDone' : 'reviewNoMatch')}</p>
            {done && <p className="quiet">{t('reviewDoneTaken', counts.taken)}</p>}
          </div>
        )}
        {shown && (
          <>
            <header className="panel-head review-head">
              <h1>
                {t('reviewReport', { id: shown.page.item.report.accessionNumber ?? shown.page.item.report.sourceId })}
              </h1>
              <span className="quiet">{t('sitesOfReport', { n: shown.page.ofSameReport.length })}</span>
              {shown.page.item.report.studyId && (
                <a className="button small" href={addressOf({ page: 'study', id: shown.page.item.report.studyId })}>
                  {t('toTheStudy')}
                </a>
              )}
            </header>
            <ReviewReport page={shown.page} items={shown.items} onItem={go} />
          </>
        )}
      </div>
      <aside className="review-decision">
        {shown && (
          <>
            <TwoReadings
              items={shown.items}
              pending={acts.pending}
              editing={editing}
              onEdit={setEditing}
              onSettle={settle}
              onSkip={step(1)}
              onReopen={() => acts.reopen(shown.items)}
              onApart={splitUp}
            />
            {pack.atlas && (
              <HighlightProvider key={shown.items[0].id} sites={shown.items.map(({ site }) => site)}>
                <BodyMap
                  atlas={pack.atlas}
                  states={noMarks}
                  marks={noMarks}
                  proposed={noSites}
                  onSites={() => undefined}
                />
              </HighlightProvider>
            )}
          </>
        )}
      </aside>
      {naming && (
        <Modal title={t('settings')} onClose={() => setNaming(false)}>
          <ReaderNameForm onDone={() => setNaming(false)} />
        </Modal>
      )}
    </main>
  );
}
