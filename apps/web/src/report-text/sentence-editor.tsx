import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words-context.tsx';

/** A sentence as a field: Enter saves, Escape leaves it as it was. */
export function SentenceEditor({
  text: before,
  onSave,
  onCancel,
}: {
  readonly text: string;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useWords();
  const [text, setText] = useState(before);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = (): void => (text.trim() ? onSave(text.trim()) : onCancel());
  const onKey = (event: KeyboardEvent): void => {
    // Enter also ends the composition of a Chinese word, which is not yet the end of the sentence.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="sentence-editor">
      <textarea
        ref={field}
        value={text}
        rows={Math.max(2, Math.ceil(text.length / 60))}
        aria-label={t('sentence')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      <div className="form-actions">
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="button" className="primary" onClick={save}>
          {t('save')}
        </button>
      </div>
    </div>
  );
}
