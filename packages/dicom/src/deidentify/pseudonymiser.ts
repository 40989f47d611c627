import type { Patient, Study } from '../study.ts';
import { hidingHeader } from './hiding-header.ts';
import { type KeyedHash, keyedHash } from './keyed-hash.ts';
import { pseudonymiseFile } from './pseudonymise-file.ts';
import { shiftDate } from './shift-date.ts';

/** Who a file or a report is about, as far as it says. */
export type PatientIdentity = Pick<Patient, 'id' | 'name' | 'birthDate'>;

/**
 * Replaces identities by keyed hashes: the same key gives the same pseudonym in every file and report of a project, so
 * they still match. Dates move back by 1 to 10 years, the same for all of a patient, so intervals stay.
 */
export interface Pseudonymiser {
  /** "P" and 15 hexadecimal digits, from the ID, else from name and birth date. */
  patientId(patient: PatientIdentity): Promise<string>;
  /** "A" and 15 hexadecimal digits. */
  accessionNumber(value: string): Promise<string>;
  uid(value: string): Promise<string>;
  /** Whole days by which dates of a patient move back. */
  daysBack(patient: PatientIdentity): Promise<number>;
  /** The same from the patient's pseudonym, for what comes later and names nothing else of the patient. */
  daysBackOf(pseudonym: string): Promise<number>;
  /** A date of a patient, moved. Undefined when it is no whole date. */
  date(value: string, patient: PatientIdentity): Promise<string | undefined>;
  /** The study with pseudonyms; its frames decode as before, its headers hide what the profile takes out. */
  study(study: Study): Promise<Study>;
  /**
   * A new DICOM file under the Basic Application Level Confidentiality Profile with modified dates (PS3.15 annex E).
   * Pixels are not touched: text burned into them stays. Throws DicomReadError when the file cannot be read.
   */
  file(name: string, bytes: Uint8Array): Promise<Uint8Array>;
}

const shortestShift = 365;
const longestShift = 3650;

/** Makes the pseudonymiser of a project. Keep the key apart from the data. Throws RangeError for a key below 16 bytes. */
export async function createPseudonymiser(key: Uint8Array): Promise<Pseudonymiser> {
  const hash = await keyedHash(key);
  const patientId = async (patient: PatientIdentity): Promise<string> =>
    `P${await hash.text('patient', identityText(patient), 15)}`;
  // From the pseudonym, so that a report that comes years later moves with its patient's pictures.
  const daysBackOf = async (pseudonym: string): Promise<number> =>
    shortestShift + (await hash.number('shift', pseudonym, longestShift - shortestShift));
  const daysBack = async (patient: PatientIdentity): Promise<number> => daysBackOf(await patientId(patient));
  const accessionNumber = async (value: string): Promise<string> =>
    `A${await hash.text('accession', value.trim(), 15)}`;
  return {
    patientId,
    accessionNumber,
    daysBack,
    daysBackOf,
    uid: hash.uid,
    date: async (value, patient) => shiftDate(value, await daysBack(patient)),
    study: async (study) => pseudonymisedStudy(study, hash, { patientId, accessionNumber, daysBack }),
    file: async (name, bytes) => pseudonymiseFile(name, bytes, { hash, patientId, accessionNumber, daysBack }),
  };
}

// The ID alone where there is one: names are spelled in many ways, and the ID is what reports carry too.
const identityText = ({ id, name, birthDate }: PatientIdentity): string =>
  id?.trim() ? `id ${id.trim().toUpperCase()}` : `name ${(name ?? '').trim().toUpperCase()} ${birthDate ?? ''}`;

export interface PatientPseudonyms {
  patientId(patient: PatientIdentity): Promise<string>;
  accessionNumber(value: string): Promise<string>;
  daysBack(patient: PatientIdentity): Promise<number>;
}

async function pseudonymisedStudy(study: Study, hash: KeyedHash, pseudonyms: PatientPseudonyms): Promise<Study> {
  const { patient } = study;
  const days = await pseudonyms.daysBack(patient);
  const date = study.date && shiftDate(study.date, days);
  const birthDate = patient.birthDate && shiftDate(patient.birthDate, days);
  const identified = patient.id ?? patient.name;
  return {
    uid: await hash.uid(study.uid),
    patient: {
      ...(identified ? { id: await pseudonyms.patientId(patient) } : {}),
      ...(birthDate ? { birthDate } : {}),
    },
    ...(study.accessionNumber ? { accessionNumber: await pseudonyms.accessionNumber(study.accessionNumber) } : {}),
    ...(study.fileStem ? { fileStem: await pseudonyms.accessionNumber(study.fileStem) } : {}),
    ...(date ? { date } : {}),
    ...(study.time ? { time: study.time } : {}),
    series: await Promise.all(
      study.series.map(async (series) => ({
        uid: await hash.uid(series.uid),
        modality: series.modality,
        ...(series.number === undefined ? {} : { number: series.number }),
        instances: await Promise.all(
          series.instances.map(async (instance) => ({
            ...instance,
            uid: await hash.uid(instance.uid),
            header: hidingHeader(instance.header),
          })),
        ),
      })),
    ),
  };
}
