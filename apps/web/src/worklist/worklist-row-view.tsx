import type { WorklistRow } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { addressOf, go } from '../navigation/route.ts';
import { shortDate } from '../words/dates.ts';
import { personName } from '../words/person-name.ts';
import { StatusTag } from '../words/status-tag.tsx';
import { useWords } from '../words/words-context.tsx';

/** One study of the worklist; the whole row opens it, the accession number is its link. */
export function WorklistRowView({
  row,
  current,
  onPoint,
}: {
  readonly row: WorklistRow;
  readonly current: boolean;
  readonly onPoint: () => void;
}): ReactNode {
  const { t } = useWords();
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (current) element.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const address = { page: 'study', id: row.id } as const;
  return (
    <tr
      ref={element}
      className={current ? 'current' : ''}
      aria-selected={current}
      data-study={row.id}
      onMouseDown={onPoint}
      onClick={() => go(address)}
    >
      <td className="mono">{shortDate(row.studyDate)}</td>
      <td className="mono">
        <a href={addressOf(address)} onFocus={onPoint} onClick={(event) => event.stopPropagation()}>
          {row.accessionNumber ?? t('noAccession')}
        </a>
      </td>
      <td>
        {personName(row.patientName) ?? row.patientId ?? '–'}
        {row.synthetic && <span className="tag synthetic">{t('synthetic')}</span>}
      </td>
      <td className="quiet">{row.description ?? '–'}</td>
      <td>
        <StatusTag status={row.status} />
        {row.signedBy && <span className="quiet"> {row.signedBy}</span>}
      </td>
      <td className="number">{row.priorCount || ''}</td>
      <td>{row.hasReport ? t('onFile') : <span className="quiet">–</span>}</td>
      <td className="number">{row.presentCount || ''}</td>
      <td>
        {row.disagreements > 0 && (
          <span className="tag disagree" title={t('contradictAt', { n: row.disagreements })}>
            <span aria-hidden="true">≠ </span>
            {row.disagreements}
          </span>
        )}
      </td>
    </tr>
  );
}
