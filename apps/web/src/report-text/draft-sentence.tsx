import type { DraftSentence as Sentence } from '@radiolect/findings';
import type { Check } from '@radiolect/server/api';
import { Pencil, Check as Tick, Trash2 } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { Highlight } from '../marks/highlight.tsx';
import { pointing, touches, useHighlight } from '../marks/highlight.tsx';
import { MarkBadge } from '../marks/mark-badge.tsx';
import type { Mark } from '../marks/site-state.ts';
import { useWords } from '../words/words-context.tsx';
import { SentenceEditor } from './sentence-editor.tsx';

export interface SentenceActs {
  readonly edit: (text: string) => void;
  readonly remove: () => void;
  readonly confirm: () => void;
}

/** One sentence of the draft: points to what it states; Enter edits, Delete removes; a typed one is shown as such. */
export function DraftSentence({
  sentence,
  highlight: own,
  mark,
  checks,
  readOnly,
  acts,
}: {
  readonly sentence: Sentence;
  readonly highlight: Highlight;
  readonly mark: Mark | undefined;
  readonly checks: readonly Check[];
  readonly readOnly: boolean;
  readonly acts: SentenceActs;
}): ReactNode {
  const { t } = useWords();
  const state = useHighlight();
  const [editing, setEditing] = useState(false);
  const { highlight } = state;
  const lit = highlight.sentence ? highlight.sentence === sentence.id : touches(highlight, own);
  if (editing)
    return (
      <SentenceEditor
        text={sentence.text}
        onCancel={() => setEditing(false)}
        onSave={(text) => {
          setEditing(false);
          if (text !== sentence.text) acts.edit(text);
        }}
      />
    );
  const onKey = (event: KeyboardEvent): void => {
    if (readOnly || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
    if (event.key === 'Enter') setEditing(true);
    else if (event.key === 'Delete') acts.remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const typed = sentence.origin === 'reader';
  const worst = checks.some((check) => check.level === 'stop') ? 'stop' : checks.length > 0 ? 'warn' : '';
  return (
    <div
      className={`sentence ${typed ? 'typed' : ''} ${lit ? 'lit' : ''} ${worst}`}
      data-sentence={sentence.id}
      {...pointing(state, own)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be selected and copied as text. */}
      <div
        className="sentence-text"
        role="button"
        tabIndex={0}
        onKeyDown={onKey}
        onDoubleClick={() => !readOnly && setEditing(true)}
      >
        {sentence.text}
        {/* A space that does not break: the mark stays with the sentence's last word. */}
        {mark && (
          <>
            {'\u00a0'}
            <MarkBadge mark={mark} />
          </>
        )}
        {typed && ' '}
        {typed && <span className="tag">{sentence.states.length > 0 ? t('edited') : t('typed')}</span>}
      </div>
      {!readOnly && (
        <span className="sentence-acts">
          {typed && !sentence.confirmed && (
            <button
              type="button"
              className="icon"
              title={t('confirmSentence')}
              aria-label={t('confirmSentence')}
              onClick={acts.confirm}
            >
              <Tick />
            </button>
          )}
          <button
            type="button"
            className="icon"
            title={`${t('edit')} (Enter)`}
            aria-label={t('editSentence')}
            onClick={() => setEditing(true)}
          >
            <Pencil />
          </button>
          <button
            type="button"
            className="icon"
            title={`${t('remove')} (Delete)`}
            aria-label={t('removeSentence')}
            onClick={acts.remove}
          >
            <Trash2 />
          </button>
        </span>
      )}
    </div>
  );
}
