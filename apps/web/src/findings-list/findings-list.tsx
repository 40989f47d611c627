import type { ListedFinding } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { StudyActions } from '../api/use-study-action.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useHighlight } from '../marks/highlight.tsx';
import type { Mark } from '../marks/site-state.ts';
import { useWords } from '../words/words-context.tsx';
import { editOf } from './edited-finding.ts';
import { FindingEditor } from './finding-editor.tsx';
import type { FindingActs } from './finding-row.tsx';
import { FindingRow } from './finding-row.tsx';
import { orderedFindings } from './ordered-findings.ts';

/** All findings of the study, abnormal ones first; denied sites are folded away. j and k walk, a r e x act. */
export function FindingsList({
  findings,
  sites,
  marks,
  readOnly,
  actions,
}: {
  readonly findings: readonly ListedFinding[];
  /** Site ids in the pack's order. */
  readonly sites: readonly string[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly readOnly: boolean;
  readonly actions: StudyActions;
}): ReactNode {
  const { t } = useWords();
  const { highlight, select, selected } = useHighlight();
  const [editing, setEditing] = useState<string>();
  const [showAbsent, setShowAbsent] = useState(false);
  const { abnormal, absent } = orderedFindings(findings, sites);
  const shown = showAbsent ? [...abnormal, ...absent] : abnormal;
  const currentAt = shown.findIndex(({ finding }) => selected.findings.has(finding.id));
  const current = shown[currentAt];

  const point = (listed: ListedFinding | undefined): void => {
    if (listed) select({ sites: new Set([listed.finding.site]), findings: new Set([listed.finding.id]) });
  };
  const act = (listed: ListedFinding): FindingActs => {
    const path = `findings/${encodeURIComponent(listed.finding.id)}`;
    return {
      accept: () => actions.mutate({ method: 'POST', path: `${path}/accept` }),
      reject: () => actions.mutate({ method: 'POST', path: `${path}/reject` }),
      remove: () => actions.mutate({ method: 'DELETE', path }),
      edit: () => setEditing(listed.finding.id),
    };
  };
  const onCurrent = (name: keyof FindingActs) => (): void => {
    if (current && !readOnly) act(current)[name]();
  };
  const proposed = findings.filter((listed) => listed.decision === 'proposed');
  const acceptAll = (): void => {
    if (proposed.length > 0 && !readOnly) actions.mutate({ method: 'POST', path: 'findings/accept-all' });
  };
  useKeys([
    ['j', () => point(shown[Math.min(shown.length - 1, currentAt + 1)])],
    ['k', () => point(shown[Math.max(0, currentAt - 1)])],
    ['a', onCurrent('accept')],
    ['r', onCurrent('reject')],
    ['x', onCurrent('remove')],
    ['Delete', onCurrent('remove')],
    ['e', onCurrent('edit')],
    ['A', acceptAll],
    [
      'Escape',
      () => {
        select(undefined);
        // What is open beside the list closes too.
        return false;
      },
    ],
  ]);

  const rows = (list: readonly ListedFinding[]): ReactNode =>
    list.map((listed) => (
      <li key={listed.finding.id} className="finding-slot">
        <FindingRow
          listed={listed}
          mark={marks.get(listed.finding.site)}
          current={current === listed}
          readOnly={readOnly}
          acts={act(listed)}
          onPoint={() => point(listed)}
        />
        {editing === listed.finding.id && !readOnly && (
          <FindingEditor
            finding={listed.finding}
            sites={sites}
            onCancel={() => setEditing(undefined)}
            onSave={(form) => {
              setEditing(undefined);
              const path = `findings/${encodeURIComponent(listed.finding.id)}`;
              actions.mutate({ method: 'PATCH', path, body: editOf(listed.finding, form) });
            }}
          />
        )}
      </li>
    ));
  const litAbsent = absent.filter(({ finding }) => highlight.sites.has(finding.site)).length;
  return (
    <section className="findings-list" aria-label={t('findings')}>
      <header className="panel-head">
        <h2>
          {t('findings')} <span className="count">{abnormal.length}</span>
        </h2>
        {proposed.length > 0 && !readOnly && (
          <button type="button" className="small" onClick={acceptAll} title="Shift A">
            {t('acceptAllCount', { n: proposed.length })}
          </button>
        )}
      </header>
      {findings.length === 0 && <p className="quiet">{t('noFindings')}</p>}
      <ul className="plain">{rows(abnormal)}</ul>
      {absent.length > 0 && (
        <>
          <button
            type="button"
            className={litAbsent > 0 ? 'fold lit' : 'fold'}
            aria-expanded={showAbsent}
            onClick={() => setShowAbsent(!showAbsent)}
          >
            {showAbsent ? '▾' : '▸'} {t('absentCount', { n: absent.length })}
          </button>
          {showAbsent && <ul className="plain">{rows(absent)}</ul>}
        </>
      )}
    </section>
  );
}
