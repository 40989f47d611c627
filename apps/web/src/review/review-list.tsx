import type { ReviewItem } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/words-context.tsx';

/** The queue: the sites in question, report by report, with both states. */
export function ReviewList({
  items,
  current,
  onItem,
}: {
  readonly items: readonly ReviewItem[];
  readonly current: string | undefined;
  readonly onItem: (id: string) => void;
}): ReactNode {
  return (
    <ol className="plain review-list">
      {items.map((item, index) => (
        <li key={item.id}>
          {items[index - 1]?.report.id !== item.report.id && (
            <p className="mono quiet">{item.report.accessionNumber ?? item.report.sourceId}</p>
          )}
          <ReviewRow item={item} current={item.id === current} onItem={onItem} />
        </li>
      ))}
    </ol>
  );
}

function ReviewRow({
  item,
  current,
  onItem,
}: {
  readonly item: ReviewItem;
  readonly current: boolean;
  readonly onItem: (id: string) => void;
}): ReactNode {
  const { t, word, siteName } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const { rules, model } = item.readings;
  const states = [rules, model].map((label) => word('presence', label?.state ?? 'unmentioned'));
  return (
    <button
      ref={button}
      type="button"
      className={`review-row${current ? ' current' : ''}`}
      aria-current={current}
      onClick={() => onItem(item.id)}
    >
      <span>{siteName(item.site)}</span>
      <span className="quiet">
        {item.differs === 'presence' ? (
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
