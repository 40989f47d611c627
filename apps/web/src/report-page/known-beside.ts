import type { Finding } from '@radiolect/findings';
import type { CheckContext } from '@radiolect/reports';
import type { StudyDetail } from '@radiolect/server/api';
import { ageAt } from '../words/dates.ts';

/** What a person knows of a report beside its text, as typed; empty where it is not known. */
export interface KnownBeside {
  readonly age: string;
  readonly sex: '' | 'male' | 'female';
  readonly part: string;
  readonly side: '' | 'right' | 'left' | 'both';
  readonly prior: '' | 'none' | 'yes';
  /** DICOM dates of this study and of the latest one before it, where the report is a study's. */
  readonly studyDate?: string;
  readonly priorDate?: string;
  /** What is known of that one: signed, or stated by its own report. */
  readonly priorFindings?: readonly Finding[];
}

export const nothingKnown: KnownBeside = { age: '', sex: '', part: '', side: '', prior: '' };

/** The context of the checks; a check that needs a part that is not known stays silent. */
export function checkContextOf({
  age,
  sex,
  part,
  side,
  prior,
  studyDate,
  priorDate,
  priorFindings,
}: KnownBeside): CheckContext {
  const years = age.trim() === '' ? Number.NaN : Number(age);
  return {
    ...(Number.isFinite(years) || sex
      ? { patient: { ...(Number.isFinite(years) ? { age: years } : {}), ...(sex ? { sex } : {}) } }
      : {}),
    ...(part.trim() || side
      ? { order: { ...(part.trim() ? { bodyPart: part.trim() } : {}), ...(side ? { side } : {}) } }
      : {}),
    ...(prior === 'none' ? { prior: null } : {}),
    ...(prior === 'yes'
      ? { prior: { ...(priorDate ? { date: priorDate } : {}), ...(priorFindings ? { findings: priorFindings } : {}) } }
      : {}),
    ...(studyDate ? { studyDate } : {}),
  };
}

const sexes: Readonly<Record<string, KnownBeside['sex']>> = { M: 'male', F: 'female' };

/** What the reading room knows of a study. It has imported what it has: no earlier study there proves none. */
export function knownOfStudy({
  patientBirthDate,
  patientSex,
  studyDate,
  priors,
}: Pick<StudyDetail, 'patientBirthDate' | 'patientSex' | 'studyDate' | 'priors'>): KnownBeside {
  const age = ageAt(patientBirthDate, studyDate);
  const latest = priors[0];
  return {
    ...nothingKnown,
    age: age === undefined ? '' : `${age}`,
    sex: sexes[patientSex ?? ''] ?? '',
    prior: priors.length > 0 ? 'yes' : '',
    ...(studyDate ? { studyDate } : {}),
    ...(latest?.studyDate ? { priorDate: latest.studyDate } : {}),
    ...(latest && latest.findingsFrom !== 'none' ? { priorFindings: latest.findings } : {}),
  };
}
