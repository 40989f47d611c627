import { createPseudonymiser, shiftDate } from '@radiolect/dicom';
import type { ReportText } from '@radiolect/findings';
import type { DateOrder, IdentityKind } from '@radiolect/reports';
import { createDeidentifier } from '@radiolect/reports';
import { cleanReportText } from './clean-report-text.ts';

export interface ReportPseudonymsOptions {
  /** The secret of the project: the one that pseudonyms in DICOM headers are made with, at least 16 bytes. */
  readonly key: Uint8Array;
  /** The patient's pseudonym of a study by the pseudonym of its accession number. */
  readonly patientOfAccession?: (accession: string) => Promise<string | undefined>;
  readonly dateOrder?: DateOrder;
}

export interface PseudonymisedReport {
  readonly report: ReportText;
  /** What was replaced, at its place in the new text. */
  readonly replaced: readonly { readonly kind: IdentityKind; readonly start: number; readonly end: number }[];
  /** What told the patient; `none` where dates moved by an interval of this report alone. */
  readonly patientFrom: 'table' | 'study' | 'text' | 'none';
}

/** Replaces the identities of one report after another. */
export type ReportPseudonyms = (report: ReportText) => Promise<PseudonymisedReport>;

/**
 * Reports with the pseudonyms and shifts of dates that their patients have in DICOM headers under the same key. Whose
 * report it is tells the table, else the study under the same accession number, else the one patient number in the
 * text. Throws RangeError for a key below 16 bytes.
 */
export async function createReportPseudonyms({
  key,
  patientOfAccession,
  dateOrder,
}: ReportPseudonymsOptions): Promise<ReportPseudonyms> {
  const made = await createPseudonymiser(key);
  // The key of a patient is the pseudonym itself.
  const deidentifier = createDeidentifier({
    pseudonyms: {
      patient: (pseudonym) => pseudonym,
      patientNumber: (value) => made.patientId({ id: value }),
      accessionNumber: made.accessionNumber,
      daysBack: made.daysBackOf,
    },
    ...(dateOrder ? { dateOrder } : {}),
  });
  return async ({ id, text: given, accessionNumber, patientId, studyDate, ...rest }) => {
    const text = cleanReportText(given);
    const accession = accessionNumber === undefined ? undefined : await made.accessionNumber(accessionNumber);
    const [patient, patientFrom] = await whose();
    const clean = await deidentifier.deidentify(text, patient, {
      patientNumbers: patientId === undefined ? [] : [patientId],
      accessionNumbers: accessionNumber === undefined ? [] : [accessionNumber, id],
    });
    const moved = studyDate === undefined ? undefined : shiftDate(studyDate, await made.daysBackOf(patient));
    let longer = 0;
    const replaced = clean.replaced.map(({ kind, start, end, replacement }) => {
      const from = start + longer;
      longer += replacement.length - (end - start);
      return { kind, start: from, end: from + replacement.length };
    });
    const report = {
      ...rest,
      id: await made.accessionNumber(id),
      text: clean.text,
      ...(accession === undefined ? {} : { accessionNumber: accession }),
      ...(patientId === undefined ? {} : { patientId: patient }),
      ...(moved === undefined ? {} : { studyDate: moved }),
    };
    return { report, replaced, patientFrom };

    async function whose(): Promise<[pseudonym: string, from: PseudonymisedReport['patientFrom']]> {
      if (patientId !== undefined) return [await made.patientId({ id: patientId }), 'table'];
      const known = accession === undefined ? undefined : await patientOfAccession?.(accession);
      if (known !== undefined) return [known, 'study'];
      const numbers = deidentifier.patientNumbers(text);
      if (numbers.length === 1) return [await made.patientId({ id: numbers[0]! }), 'text'];
      return [await made.patientId({ id: accessionNumber ?? id }), 'none'];
    }
  };
}
