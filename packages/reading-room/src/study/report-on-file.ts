import { compareFindings } from '@radiolect/findings';
import { asc, eq } from 'drizzle-orm';
import type { Room } from '../room.ts';
import type { Queries } from '../store/open-store.ts';
import type { ListedFinding, ReportOnFile } from '../store/records.ts';
import type { ReportRecord, StudyRecord } from '../store/schema.ts';
import { report, study } from '../store/schema.ts';

const addendum = /^\W*(addend|amend|supplement|附加|補充|补充|更正|修正)/i;

/**
 * Joins the reports of one study into one text: the report, then its addenda in the order in which they came. Undefined
 * where there is none.
 */
export function joinReports(
  reports: readonly ReportRecord[],
): Pick<ReportOnFile, 'text' | 'matchedBy' | 'addendaAt'> | undefined {
  const ordered = [...reports].sort(
    (a, b) => Number(addendum.test(a.text)) - Number(addendum.test(b.text)) || a.arrival - b.arrival,
  );
  const [first, ...more] = ordered;
  if (!first) return undefined;
  let { text } = first;
  const addendaAt: number[] = [];
  for (const { text: next } of more) {
    text = `${text.trimEnd()}\n\n`;
    addendaAt.push(text.length);
    text += next;
  }
  return { text, addendaAt, matchedBy: first.matchedBy ?? 'accession-number' };
}

/** Reads the study's reports and keeps what they say with the study; the caller holds the study's row. */
export async function keepReportOnFile(room: Room, tx: Queries, target: StudyRecord): Promise<void> {
  const reports = await tx.select().from(report).where(eq(report.studyId, target.id)).orderBy(asc(report.arrival));
  const joined = joinReports(reports);
  const reportOnFile = joined ? { ...joined, reading: room.reader.read(joined.text) } : null;
  await tx
    .update(study)
    .set({ reportOnFile, disagreements: disagreementsOf(target.findings, reportOnFile) })
    .where(eq(study.id, target.id));
}

/** At how many sites the list and the report on file contradict each other. */
export const disagreementsOf = (listed: readonly ListedFinding[], onFile: ReportOnFile | null): number =>
  onFile
    ? compareFindings(
        listed.map(({ finding }) => finding),
        onFile.reading.findings,
      ).filter(({ kind }) => kind === 'contradict').length
    : 0;
