import type { StatementsLine } from '@radiolect/learning/node';
import { inArray, sql } from 'drizzle-orm';
import { createReportPseudonyms } from '../import/report-pseudonyms.ts';
import type { Room } from '../room.ts';
import type { ReportOnFile } from '../store/records.ts';
import { study } from '../store/schema.ts';
import { identityKey } from '../store/settings.ts';
import type { ArchiveExample } from './archive-examples.ts';
import { statementsOfReport } from './report-statements.ts';

const studiesAtATime = 200;

/**
 * What the reports on file of these studies state, sentence by sentence. Identities are replaced as at import, whether
 * or not the project keeps them: a dataset folder leaves the house more easily than a database. A study without a report
 * on file gives none, a signed one the sentences of the report that came with it.
 */
export async function* archiveStatements(
  room: Room,
  examples: readonly ArchiveExample[],
  signal: AbortSignal | undefined,
): AsyncIterable<StatementsLine> {
  const pseudonyms = await createReportPseudonyms({ key: Buffer.from(await identityKey(room.store), 'hex') });
  for (let from = 0; from < examples.length; from += studiesAtATime) {
    signal?.throwIfAborted();
    const some = examples.slice(from, from + studiesAtATime);
    const rows = await room.store.db
      .select({
        id: study.id,
        patientId: study.patientId,
        onFile: sql<ReportOnFile | null>`report_on_file`,
      })
      .from(study)
      .where(
        inArray(
          study.id,
          some.map(({ studyId }) => studyId),
        ),
      );
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { studyId, example } of some) {
      const row = byId.get(studyId);
      if (!row?.onFile) continue;
      const statements: StatementsLine['statements'][number][] = [];
      for (const { text, sites } of statementsOfReport(row.onFile.text, row.onFile.reading, room.pack.labelSpace)) {
        const { report } = await pseudonyms({
          id: example.studyKey,
          text,
          ...(row.patientId ? { patientId: row.patientId } : {}),
        });
        statements.push({ text: report.text, sites });
      }
      yield { studyKey: example.studyKey, statements };
    }
  }
}
