import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/words-context.tsx';
import type { ReviewGroup } from './review-groups.ts';

/** The queue: what is in question, report by report, with both states. */
export function ReviewList({
  groups,
  current,
  onItem,
}: {
  readonly groups: readonly ReviewGroup[];
  readonly current: string | undefined;
  readonly onItem: (id: string) => void;
}): ReactNode {
  return (
    <ol className="plain review-list">
      {groups.map((group, index) => {
        const [{ report }] = group.items;
        return (
          <li key={group.id}>
            {groups[index - 1]?.items[0].report.id !== report.id && (
              <p className="mono quiet">{report.accessionNumber ?? report.sourceId}</p>
            )}
            <ReviewRow group={group} current={group.id === current} onItem={onItem} />
          </li>
        );
      })}
    </ol>
  );
}

function ReviewRow({
  group: { id, items },
  current,
  onItem,
}: {
  readonly group: ReviewGroup;
  readonly current: boolean;
  readonly onItem: (id: string) => void;
}): ReactNode {
  const { t, word, siteName } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const [{ site, differs, readings }] = items;
  const { rules, model } = readings;
  const states = [rules, model].map((label) => word('presence', label?.state ?? 'unmentioned'));
  return (
    <button
      ref={button}
      type="button"
      className={`review-row${current ? ' current' : ''}`}
      aria-current={current}
      onClick={() => onItem(id)}
    >
      <span>{items.length > 1 ? t('andMore', { site: siteName(site), n: items.length - 1 }) : siteName(site)}</span>
      <span className="quiet">
        {differs === 'presence' ? (
          <>
            <span className={`state-dot ${rules?.state ?? 'unmentioned'}`} title={states[0]} />{' '}
            <span className={`state-dot ${model?.state ?? 'unmentioned'}`} title={states[1]} />
            <span className="sr-only">{states.join(' – ')}</span>
          </>
        ) : (
          t('reviewAttributes')
        )}
      </span>
    </button>
  );
}
