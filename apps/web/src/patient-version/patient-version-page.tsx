import type { Language } from '@radiolect/findings';
import { languages } from '@radiolect/findings';
import type { PackAnswer, StudyDetail } from '@radiolect/server/api';
import { ArrowLeft, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { usePatientVersion, useStudy } from '../api/queries.ts';
import { HighlightProvider } from '../marks/highlight.tsx';
import { addressOf } from '../navigation/route.ts';
import { languageNames } from '../words/vocabulary-words.ts';
import { useWords, WordsIn } from '../words/words-context.tsx';
import { PatientSheet } from './patient-sheet.tsx';

/** What a patient gets of a signed report: plain words in a chosen language, ready to print. */
export function PatientVersionPage({ id, pack }: { readonly id: string; readonly pack: PackAnswer }): ReactNode {
  const { t } = useWords();
  const { data: study, error } = useStudy(id);
  const problem = error && !study ? error.message : undefined;
  return (
    <main className="patient-version">
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {!study && !problem && <p className="quiet centred">{t('loading')}</p>}
      {study && study.versions.length === 0 && <p className="quiet centred">{t('patientNothingSigned')}</p>}
      {study && study.versions.length > 0 && <Told study={study} pack={pack} />}
    </main>
  );
}

function Told({ study, pack }: { readonly study: StudyDetail; readonly pack: PackAnswer }): ReactNode {
  const { t, language: own } = useWords();
  const [chosen, setChosen] = useState<Language>();
  const [traces, setTraces] = useState(false);
  const language = chosen ?? own;
  const [latest] = study.versions;
  const { data: told, error } = usePatientVersion(study.id, language, latest?.version);
  return (
    <>
      <div className="page-acts">
        <a className="button" href={addressOf({ page: 'study', id: study.id })}>
          <ArrowLeft /> {t('patientVersionBack')}
        </a>
        <span className="spring" />
        <label className="toggle">
          <input type="checkbox" checked={traces} onChange={(event) => setTraces(event.target.checked)} />
          {t('showTraces')}
        </label>
        <select
          aria-label={t('patientVersionLanguage')}
          value={language}
          onChange={(event) => setChosen(event.target.value as Language)}
        >
          {languages.map((code) => (
            <option key={code} value={code}>
              {languageNames[code]}
            </option>
          ))}
        </select>
        <button type="button" className="primary" disabled={!told} onClick={() => print()}>
          <Printer /> {t('print')}
        </button>
      </div>
      {error && (
        <p role="alert" className="problem">
          {error.message}
        </p>
      )}
      {told && latest && (
        <WordsIn language={told.language} sites={pack.sites}>
          <HighlightProvider>
            <PatientSheet told={told} signed={latest} study={study} atlas={pack.atlas} traces={traces} />
          </HighlightProvider>
        </WordsIn>
      )}
    </>
  );
}
