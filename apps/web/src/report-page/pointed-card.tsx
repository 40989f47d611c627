import type { Finding } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { attributeWords } from '../findings-list/finding-words.ts';
import { useHighlight } from '../marks/highlight.tsx';
import type { Span } from '../marks/text-segments.ts';
import { useWords } from '../words/words-context.tsx';
import type { TextMark } from './text-marks.ts';

/** Findings beyond this many are counted, not listed. */
const listed = 4;

/** What is pointed at, in words: the findings there with all their quotes, or what was set aside and warned of. */
export function PointedCard({
  findings,
  spans,
  nameOf,
}: {
  readonly findings: readonly Finding[];
  readonly spans: readonly Span<TextMark>[];
  readonly nameOf: (position: string) => string;
}): ReactNode {
  const { t, word } = useWords();
  const { highlight } = useHighlight();
  const pointed = findings.filter(({ id, site }) =>
    highlight.findings.size > 0 ? highlight.findings.has(id) : highlight.sites.has(site),
  );
  const notes = new Set(
    spans
      .filter(({ value }) => value.findings.length === 0 && highlight.spans?.has(value.id))
      .map(({ value }) => value.about),
  );
  const silent = pointed.length === 0 ? [...highlight.sites].slice(0, listed) : [];
  if (pointed.length + notes.size + silent.length === 0)
    return <p className="pointed-card quiet">{t('pointedNone')}</p>;
  return (
    <div className="pointed-card">
      {[...notes].map((note) => (
        <p key={note}>{note}</p>
      ))}
      {pointed.slice(0, listed).map((finding) => (
        <div key={finding.id}>
          <p>
            <span className={`state-dot ${finding.presence}`} aria-hidden="true" /> <b>{nameOf(finding.site)}</b>{' '}
            {[word('presence', finding.presence), attributeWords(finding, word)].filter(Boolean).join(', ')}
          </p>
          {pointed.length <= listed &&
            finding.evidence.map((evidence) =>
              evidence.kind === 'text' ? (
                <q key={evidence.start} className="quiet">
                  {evidence.text}
                </q>
              ) : null,
            )}
        </div>
      ))}
      {pointed.length > listed && <p className="quiet">… {pointed.length}</p>}
      {silent.map((site) => (
        <p key={site}>
          <span className="state-dot" aria-hidden="true" /> <b>{nameOf(site)}</b> {word('presence', 'unmentioned')}
        </p>
      ))}
    </div>
  );
}
