import type { ReactNode } from 'react';
import { languageNames } from '../words/vocabulary-words.ts';
import { useWords } from '../words/words-context.tsx';
import type { Instruments } from './instruments.ts';

/** What will appear here, and a report of nobody to see it with. */
export function NoReportYet({
  examples,
  onExample,
}: {
  readonly examples: Instruments['examples'];
  readonly onExample: (text: string) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="empty">
      <p>
        <b>{t('emptyTitle')}</b>
      </p>
      <p className="quiet">{t('emptyHint')}</p>
      {examples.length > 0 && (
        <p className="row centre">
          <span className="quiet">{t('examples')}</span>
          {examples.map(({ language, text }) => (
            <button key={language} type="button" lang={language} onClick={() => onExample(text)}>
              {languageNames[language]}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
