import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../words/words-context.tsx';

/** Puts a text on the clipboard, for the reporting system that a department already has. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  /** What the button does; "copy as text" where it is left out. */
  readonly label?: string;
}): ReactNode {
  const { t } = useWords();
  const [copied, setCopied] = useState<string>();
  const done = copied === text;
  const name = done ? t('copied') : (label ?? t('copyDraft'));
  return (
    <button
      type="button"
      className="icon"
      title={name}
      aria-label={name}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
    >
      {done ? <Check /> : <Copy />}
    </button>
  );
}
