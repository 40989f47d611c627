import type { Check } from '@radiolect/server/api';
import { CircleAlert, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import { useWords } from '../words/words-context.tsx';

/** What to look at before signing; each line leads to its sentence and its sites. */
export function ChecksList({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const { t, language } = useWords();
  const { select } = useHighlight();
  if (checks.length === 0) return null;
  const show = (check: Check): void => {
    const sentence = check.sentences[0];
    select({
      sites: new Set(check.sites),
      findings: new Set(check.findings),
      ...(sentence === undefined ? {} : { sentence }),
    });
    const target = sentence
      ? `[data-sentence="${CSS.escape(sentence)}"]`
      : `[data-finding="${CSS.escape(check.findings[0] ?? '')}"]`;
    document.querySelector(target)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <section className="checks" aria-label={t('checks')}>
      <h3>{t('checks')}</h3>
      <ul className="plain">
        {checks.map((check) => (
          <li key={`${check.code} ${check.sentences.join()} ${check.findings.join()} ${check.sites.join()}`}>
            <button type="button" className={`check ${check.level}`} onClick={() => show(check)}>
              {check.level === 'stop' ? (
                <OctagonX aria-label={t('mustBeSettled')} />
              ) : (
                <CircleAlert aria-label={t('warning')} />
              )}
              <span>{check.messages[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
