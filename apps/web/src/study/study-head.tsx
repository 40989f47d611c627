import type { StudyDetail } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { ageAt, shortDate } from '../words/dates.ts';
import { personName } from '../words/person-name.ts';
import { StatusTag } from '../words/status-tag.tsx';
import { useWords } from '../words/words-context.tsx';

/** Who and what: patient, accession number, date, tracer, status. */
export function StudyHead({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t } = useWords();
  const age = ageAt(study.patientBirthDate, study.studyDate);
  return (
    <div className="study-head">
      <h1>{personName(study.patientName) ?? study.patientId ?? t('patientUnnamed')}</h1>
      <span>{[study.patientSex, age !== undefined && t('years', { n: age })].filter(Boolean).join(', ')}</span>
      <span className="mono">{study.accessionNumber}</span>
      <span>{shortDate(study.studyDate)}</span>
      <span className="quiet">{study.radiopharmaceutical ?? study.description}</span>
      <StatusTag status={study.status} />
      {study.synthetic && <span className="tag synthetic">{t('synthetic')}</span>}
    </div>
  );
}
