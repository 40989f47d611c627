import type { ListedFinding } from '@radiolect/server/api';
import { Check, Pencil, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import { MarkBadge } from '../marks/mark-badge.tsx';
import type { Mark } from '../marks/site-state.ts';
import type { Translate } from '../words/words-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { attributeWords, probabilityOf } from './finding-words.ts';

export interface FindingActs {
  readonly accept: () => void;
  readonly reject: () => void;
  readonly remove: () => void;
  readonly edit: () => void;
}

/** One finding on the list: state, site, what is said of it, how sure the model is, and what can be done with it. */
export function FindingRow({
  listed,
  mark,
  current,
  readOnly,
  acts,
  onPoint,
}: {
  readonly listed: ListedFinding;
  readonly mark: Mark | undefined;
  /** The row that the keyboard acts on. */
  readonly current: boolean;
  readonly readOnly: boolean;
  readonly acts: FindingActs;
  readonly onPoint: () => void;
}): ReactNode {
  const { t, word, siteName } = useWords();
  const { highlight, hover } = useHighlight();
  const { finding, edited } = listed;
  // What stands in a signed report was accepted by signing it.
  const decision = readOnly && listed.inDraft ? 'accepted' : listed.decision;
  const lit =
    highlight.findings.has(finding.id) || (highlight.findings.size === 0 && highlight.sites.has(finding.site));
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const probability = probabilityOf(finding);
  const name = siteName(finding.site);
  const said = attributeWords(finding, word);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the mouse only points; the buttons inside act.
    <div
      ref={row}
      className={`finding-row ${finding.presence} ${decision}${lit ? ' lit' : ''}${current ? ' current' : ''}`}
      data-finding={finding.id}
      data-site={finding.site}
      onMouseEnter={() => hover({ sites: new Set([finding.site]), findings: new Set([finding.id]) })}
      onMouseLeave={() => hover(undefined)}
    >
      <button type="button" className="finding-main" onClick={onPoint} onFocus={onPoint} aria-current={current}>
        <span
          className={`state-dot ${finding.presence}`}
          role="img"
          aria-label={word('presence', finding.presence)}
          title={word('presence', finding.presence)}
        />
        <span className="finding-site">{name}</span>
        <span className="finding-said">
          {[finding.presence !== 'present' && word('presence', finding.presence), said].filter(Boolean).join(', ')}
        </span>
        <span className="finding-source">
          {mark && <MarkBadge mark={mark} />}
          {decision === 'proposed' && listed.inDraft && (
            <span className="tag proposed" title={proposedBy(listed, t)}>
              {t('proposed')}
            </span>
          )}
          {!listed.inDraft && (
            <span className="tag proposed" title={proposedBy(listed, t)}>
              {t('notInDraft')}
            </span>
          )}
          {edited && <span className="tag">{t('edited')}</span>}
          {probability !== undefined && (
            <span className="probability" title={t('probability')}>
              {Math.round(100 * probability)}%
            </span>
          )}
        </span>
      </button>
      {!readOnly && (
        <span className="finding-acts">
          {decision === 'proposed' && (
            <button
              type="button"
              className="icon"
              title={`${t('accept')} (a)`}
              aria-label={`${t('accept')}: ${name}`}
              onClick={acts.accept}
            >
              <Check />
            </button>
          )}
          {finding.presence !== 'absent' && (
            <button
              type="button"
              className="icon"
              title={`${t('rejectHint')} (r)`}
              aria-label={`${t('reject')}: ${name}`}
              onClick={acts.reject}
            >
              <X />
            </button>
          )}
          <button
            type="button"
            className="icon"
            title={`${t('edit')} (e)`}
            aria-label={`${t('edit')}: ${name}`}
            onClick={acts.edit}
          >
            <Pencil />
          </button>
          <button
            type="button"
            className="icon"
            title={`${t('removeHint')} (x)`}
            aria-label={`${t('remove')}: ${name}`}
            onClick={acts.remove}
          >
            <Trash2 />
          </button>
        </span>
      )}
    </div>
  );
}

function proposedBy({ finding: { source } }: ListedFinding, t: Translate): string {
  return source.kind === 'report' ? t('proposedByReport') : t('proposedByModel', { model: source.name ?? '' });
}
