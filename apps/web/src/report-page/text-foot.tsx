import type { ReactNode } from 'react';
import { addressOf } from '../navigation/route.ts';
import { useWords } from '../words/words-context.tsx';
import type { OpenReport } from './kept-report.ts';

/** Where the text came from, and that it goes nowhere. */
export function TextFoot({ report: { file, study, edited } }: { readonly report: OpenReport }): ReactNode {
  const { t } = useWords();
  return (
    <footer className="text-foot">
      {file && <span className="tag">{file}</span>}
      {study && <a href={addressOf({ page: 'study', id: study.id })}>{t('onFileOf', { number: study.number })}</a>}
      {(file ?? study) && edited && <span className="tag">{t('edited')}</span>}
      {/* A study's own report is stored; what is typed over it is not. */}
      {(!study || edited) && <span className="quiet">{t('staysHere')}</span>}
    </footer>
  );
}
