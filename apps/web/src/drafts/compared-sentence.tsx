import type { Language } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import type { Highlight } from '../marks/highlight.tsx';
import { pointing, touches, useHighlight } from '../marks/highlight.tsx';
import { useWords } from '../words/words-context.tsx';
import { differingWords } from './differing-words.ts';
import { reasonWords } from './reason-words.ts';
import type { Replacement, SentenceOrigin } from './sentence-origins.ts';

/** One sentence of a draft beside others: what differs is marked, its origin named, and on demand what it replaced. */
export function ComparedSentence({
  text,
  language,
  highlight: own,
  origin,
  reference,
}: {
  readonly text: string;
  readonly language: Language;
  readonly highlight: Highlight;
  /** Absent while the sentence is not checked. */
  readonly origin: SentenceOrigin | undefined;
  /** What the draft that it is compared with says of the same findings; absent where nothing is compared. */
  readonly reference: string | undefined;
}): ReactNode {
  const { t } = useWords();
  const state = useHighlight();
  const [open, setOpen] = useState(false);
  const pieces = useMemo(
    () => (reference === undefined ? [{ text, differs: false }] : differingWords(text, reference, language)),
    [text, reference, language],
  );
  const lit = touches(state.highlight, own);
  const replaced = origin?.kind === 'instead' ? origin.of : [];
  return (
    <div className={`compared-sentence ${origin?.kind ?? 'unchecked'}${lit ? ' lit' : ''}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard points at sentences as the mouse does. */}
      <p tabIndex={0} {...pointing(state, own)}>
        {pieces.map((piece, index) =>
          piece.differs ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
            <mark key={index} className="differs">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
        {origin?.kind === 'model' && <OriginTag kind="model" name={t('originModel')} />}
        {origin?.kind === 'added' && <OriginTag kind="added" name={t('originAdded')} />}
        {replaced.length > 0 && (
          <>
            {' '}
            <button type="button" className="tag origin instead" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('originInstead')} {open ? '▴' : '▾'}
            </button>
          </>
        )}
      </p>
      {open && <ReplacedSentences replaced={replaced} />}
    </div>
  );
}

function OriginTag({ kind, name }: { readonly kind: string; readonly name: string }): ReactNode {
  return (
    <>
      {' '}
      <span className={`tag origin ${kind}`}>{name}</span>
    </>
  );
}

/** What the model had written, and why it does not stand. */
export function ReplacedSentences({ replaced }: { readonly replaced: readonly Replacement[] }): ReactNode {
  const { t } = useWords();
  return (
    <ul className="plain replaced-sentences">
      {replaced.map(({ proposed, reasons }) => (
        <li key={`${proposed.section} ${proposed.text}`}>
          <span className="quiet">{t('modelWrote')}</span> <q>{proposed.text}</q>{' '}
          <span className="reasons">{reasons.map((reason) => t(reasonWords[reason])).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}
