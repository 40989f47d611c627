import { createHmac } from 'node:crypto';
import type { Study } from '@radiolect/dicom';
import type { ReportText } from '@radiolect/findings';
import { count } from 'drizzle-orm';
import { RefusedError } from '../errors.ts';
import type { Store } from '../store/open-store.ts';
import { report, study } from '../store/schema.ts';
import { identityKey, readSetting, writeSetting } from '../store/settings.ts';

/** How identities enter the store: as they are, or as keyed hashes that only this project can make again. */
export interface Identities {
  readonly replaced: boolean;
  ofStudy(study: Study): Study;
  ofReport(report: ReportText): ReportText;
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
    return { replaced: false, ofStudy: (it) => it, ofReport: (it) => it, ofPath: (it) => it };
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
  return pseudonyms(await identityKey(store));
}

function pseudonyms(key: string): Identities {
  const hash = (kind: string, value: string): string =>
    createHmac('sha256', key).update(`${kind}\n${value.trim().toUpperCase()}`).digest('hex');
  const patient = (id: string): string => `P-${hash('patient', id).slice(0, 12)}`;
  const accession = (number: string): string => `A-${hash('accession', number).slice(0, 12)}`;
  return {
    replaced: true,
    ofStudy: ({ patient: { id, sex }, accessionNumber, fileStem, ...rest }) => ({
      ...rest,
      // An identifier by hash, in the form that DICOM has for numbers that are not from a registered root.
      uid: `2.25.${BigInt(`0x${hash('study', rest.uid).slice(0, 31)}`)}`,
      patient: { ...(id === undefined ? {} : { id: patient(id) }), ...(sex === undefined ? {} : { sex }) },
      ...(accessionNumber === undefined ? {} : { accessionNumber: accession(accessionNumber) }),
      ...(fileStem === undefined ? {} : { fileStem: accession(fileStem) }),
    }),
    ofReport: ({ id, text, accessionNumber, patientId, ...rest }) => ({
      ...rest,
      id: accession(id),
      text: withoutIdentifiers(text, [accessionNumber, patientId, accessionNumber === undefined ? undefined : id]),
      ...(accessionNumber === undefined ? {} : { accessionNumber: accession(accessionNumber) }),
      ...(patientId === undefined ? {} : { patientId: patient(patientId) }),
    }),
    ofPath: (path) => `${hash('path', path).slice(0, 12)}${/\.[a-z0-9]{1,5}$/i.exec(path)?.[0] ?? ''}`,
  };
}

/** The text with each known identifier of five characters or more blotted out. Names in running text stay: see the docs. */
function withoutIdentifiers(text: string, identifiers: readonly (string | undefined)[]): string {
  return identifiers
    .filter((identifier): identifier is string => identifier !== undefined && identifier.length >= 5)
    .reduce((clean, identifier) => clean.replaceAll(identifier, '█'.repeat(identifier.length)), text);
}
