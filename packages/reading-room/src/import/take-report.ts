import { createHash } from 'node:crypto';
import type { ReportText } from '@radiolect/findings';
import { eq } from 'drizzle-orm';
import type { Room } from '../room.ts';
import { report } from '../store/schema.ts';
import { cleanReportText } from './clean-report-text.ts';

/**
 * Puts one report into the store. `known` where the same text under the same numbers is there already, `addendum` where
 * another text under the same accession number is. Resolves once it is on disk.
 */
export async function takeReport({ store }: Room, given: ReportText): Promise<'added' | 'addendum' | 'known'> {
  const text = cleanReportText(given.text);
  const { accessionNumber, patientId, studyDate } = given;
  const identity = [accessionNumber ?? given.id, patientId ?? '', studyDate ?? '', text.replace(/\s+/g, ' ').trim()];
  const fingerprint = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  const added = await store.db
    .insert(report)
    .values({
      fingerprint,
      sourceId: given.id,
      accessionNumber: accessionNumber ?? null,
      patientId: patientId ?? null,
      studyDate: studyDate ?? null,
      text,
    })
    .onConflictDoNothing({ target: report.fingerprint })
    .returning({ id: report.id });
  if (added.length === 0) return 'known';
  if (accessionNumber === undefined) return 'added';
  const sameNumber = await store.db
    .select({ id: report.id })
    .from(report)
    .where(eq(report.accessionNumber, accessionNumber))
    .limit(2);
  return sameNumber.length > 1 ? 'addendum' : 'added';
}
