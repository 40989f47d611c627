import type { ReviewItem, ReviewItemPage } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import { textSegments } from '../marks/text-segments.ts';
import { useWords } from '../words/words-context.tsx';
import { readingSpans } from './reading-spans.ts';

/** The whole report with the words that either reading rests on, each reader in its own colour and line. */
export function ReviewReport({
  items,
  page: { text, ofSameReport },
  onItem,
}: {
  readonly items: readonly [ReviewItem, ...ReviewItem[]];
  readonly page: ReviewItemPage;
  readonly onItem: (id: string) => void;
}): ReactNode {
  const { t, siteName } = useWords();
  const body = useRef<HTMLDivElement>(null);
  const segments = useMemo(() => textSegments(text, readingSpans(items, ofSameReport)), [items, text, ofSameReport]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once an item, not whenever its report is fetched again.
  useEffect(() => {
    body.current?.querySelector('.reading-span')?.scrollIntoView({ block: 'center' });
  }, [items[0].id]);
  return (
    <section className="review-report" aria-label={t('report')}>
      <div className="report-body filed" ref={body}>
        {segments.map(({ start, text: piece, values }) => {
          if (values.length === 0) return <span key={start}>{piece}</span>;
          const kinds = new Set(values.map(({ kind }) => kind));
          const own = [...kinds].filter((kind) => kind !== 'other');
          const other = values.find((value) => value.kind === 'other');
          if (own.length === 0 && other?.kind === 'other')
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the keyboard reaches the item through the queue.
              <span key={start} className="other-span" title={siteName(other.site)} onClick={() => onItem(other.item)}>
                {piece}
              </span>
            );
          return (
            <mark
              key={start}
              className={`reading-span ${own.join(' ')}`}
              title={own.map((kind) => (kind === 'rules' ? t('writerRules') : items[0].model)).join(' + ')}
            >
              {piece}
            </mark>
          );
        })}
      </div>
    </section>
  );
}
