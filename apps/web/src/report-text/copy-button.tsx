import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../words/words-context.tsx';

/** Puts a text on the clipboard, for the reporting system that a department already has. */
export function CopyButton({ text }: { readonly text: string }): ReactNode {
  const { t } = useWords();
  const [copied, setCopied] = useState<string>();
  const done = copied === text;
  return (
    <button
      type="button"
      className="icon"
      title={done ? t('copied') : t('copyDraft')}
      aria-label={done ? t('copied') : t('copyDraft')}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
    >
      {done ? <Check /> : <Copy />}
    </button>
  );
}
