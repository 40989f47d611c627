import type { TextEvidence } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import type { Stretch } from './text-marks.ts';

/** One thing that was said of a report, with the words it rests on. */
export interface MarkedItem {
  /** Of its mark in the text. */
  readonly id: string;
  readonly text: string;
  readonly icon?: ReactNode;
  readonly sites?: readonly string[];
  readonly evidence: readonly Pick<TextEvidence, 'start' | 'end' | 'text'>[];
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
        {items.map(({ id, text, icon, sites = [], evidence }) => {
          const own = { sites: new Set(sites), findings: new Set<string>(), spans: new Set([id]) };
          const first = evidence[0];
          return (
            <li key={id}>
              <button
                type="button"
                className={`marked${highlight.spans?.has(id) ? ' lit' : ''}`}
                data-mark={id}
                onMouseEnter={() => hover(own)}
                onMouseLeave={() => hover(undefined)}
                onFocus={() => select(own)}
                onClick={(event) => (event.detail === 0 && first ? onWords(first) : select(own))}
              >
                {icon}
                <span>{text}</span>
                {quoted && first && <q className="quote">{first.text}</q>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
