import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { NotFoundError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { Queries } from '../store/open-store.ts';
import type { ReportRecord, StudyRecord } from '../store/schema.ts';
import { matchProposal, report, study } from '../store/schema.ts';
import { keepReportOnFile } from '../study/report-on-file.ts';

/** A report a few days off its study is common (dictated later); more is another examination. */
const mostDaysApart = 7;

/**
 * Joins reports without a study to studies: by accession number where exactly one study has it and the patients do not
 * contradict each other. Same patient and a close date, or a picture's file name, is only proposed. May be called
 * again at any time and by several processes at once.
 */
export async function matchReports(room: Room): Promise<{ byAccession: number; proposed: number }> {
  const { db } = room.store;
  let byAccession = 0;
  let proposed = 0;
  const waiting = await db.select().from(report).where(isNull(report.studyId)).orderBy(asc(report.arrival));
  for (const one of waiting) {
    const exact = one.accessionNumber
      ? await db.select().from(study).where(eq(study.accessionNumber, one.accessionNumber))
      : [];
    const agreeing = exact.filter((it) => !one.patientId || !it.patientId || it.patientId === one.patientId);
    const [only] = agreeing;
    if (only && agreeing.length === 1) {
      if (await joinReport(room, one.id, only.id, 'accession-number')) byAccession++;
      continue;
    }
    const candidates = exact.length > 0 ? exact : await near(db, one);
    for (const candidate of candidates) {
      const rows = await db
        .insert(matchProposal)
        .values({ reportId: one.id, studyId: candidate.id, daysApart: daysApart(one, candidate) ?? 0 })
        .onConflictDoNothing()
        .returning({ id: matchProposal.id });
      proposed += rows.length;
    }
  }
  return { byAccession, proposed };
}

/** Studies without a report of the same patient within a week, or pictures whose file name is the report's id. */
async function near(db: Queries, one: ReportRecord): Promise<StudyRecord[]> {
  const byPatient = one.patientId
    ? and(eq(study.patientId, one.patientId), isNotNull(study.studyDate), isNull(study.reportOnFile))
    : sql`false`;
  const stem = one.accessionNumber ?? one.sourceId;
  const rows = await db
    .select()
    .from(study)
    .where(or(byPatient, and(eq(study.fileStem, stem), isNull(study.reportOnFile))));
  return rows.filter((it) => it.fileStem === stem || (daysApart(one, it) ?? Number.POSITIVE_INFINITY) <= mostDaysApart);
}

/** Makes the report part of the study's report on file. False where another process did it meanwhile. */
export async function joinReport(
  room: Room,
  reportId: string,
  studyId: string,
  matchedBy: NonNullable<ReportRecord['matchedBy']>,
): Promise<boolean> {
  return await room.store.db.transaction(async (tx) => {
    const [target] = await tx.select().from(study).where(eq(study.id, studyId)).for('update');
    if (!target) throw new NotFoundError('study');
    const joined = await tx
      .update(report)
      .set({ studyId, matchedBy })
      .where(and(eq(report.id, reportId), isNull(report.studyId)))
      .returning({ id: report.id });
    if (joined.length === 0) return false;
    await keepReportOnFile(room, tx, target);
    return true;
  });
}

function daysApart(one: { studyDate: string | null }, other: { studyDate: string | null }): number | undefined {
  const day = (date: string | null): number =>
    Date.parse(date?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3T00:00:00Z') ?? '') / 86_400_000;
  const apart = Math.abs(day(one.studyDate) - day(other.studyDate));
  return Number.isFinite(apart) ? Math.round(apart) : undefined;
}
