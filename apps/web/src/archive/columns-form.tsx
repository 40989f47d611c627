import type { ImportSummary, ReportColumns } from '@radiolect/server/api';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';

const columnNames = {
  text: 'columnText',
  accession: 'accession',
  patient: 'patientId',
  date: 'date',
  id: 'columnId',
} as const satisfies Record<keyof ReportColumns, WordKey>;

/** Asks once which column of a table holds what; tables with the same headings are then known. */
export function ColumnsForm({
  needed,
  onSend,
}: {
  readonly needed: ImportSummary['columnsNeeded'];
  readonly onSend: (columns: ReportColumns) => void;
}): ReactNode {
  const { t } = useWords();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const headings = [...new Set(needed.flatMap((table) => table.headings))];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { text, ...rest } = Object.fromEntries(Object.entries(chosen).filter(([, heading]) => heading));
    if (text) onSend({ text, ...rest });
  };
  return (
    <form className="panel" onSubmit={submit}>
      <h2>{t('columnsTitle')}</h2>
      <p className="quiet">{needed.map((table) => table.file).join(', ')}</p>
      {(Object.keys(columnNames) as (keyof ReportColumns)[]).map((column) => (
        <label key={column} className="field">
          <span>{t(columnNames[column])}</span>
          <select
            value={chosen[column] ?? ''}
            required={column === 'text'}
            onChange={(event) => setChosen({ ...chosen, [column]: event.target.value })}
          >
            <option value="">–</option>
            {headings.map((heading) => (
              <option key={heading} value={heading}>
                {heading}
              </option>
            ))}
          </select>
        </label>
      ))}
      <div className="form-actions">
        <button type="submit" className="primary" disabled={!chosen.text}>
          {t('importNow')}
        </button>
      </div>
    </form>
  );
}
