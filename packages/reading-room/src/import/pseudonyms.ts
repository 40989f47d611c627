import { createHmac } from 'node:crypto';
import type { Study } from '@radiolect/dicom';
import { createPseudonymiser } from '@radiolect/dicom';
import type { ReportText } from '@radiolect/findings';
import { count, eq } from 'drizzle-orm';
import { RefusedError } from '../errors.ts';
import type { Store } from '../store/open-store.ts';
import { report, study } from '../store/schema.ts';
import { identityKey, readSetting, writeSetting } from '../store/settings.ts';
import { createReportPseudonyms } from './report-pseudonyms.ts';

/** How identities enter the store: as they are, or as keyed hashes that only this project can make again. */
export interface Identities {
  readonly replaced: boolean;
  ofStudy(study: Study): Promise<Study>;
  /** With pseudonyms, the text loses its names, numbers, dates and places too. */
  ofReport(report: ReportText): Promise<ReportText>;
  /** A file's path as it may be kept in the store's list of refusals. */
  ofPath(path: string): string;
}

/**
 * Pseudonyms are a matter of the whole project: once made, every later import makes them. Throws RefusedError where
 * the project already holds identities as they are.
 */
export async function identitiesOf(store: Store, pseudonymise: boolean): Promise<Identities> {
  const replaced = (await readSetting(store.db, 'pseudonymised')) ?? false;
  if (!replaced && !pseudonymise)
    return { replaced: false, ofStudy: async (it) => it, ofReport: async (it) => it, ofPath: (it) => it };
  if (!replaced) {
    const [studies] = await store.db.select({ n: count() }).from(study);
    const [reports] = await store.db.select({ n: count() }).from(report);
    if ((studies?.n ?? 0) + (reports?.n ?? 0) > 0)
      throw new RefusedError(
        'the data folder already holds studies with their identities',
        'import with --pseudonymise into an empty data folder (--data)',
      );
    await writeSetting(store.db, 'pseudonymised', true);
  }
  return await pseudonyms(await identityKey(store), (accession) => patientOf(store, accession));
}

/** The patient's pseudonym of the study that carries an accession number's pseudonym. */
export async function patientOf(store: Store, accession: string): Promise<string | undefined> {
  const rows = await store.db
    .select({ patient: study.patientId })
    .from(study)
    .where(eq(study.accessionNumber, accession));
  return rows.length === 1 ? (rows[0]?.patient ?? undefined) : undefined;
}

async function pseudonyms(
  key: string,
  patientOfAccession: (accession: string) => Promise<string | undefined>,
): Promise<Identities> {
  const made = await createPseudonymiser(Buffer.from(key, 'hex'));
  const hashed = (kind: string, value: string): string =>
    createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex').slice(0, 12);
  const ofReport = await createReportPseudonyms({ key: Buffer.from(key, 'hex'), patientOfAccession });
  return {
    replaced: true,
    ofStudy: async ({ patient, accessionNumber, fileStem, date, uid, ...rest }) => {
      const { id, name, sex } = patient;
      const moved = date === undefined ? undefined : await made.date(date, patient);
      return {
        ...rest,
        uid: await made.uid(uid),
        patient: {
          ...((id ?? name) === undefined ? {} : { id: await made.patientId(patient) }),
          ...(sex === undefined ? {} : { sex }),
        },
        ...(accessionNumber === undefined ? {} : { accessionNumber: await made.accessionNumber(accessionNumber) }),
        ...(fileStem === undefined ? {} : { fileStem: await made.accessionNumber(fileStem) }),
        ...(moved === undefined ? {} : { date: moved }),
      };
    },
    ofReport: async (given) => (await ofReport(given)).report,
    ofPath: (path) => `${hashed('path', path)}${/\.[a-z0-9]{1,5}$/i.exec(path)?.[0] ?? ''}`,
  };
}
