import type { Language } from '@radiolect/findings';
import { FolderOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { languageNames } from '../words/vocabulary-words.ts';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';

/** Names of the shipped packs; another pack goes by its own name. */
const packWords: Readonly<Record<string, WordKey>> = {
  'bone-scan': 'packBoneScan',
  'chest-x-ray': 'packChestXRay',
  'acute-appendicitis': 'packAppendicitis',
};

/** Which kind of report, and where its text comes from. */
export function TextToolbar({
  packs,
  pack,
  examples,
  hasText,
  onPack,
  onExample,
  onFile,
  onClear,
}: {
  readonly packs: readonly string[];
  readonly pack: string;
  readonly examples: readonly { readonly language: Language; readonly text: string }[];
  readonly hasText: boolean;
  readonly onPack: (name: string) => void;
  readonly onExample: (text: string) => void;
  readonly onFile: (file: File) => void;
  readonly onClear: () => void;
}): ReactNode {
  const { t } = useWords();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="text-toolbar">
      <select aria-label={t('packLabel')} value={pack} onChange={(event) => onPack(event.target.value)}>
        {packs.map((name) => {
          const key = packWords[name];
          return (
            <option key={name} value={name}>
              {key ? t(key) : name}
            </option>
          );
        })}
      </select>
      <button type="button" className="small" onClick={() => picker.current?.click()}>
        <FolderOpen /> {t('openFile')}
      </button>
      <input
        ref={picker}
        type="file"
        accept=".txt,text/plain"
        hidden
        aria-label={t('openFile')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be opened again after a change.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      {examples.length > 0 && (
        <select
          aria-label={t('examples')}
          value=""
          onChange={(event) => onExample(examples[Number(event.target.value)]?.text ?? '')}
        >
          <option value="" disabled>
            {t('examples')}
          </option>
          {examples.map(({ language }, index) => (
            <option key={language} value={index} lang={language}>
              {languageNames[language]}
            </option>
          ))}
        </select>
      )}
      <span className="spring" />
      {hasText && (
        <button type="button" className="small" onClick={onClear}>
          <X /> {t('clearText')}
        </button>
      )}
    </div>
  );
}
