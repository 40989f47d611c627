import type { TextEvidence } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import type { Stretch } from './text-marks.ts';

/** One thing that was said of a report, with the words it rests on. */
export interface MarkedItem {
  /** Of its marks in the text. */
  readonly ids: readonly string[];
  readonly text: string;
  readonly icon?: ReactNode;
  readonly sites?: readonly string[];
  readonly evidence: readonly Pick<TextEvidence, 'start' | 'end' | 'text'>[];
}

/** Quotes that fit beside a line: both sides of a contradiction. */
const shownQuotes = 2;

/** Items that say the same become one with all their words: a report may deny one thing in several places. */
export function joinedItems(items: readonly MarkedItem[]): readonly MarkedItem[] {
  const byText = new Map<string, MarkedItem>();
  for (const item of items) {
    const known = byText.get(item.text);
    byText.set(
      item.text,
      known ? { ...known, ids: [...known.ids, ...item.ids], evidence: [...known.evidence, ...item.evidence] } : item,
    );
  }
  return [...byText.values()];
}

/** Lines that light their words in the text and their sites on the body map, and lead there on a click. */
export function MarkedList({
  title,
  items,
  quoted = false,
  onWords,
}: {
  readonly title: string;
  readonly items: readonly MarkedItem[];
  /** The words themselves stand behind each line. */
  readonly quoted?: boolean;
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { highlight, hover, select } = useHighlight();
  if (items.length === 0) return null;
  return (
    <section className="marked-list" aria-label={title}>
      <h3>
        {title} <span className="count">{items.length}</span>
      </h3>
      <ul className="plain">
        {items.map(({ ids, text, icon, sites = [], evidence }) => {
          const own = { sites: new Set(sites), findings: new Set<string>(), spans: new Set(ids) };
          const first = evidence[0];
          return (
            <li key={ids[0]}>
              <button
                type="button"
                className={`marked${ids.some((id) => highlight.spans?.has(id)) ? ' lit' : ''}`}
                data-mark={ids[0]}
                onMouseEnter={() => hover(own)}
                onMouseLeave={() => hover(undefined)}
                onFocus={() => select(own)}
                onClick={(event) => (event.detail === 0 && first ? onWords(first) : select(own))}
              >
                {icon}
                <span>{text}</span>
                {quoted &&
                  evidence.slice(0, shownQuotes).map((span) => (
                    <q key={span.start} className="quote">
                      {span.text}
                    </q>
                  ))}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
