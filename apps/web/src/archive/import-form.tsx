import type { StartImport } from '@radiolect/server/api';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../words/words-context.tsx';

/** Which files and folders of the serving computer to take in. */
export function ImportForm({
  busy,
  onStart,
}: {
  readonly busy: boolean;
  readonly onStart: (request: StartImport) => void;
}): ReactNode {
  const { t } = useWords();
  const [paths, setPaths] = useState('');
  const [copy, setCopy] = useState(false);
  const [pseudonymise, setPseudonymise] = useState(false);
  const list = paths
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onStart({ paths: list, copy, pseudonymise });
  };
  return (
    <form className="panel" onSubmit={submit}>
      <h2>{t('importStudies')}</h2>
      <label className="field wide">
        <span>{t('paths')}</span>
        <textarea
          className="mono"
          rows={4}
          value={paths}
          placeholder={'/data/bone-scans-2024\n/data/reports.xlsx'}
          onChange={(event) => setPaths(event.target.value)}
        />
      </label>
      <p className="quiet">{t('pathsHint')}</p>
      <label className="toggle">
        <input type="checkbox" checked={pseudonymise} onChange={(event) => setPseudonymise(event.target.checked)} />
        {t('pseudonymise')}
      </label>
      <label className="toggle">
        <input type="checkbox" checked={copy} onChange={(event) => setCopy(event.target.checked)} />
        {t('copyOriginals')}
      </label>
      <div className="form-actions">
        <button type="submit" className="primary" disabled={busy || list.length === 0}>
          {t('importNow')}
        </button>
      </div>
    </form>
  );
}
