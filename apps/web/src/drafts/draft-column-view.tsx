import type { Language } from '@radiolect/findings';
import type { LanguageModelCard } from '@radiolect/server/api';
import { Check, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import type { SiteStates } from '../marks/site-state.ts';
import { words } from '../words/words.ts';
import { fill, useWords } from '../words/words-context.tsx';
import { ComparedSentence, ReplacedSentences } from './compared-sentence.tsx';
import type { DraftColumn } from './draft-columns.ts';
import { DraftFigures } from './draft-figures.tsx';
import { abstentionWords, caughtFor } from './reason-words.ts';
import type { DraftOrigins } from './sentence-origins.ts';
import { sentenceOrigins } from './sentence-origins.ts';
import { Suggestions } from './suggestions.tsx';

const sections = ['findings', 'impression'] as const;

/** A sentence of any column, checked or not. */
export interface ColumnSentence {
  readonly id: string;
  readonly section: (typeof sections)[number];
  readonly text: string;
  readonly states: readonly string[];
}

/** A model that was asked once more for a broken answer repeats itself: what it repeats is shown once. */
export function columnSentences({ kept, underWay }: DraftColumn): readonly ColumnSentence[] {
  if (kept) return kept.written.draft.sentences;
  const byText = new Map(
    (underWay?.sentences ?? []).map((sentence) => [`${sentence.section} ${sentence.text}`, sentence]),
  );
  return [...byText].map(([id, sentence]) => ({ ...sentence, id }));
}

export const columnName = (
  { writer, variant }: DraftColumn,
  several: boolean,
  t: ReturnType<typeof useWords>['t'],
): string => {
  const name = writer === 'rules' ? t('writerRules') : writer;
  return several ? `${name}, ${t('wordingNumber', { n: variant + 1 })}` : name;
};

const noOrigins: DraftOrigins = { bySentence: new Map(), leftOut: [] };

/** One draft among others: as it comes, then checked, with what was replaced, what the model also sees, and "take". */
export function DraftColumnView({
  column,
  name,
  place,
  current,
  language,
  siteOf,
  states,
  card,
  reference,
  onChoose,
  onTake,
  onAdd,
}: {
  readonly column: DraftColumn;
  readonly name: string;
  /** From 1, the key that chooses it. */
  readonly place: number;
  readonly current: boolean;
  /** Of a draft that is still being written. */
  readonly language: Language;
  readonly siteOf: ReadonlyMap<string, string>;
  readonly states: SiteStates;
  readonly card: LanguageModelCard | undefined;
  /** Sentences of the draft that this one is compared with. */
  readonly reference: readonly ColumnSentence[] | undefined;
  readonly onChoose: () => void;
  readonly onTake: (() => void) | undefined;
  readonly onAdd: ((site: string) => void) | undefined;
}): ReactNode {
  const { t } = useWords();
  const { kept, underWay } = column;
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (current) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const origins = useMemo(() => (kept ? sentenceOrigins(kept.written) : noOrigins), [kept]);
  const sentences = columnSentences(column);
  const spoken = kept?.written.draft.language ?? language;
  const caught = column.writer === 'rules' ? [] : caughtFor(card, t);
  const referenceOf = ({ section, states: own }: ColumnSentence): string | undefined =>
    reference
      ?.filter((other) => other.section === section && other.states.some((id) => own.includes(id)))
      .map((other) => other.text)
      .join(' ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the number keys and arrows choose a column.
    <section
      ref={element}
      className={`draft-column${current ? ' current' : ''}`}
      aria-label={name}
      aria-current={current}
      aria-busy={underWay?.state === 'writing'}
      data-column={column.key}
      onClick={onChoose}
    >
      <header>
        <h3>
          <kbd>{place}</kbd> {name}
        </h3>
        {underWay?.state === 'writing' && <span className="tag writing">{t('draftWriting')}</span>}
        {underWay?.state === 'failed' && <span className="tag disagree">{t('draftFailed')}</span>}
        {kept?.stale && (
          <span className="tag warn" title={t('takeRefused')}>
            {t('draftStale')}
          </span>
        )}
        {kept && onTake && (
          <button
            type="button"
            className={current && !kept.stale ? 'primary' : ''}
            disabled={kept.stale}
            title={kept.stale ? t('takeRefused') : undefined}
            onClick={onTake}
          >
            <Check /> {t('takeDraft')} {current && <kbd>t</kbd>}
          </button>
        )}
      </header>
      {kept ? (
        <DraftFigures written={kept.written} />
      ) : (
        underWay?.state !== 'failed' && <p className="draft-figures unchecked-note">{t('notYetChecked')}</p>
      )}
      {caught.length > 0 && (
        <p className="audit-caught" role="note">
          <TriangleAlert aria-hidden="true" /> {t('auditCaught')}: {caught.join('; ')}
        </p>
      )}
      {kept?.written.abstained !== undefined && (
        <p className="audit-caught" role="note">
          <TriangleAlert aria-hidden="true" /> {t('abstained', { reason: abstentionWords(kept.written.abstained, t) })}
        </p>
      )}
      {underWay?.problem && (
        <p role="alert" className="problem">
          {[underWay.problem.title, underWay.problem.fix].filter(Boolean).join(' – ')}
        </p>
      )}
      {underWay?.state === 'writing' && sentences.length === 0 && <p className="quiet waiting">{t('draftWaiting')}</p>}
      <div className="draft-column-body" lang={spoken}>
        {sections.map((section) => {
          const own = sentences.filter((sentence) => sentence.section === section);
          if (own.length === 0) return null;
          return (
            <div key={section} className="report-section">
              <h4>{fill(words[section], spoken)}</h4>
              {own.map((sentence) => (
                <ComparedSentence
                  key={sentence.id}
                  text={sentence.text}
                  language={spoken}
                  origin={origins.bySentence.get(sentence.id)}
                  reference={referenceOf(sentence)}
                  highlight={{
                    sentence: `${column.key}/${sentence.id}`,
                    findings: new Set(sentence.states),
                    sites: new Set(sentence.states.flatMap((id) => siteOf.get(id) ?? [])),
                  }}
                />
              ))}
            </div>
          );
        })}
      </div>
      {origins.leftOut.length > 0 && (
        <details className="left-out">
          <summary>
            {t('leftOut')} <span className="count">{origins.leftOut.length}</span>
          </summary>
          <ReplacedSentences replaced={origins.leftOut} />
        </details>
      )}
      {kept && <Suggestions suggestions={kept.written.suggestions} card={card} states={states} onAdd={onAdd} />}
    </section>
  );
}
