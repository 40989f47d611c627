import type { Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import { CircleHelp, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Route } from './navigation/route.ts';
import { addressOf } from './navigation/route.ts';
import { useOpenReviewCount } from './review/use-review.ts';
import { languageNames } from './words/vocabulary-words.ts';
import { useWords } from './words/words-context.tsx';

/** Where one is, who reads, in which language; and at all times that this is no medical device. */
export function TopBar({
  route,
  reader,
  onName,
  onHelp,
}: {
  readonly route: Route;
  readonly reader: string | undefined;
  readonly onName: () => void;
  readonly onHelp: () => void;
}): ReactNode {
  const { t, language, setLanguage } = useWords();
  const waiting = useOpenReviewCount();
  const pages = [
    [{ page: 'worklist', search: '' }, t('worklist')],
    [{ page: 'report' }, t('reportPage')],
    [{ page: 'review' }, t('review')],
    [{ page: 'training' }, t('training')],
    [{ page: 'archive' }, t('archive')],
  ] as const;
  return (
    <header className="top-bar">
      <span className="brand">Radiolect</span>
      <nav aria-label={t('pages')}>
        {pages.map(([target, name]) => (
          <a key={target.page} href={addressOf(target)} aria-current={route.page === target.page ? 'page' : undefined}>
            {name}
            {target.page === 'review' && waiting > 0 && (
              <span className="waiting-count" title={t('reviewOpenCount', { n: waiting })}>
                {waiting}
              </span>
            )}
          </a>
        ))}
      </nav>
      <span className="spring" />
      <span className="not-a-device">{t('notADevice')}</span>
      <button type="button" className="reader" onClick={onName} title={t('nameUnchecked')}>
        <UserRound /> {reader ?? t('yourName')}
      </button>
      <select
        aria-label={t('interfaceLanguage')}
        value={language}
        onChange={(event) => setLanguage(event.target.value as Language)}
      >
        {languages.map((code) => (
          <option key={code} value={code}>
            {languageNames[code]}
          </option>
        ))}
      </select>
      <button type="button" className="icon" title={`${t('keyboard')} (?)`} aria-label={t('keyboard')} onClick={onHelp}>
        <CircleHelp />
      </button>
    </header>
  );
}
