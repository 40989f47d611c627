import type { IdentitySpan, KnownIdentity } from './find-identities.ts';
import { findIdentities } from './find-identities.ts';
import type { IdentityKind, IdentityRules } from './rules.ts';
import { placeholders, shippedRules } from './shipped-rules.ts';
import type { DateOrder } from './written-date.ts';
import { shiftWrittenDate } from './written-date.ts';

/**
 * How a project names its patients. The same functions that write DICOM headers are passed in, so that a patient has one
 * pseudonym and one shift of dates in pictures and reports.
 */
export interface TextPseudonyms {
  /** The pseudonym of the patient whom a key names. */
  patient(patientKey: string): string | Promise<string>;
  /** The pseudonym that a patient number found in the text becomes. */
  patientNumber(value: string): string | Promise<string>;
  accessionNumber(value: string): string | Promise<string>;
  /** Whole days by which dates of the patient move back. */
  daysBack(patientKey: string): number | Promise<number>;
}

export interface DeidentifierOptions {
  readonly pseudonyms: TextPseudonyms;
  /** How "05/03/2024" is meant where no other date of the text tells; month first unless told. */
  readonly dateOrder?: DateOrder;
  /** Other patterns than those that come with the package. */
  readonly rules?: IdentityRules;
}

/** What was replaced: its place in the text as given, and what stands there now. The words themselves are not kept. */
export interface ReplacedSpan {
  readonly kind: IdentityKind;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export interface DeidentifiedText {
  readonly text: string;
  readonly replaced: readonly ReplacedSpan[];
}

export interface Deidentifier {
  /** `patientKey` names the patient to the pseudonyms: the patient number where there is one. */
  deidentify(text: string, patientKey: string, known?: KnownIdentity): Promise<DeidentifiedText>;
  /** The patient numbers that the text states, each once. */
  patientNumbers(text: string): string[];
}

/** Ages from here on single a person out (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)). */
const oldestToldAge = 89;
/** For a day and month without any year in the text; not a leap year. */
const yearWhereNone = 2023;

/**
 * Takes identities out of report texts in English and Chinese: names, numbers, dates, ages over 89, phones, addresses,
 * hospitals, mails, links. Rules with cues and structure, no list of names: a name that nothing marks as one stays.
 */
export function createDeidentifier({
  pseudonyms,
  dateOrder,
  rules = shippedRules(),
}: DeidentifierOptions): Deidentifier {
  return {
    patientNumbers(text) {
      const spans = findIdentities(text, rules).filter(({ kind }) => kind === 'patient-number');
      return [...new Set(spans.map(({ start, end }) => text.slice(start, end)))];
    },
    async deidentify(text, patientKey, known = {}) {
      const spans = findIdentities(text, rules, { ...(dateOrder ? { dateOrder } : {}), known });
      const days = await pseudonyms.daysBack(patientKey);
      const years = spans.flatMap(({ date }) => (date && date.year > 0 ? [date.year] : []));
      const year = years.length > 0 ? Math.max(...years) : yearWhereNone;
      const patient = await pseudonyms.patient(patientKey);
      const replaced: ReplacedSpan[] = [];
      let out = '';
      let at = 0;
      for (const span of spans) {
        const { kind, start, end } = span;
        const replacement = await replacementOf(span, text, { days, year, patient, pseudonyms });
        out += text.slice(at, start) + replacement;
        at = end;
        replaced.push({ kind, start, end, replacement });
      }
      return { text: out + text.slice(at), replaced };
    },
  };
}

interface Surroundings {
  readonly days: number;
  readonly year: number;
  readonly patient: string;
  readonly pseudonyms: TextPseudonyms;
}

async function replacementOf(
  { kind, role, date, start, end }: IdentitySpan,
  text: string,
  { days, year, patient, pseudonyms }: Surroundings,
): Promise<string> {
  const value = text.slice(start, end);
  switch (kind) {
    case 'name':
      return role === 'patient' ? patient : (placeholders[role === 'clinician' ? 'clinician' : 'name'] ?? '');
    case 'patient-number':
      return await pseudonyms.patientNumber(value);
    case 'accession':
      return await pseudonyms.accessionNumber(value);
    case 'date':
      // A birth date would tell the age that is not to be told.
      if (!date || (date.year > 0 && year - date.year > oldestToldAge)) break;
      return shiftWrittenDate(date, days, year) ?? placeholders.date ?? '';
    case 'age':
      return /\d/.test(value) ? (placeholders.age ?? '') : '九十以上';
    default:
  }
  return placeholders[kind] ?? '';
}
