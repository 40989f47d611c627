import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { NotFoundError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { ReportRecord, StudyRecord } from '../store/schema.ts';
import { importRun, matchProposal, refusal, report, study } from '../store/schema.ts';
import { joinReport } from './match-reports.ts';
import { isGone } from './process-mark.ts';

export interface MatchProposal {
  readonly id: string;
  readonly report: ReportRecord;
  readonly study: StudyRecord;
  readonly daysApart: number;
}

export interface Matches {
  readonly proposals: readonly MatchProposal[];
  readonly reportsWithoutStudy: readonly ReportRecord[];
  readonly studiesWithoutReport: readonly Pick<StudyRecord, 'id' | 'accessionNumber' | 'studyDate'>[];
}

const most = 500;

/** What waits for a person: proposed matches, reports without a study and studies without a report (500 of each). */
export async function listMatches({ store: { db } }: Room): Promise<Matches> {
  const proposals = await db
    .select({ id: matchProposal.id, daysApart: matchProposal.daysApart, report, study })
    .from(matchProposal)
    .innerJoin(report, eq(report.id, matchProposal.reportId))
    .innerJoin(study, eq(study.id, matchProposal.studyId))
    .where(and(eq(matchProposal.state, 'open'), isNull(report.studyId)))
    .orderBy(asc(matchProposal.daysApart), asc(report.arrival))
    .limit(most);
  return {
    proposals,
    reportsWithoutStudy: await db
      .select()
      .from(report)
      .where(isNull(report.studyId))
      .orderBy(asc(report.arrival))
      .limit(most),
    studiesWithoutReport: await db
      .select({ id: study.id, accessionNumber: study.accessionNumber, studyDate: study.studyDate })
      .from(study)
      .where(isNull(study.reportOnFile))
      .orderBy(desc(study.studyDate))
      .limit(most),
  };
}

/** A person confirms or dismisses a proposed match. Throws NotFoundError. */
export async function decideMatch(room: Room, id: string, decision: 'confirm' | 'dismiss'): Promise<void> {
  const { db } = room.store;
  const [proposal] = /^[0-9a-f-]{36}$/i.test(id)
    ? await db
        .update(matchProposal)
        .set({ state: decision === 'confirm' ? 'confirmed' : 'dismissed' })
        .where(and(eq(matchProposal.id, id), eq(matchProposal.state, 'open')))
        .returning()
    : [];
  if (!proposal) throw new NotFoundError('proposed match');
  if (decision === 'confirm') await joinReport(room, proposal.reportId, proposal.studyId, 'patient-and-date');
}

export type ImportRun = typeof importRun.$inferSelect & { readonly refusals: (typeof refusal.$inferSelect)[] };

/** Imports, the latest first, each with what it refused. One whose process is gone is marked as interrupted. */
export async function listImports({ store: { db, now } }: Room): Promise<ImportRun[]> {
  const runs = await db.select().from(importRun).orderBy(desc(importRun.startedAt)).limit(50);
  const answers: ImportRun[] = [];
  for (const run of runs) {
    if (run.state === 'running' && (await isGone(run))) {
      run.state = 'interrupted';
      run.finishedAt = now();
      await db
        .update(importRun)
        .set({ state: run.state, finishedAt: run.finishedAt })
        .where(and(eq(importRun.id, run.id), eq(importRun.state, 'running')));
    }
    const refusals = await db
      .select()
      .from(refusal)
      .where(eq(refusal.importId, run.id))
      .orderBy(asc(refusal.id))
      .limit(1000);
    answers.push({ ...run, refusals });
  }
  return answers;
}
