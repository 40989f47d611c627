import type { CheckContext } from '@radiolect/reports';

/** What a person knows of a report beside its text, as typed; empty where it is not known. */
export interface KnownBeside {
  readonly age: string;
  readonly sex: '' | 'male' | 'female';
  readonly part: string;
  readonly side: '' | 'right' | 'left' | 'both';
  readonly prior: '' | 'none' | 'yes';
}

export const nothingKnown: KnownBeside = { age: '', sex: '', part: '', side: '', prior: '' };

/** The context of the checks; a check that needs a part that is not known stays silent. */
export function checkContextOf({ age, sex, part, side, prior }: KnownBeside): CheckContext {
  const years = age.trim() === '' ? Number.NaN : Number(age);
  return {
    ...(Number.isFinite(years) || sex
      ? { patient: { ...(Number.isFinite(years) ? { age: years } : {}), ...(sex ? { sex } : {}) } }
      : {}),
    ...(part.trim() || side
      ? { order: { ...(part.trim() ? { bodyPart: part.trim() } : {}), ...(side ? { side } : {}) } }
      : {}),
    ...(prior === 'none' ? { prior: null } : prior === 'yes' ? { prior: {} } : {}),
  };
}
