import type { KeptDraft, LanguageModelCard } from '@radiolect/server/api';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import type { SiteStates } from '../marks/site-state.ts';
import { useWords } from '../words/words-context.tsx';

/** Sites that a model sees beyond the findings, how often it was right with such, and the act to add one. */
export function Suggestions({
  suggestions,
  card,
  states,
  onAdd,
}: {
  readonly suggestions: KeptDraft['written']['suggestions'];
  readonly card: LanguageModelCard | undefined;
  /** What the list says of each site now. */
  readonly states: SiteStates;
  /** Absent where the study cannot be changed. */
  readonly onAdd: ((site: string) => void) | undefined;
}): ReactNode {
  const { t, siteName } = useWords();
  const { hover, select } = useHighlight();
  if (suggestions.length === 0) return null;
  return (
    <section className="suggestions" aria-label={t('modelAlsoSees')}>
      <h4>{t('modelAlsoSees')}</h4>
      <ul className="plain">
        {suggestions.map(({ site, reason }) => {
          const own = { sites: new Set([site]), findings: new Set<string>() };
          const listed = ['present', 'uncertain'].includes(states.get(site) ?? '');
          return (
            <li key={site} onMouseEnter={() => hover(own)} onMouseLeave={() => hover(undefined)}>
              <span>
                <b>{siteName(site)}</b> {reason && <span className="quiet">{reason}</span>}
              </span>
              {listed ? (
                <span className="tag signed">{t('onTheList')}</span>
              ) : (
                onAdd && (
                  <button
                    type="button"
                    className="small"
                    aria-label={`${t('addAsFinding')}: ${siteName(site)}`}
                    onFocus={() => select(own)}
                    onClick={() => onAdd(site)}
                  >
                    <Plus /> {t('addAsFinding')}
                  </button>
                )
              )}
            </li>
          );
        })}
      </ul>
      <p className="quiet">{card && <SuggestionRecord card={card} />}</p>
    </section>
  );
}

function SuggestionRecord({ card: { name, audit } }: { readonly card: LanguageModelCard }): ReactNode {
  const { t } = useWords();
  if (!audit) return t('neverMeasured', { command: `radiolect audit-drafter ${name}` });
  const { right, n, share } = audit.suggestions;
  if (n === 0 || share.value === null) return t('suggestionNone', { n: audit.studies });
  const percent = (value: number): number => Math.round(100 * value);
  const interval =
    share.low === null || share.high === null ? '' : `, 95 % CI ${percent(share.low)}–${percent(share.high)} %`;
  return t('suggestionRecord', { right, n, share: `${percent(share.value)} %${interval}` });
}
