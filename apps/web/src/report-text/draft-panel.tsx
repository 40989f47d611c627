import type { Language, SiteComparison } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import type { StudyDetail } from '@radiolect/server/api';
import { Plus, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import type { StudyActions } from '../api/use-study-action.ts';
import { ModelDraftsLine } from '../drafts/model-drafts-line.tsx';
import type { Mark } from '../marks/site-state.ts';
import { worstMark, worthTelling } from '../marks/site-state.ts';
import { languageNames } from '../words/vocabulary-words.ts';
import { words } from '../words/words.ts';
import { fill, useWords } from '../words/words-context.tsx';
import { CopyButton } from './copy-button.tsx';
import { DraftSentence } from './draft-sentence.tsx';
import { SentenceEditor } from './sentence-editor.tsx';

const sections = ['findings', 'impression'] as const;

/** The draft: what it cites of the study, then Findings and Impression sentence by sentence. */
export function DraftPanel({
  study,
  marks,
  readOnly,
  actions,
  onSideBySide,
}: {
  readonly study: StudyDetail;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly readOnly: boolean;
  readonly actions: StudyActions;
  readonly onSideBySide: () => void;
}): ReactNode {
  const { t, language } = useWords();
  const [adding, setAdding] = useState<(typeof sections)[number]>();
  const siteOf = useMemo(
    () => new Map(study.findings.map(({ finding }) => [finding.id, finding.site])),
    [study.findings],
  );
  const told = useMemo(
    () => new Set(study.comparison.filter(worthTelling).map((entry: SiteComparison) => entry.site)),
    [study.comparison],
  );
  const { draft } = study;
  const redraft = (to: Language): void =>
    actions.mutate({ method: 'POST', path: 'draft', body: { language: to, keepEdits: true } });
  return (
    <section className="report-panel draft" aria-label={t('draft')}>
      <header className="panel-head">
        <h2>{readOnly ? t('signedReport') : t('draft')}</h2>
        {!readOnly && (
          <span className="head-acts">
            <select
              aria-label={t('draftLanguage')}
              value={draft?.language ?? language}
              onChange={(event) => redraft(event.target.value as Language)}
            >
              {languages.map((code) => (
                <option key={code} value={code}>
                  {languageNames[code]}
                </option>
              ))}
            </select>
            {study.draftText !== undefined && <CopyButton text={study.draftText} />}
            <button
              type="button"
              className="icon"
              title={t('redraft')}
              aria-label={t('redraft')}
              onClick={() => redraft(draft?.language ?? language)}
            >
              <RefreshCw />
            </button>
          </span>
        )}
      </header>
      {!readOnly && <ModelDraftsLine onOpen={onSideBySide} />}
      {!draft && <p className="quiet">{t('noDraft')}</p>}
      {draft && (
        <div className="report-body" lang={draft.language}>
          {(['indication', 'technique', 'comparison'] as const).map(
            (line) =>
              draft.header[line] && (
                <p key={line} className="header-line">
                  <b>{fill(words[line], draft.language)}</b> {draft.header[line]}
                </p>
              ),
          )}
          {sections.map((section) => (
            <div key={section} className="report-section">
              <h3>
                {fill(words[section], draft.language)}
                {!readOnly && (
                  <button
                    type="button"
                    className="icon"
                    title={t('addSentence')}
                    aria-label={`${t('addSentence')}: ${t(section)}`}
                    onClick={() => setAdding(section)}
                  >
                    <Plus />
                  </button>
                )}
              </h3>
              {draft.sentences
                .filter((sentence) => sentence.section === section)
                .map((sentence) => {
                  const sites = sentence.states.flatMap((id) => siteOf.get(id) ?? []);
                  const path = `draft/sentences/${encodeURIComponent(sentence.id)}`;
                  return (
                    <DraftSentence
                      key={sentence.id}
                      sentence={sentence}
                      readOnly={readOnly}
                      highlight={{ sentence: sentence.id, findings: new Set(sentence.states), sites: new Set(sites) }}
                      mark={worstMark(sites.filter((site) => told.has(site)).map((site) => marks.get(site)))}
                      checks={study.checks.filter((check) => check.sentences.includes(sentence.id))}
                      acts={{
                        edit: (text) => actions.mutate({ method: 'PUT', path, body: { text } }),
                        remove: () => actions.mutate({ method: 'DELETE', path }),
                        confirm: () => actions.mutate({ method: 'POST', path: `${path}/confirm` }),
                      }}
                    />
                  );
                })}
              {adding === section && (
                <SentenceEditor
                  text=""
                  onCancel={() => setAdding(undefined)}
                  onSave={(text) => {
                    setAdding(undefined);
                    actions.mutate({ method: 'POST', path: 'draft/sentences', body: { section, text } });
                  }}
                />
              )}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
