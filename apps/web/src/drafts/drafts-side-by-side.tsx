import type { StudyDetail, TakeDraft } from '@radiolect/server/api';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useKeptDrafts, useLanguageModels } from '../api/queries.ts';
import type { StudyActions } from '../api/use-study-action.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import type { SiteStates } from '../marks/site-state.ts';
import { useWords } from '../words/words-context.tsx';
import { columnName, columnSentences, DraftColumnView } from './draft-column-view.tsx';
import { draftColumns } from './draft-columns.ts';
import { ModelDraftsSwitch } from './model-drafts-switch.tsx';
import type { DraftWriting } from './use-draft-writing.ts';
import { useModelDraftsSwitch } from './use-model-drafts-switch.ts';
import { WritersForm } from './writers-form.tsx';

/** Drafts of the same findings by rules and language models beside each other; one of them can become the study's. */
export function DraftsSideBySide({
  study,
  states,
  writing,
  actions,
  onAdd,
  onClose,
}: {
  readonly study: StudyDetail;
  readonly states: SiteStates;
  readonly writing: DraftWriting;
  readonly actions: StudyActions;
  readonly onAdd: (site: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const { data: list } = useLanguageModels();
  const { data } = useKeptDrafts(study.id, study.revision);
  const { on } = useModelDraftsSwitch();
  const [chosen, setChosen] = useState<string>();
  const [against, setAgainst] = useState<string>();
  const [stale, setStale] = useState(false);
  const kept = useMemo(() => data?.drafts ?? [], [data]);
  const columns = useMemo(() => draftColumns(kept, writing.run, writing.before), [kept, writing.run, writing.before]);
  const siteOf = useMemo(
    () => new Map(study.findings.map(({ finding }) => [finding.id, finding.site])),
    [study.findings],
  );
  const models = on ? (list?.models ?? []) : [];
  const cardOf = new Map((list?.models ?? []).map((card) => [card.name, card]));
  const at = Math.max(
    0,
    columns.findIndex(({ key }) => key === chosen),
  );
  const current = columns[at];
  const reference = columns.find(({ key }) => key === (against ?? columns[0]?.key));
  const several = (writer: string): boolean => columns.filter((column) => column.writer === writer).length > 1;
  const nameOf = (column: (typeof columns)[number]): string => columnName(column, several(column.writer), t);

  const take = (wanted: TakeDraft): void =>
    actions.mutate(
      { method: 'POST', path: 'drafts/take', body: wanted },
      { onSuccess: onClose, onError: () => setStale(true) },
    );
  const step = (by: 1 | -1) => (): void => setChosen(columns[at + by]?.key ?? current?.key);
  useKeys([
    ['Escape', onClose],
    ['c', onClose],
    ['ArrowRight', step(1)],
    ['ArrowLeft', step(-1)],
    ...columns.slice(0, 9).map(({ key }, index) => [`${index + 1}`, () => setChosen(key)] as const),
    ['t', () => current?.kept && !current.kept.stale && take(current)],
    ['w', () => document.querySelector<HTMLButtonElement>('.writers-form button[type=submit]')?.click()],
  ]);
  return (
    <section className="drafts-side-by-side" aria-label={t('draftsSideBySide')}>
      <header className="drafts-bar">
        <h2>{t('draftsSideBySide')}</h2>
        <ModelDraftsSwitch />
        <span className="spring" />
        {columns.length > 1 && (
          <label className="toggle">
            {t('differencesFrom')}
            <select value={reference?.key ?? ''} onChange={(event) => setAgainst(event.target.value)}>
              {columns.map((column) => (
                <option key={column.key} value={column.key}>
                  {nameOf(column)}
                </option>
              ))}
              <option value="">{t('differencesNone')}</option>
            </select>
          </label>
        )}
        <button type="button" className="small" onClick={onClose}>
          <X /> {t('backToStudy')} <kbd>Esc</kbd>
        </button>
      </header>
      {list && (
        <WritersForm
          key={models.map(({ name }) => name).join()}
          models={models}
          running={writing.running}
          written={columns.length > 0}
          onWrite={(wanted) => {
            setStale(false);
            writing.write(wanted, kept);
          }}
          onCancel={writing.cancel}
        />
      )}
      {writing.problem && (
        <p role="alert" className="problem">
          {writing.problem}
        </p>
      )}
      {stale && current?.kept?.stale && (
        <p role="alert" className="problem">
          {t('takeRefused')}
        </p>
      )}
      {columns.length === 0 && <p className="quiet centred">{t('noDraftsYet')}</p>}
      <div className="draft-columns">
        {columns.map((column, index) => (
          <DraftColumnView
            key={column.key}
            column={column}
            name={nameOf(column)}
            place={index + 1}
            current={index === at}
            language={study.draft?.language ?? language}
            siteOf={siteOf}
            states={states}
            card={cardOf.get(column.writer)}
            reference={reference && reference.key !== column.key ? columnSentences(reference) : undefined}
            onChoose={() => setChosen(column.key)}
            onTake={column.kept ? () => take(column) : undefined}
            onAdd={onAdd}
          />
        ))}
      </div>
    </section>
  );
}
