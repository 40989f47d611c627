import { and, count, desc, eq, gt, gte, ilike, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Room } from '../room.ts';
import type { StudyStatus } from '../store/records.ts';
import type { StudyRecord } from '../store/schema.ts';
import { matchProposal, report, study } from '../store/schema.ts';

export interface WorklistFilter {
  readonly search?: string | undefined;
  readonly status?: StudyStatus | undefined;
  readonly disagree?: boolean | undefined;
  readonly priors?: boolean | undefined;
  readonly report?: 'with' | 'without' | undefined;
  /** DICOM dates, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export type WorklistEntry = Pick<
  StudyRecord,
  | 'id'
  | 'accessionNumber'
  | 'patientId'
  | 'patientName'
  | 'studyDate'
  | 'studyTime'
  | 'description'
  | 'synthetic'
  | 'status'
  | 'disagreements'
  | 'presentCount'
> & {
  readonly priorCount: number;
  readonly hasReport: boolean;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
};

export interface WorklistCounts {
  readonly all: number;
  readonly unread: number;
  readonly draft: number;
  readonly signed: number;
  readonly amending: number;
  readonly disagree: number;
  readonly withoutReport: number;
  readonly unmatchedReports: number;
  readonly proposedMatches: number;
}

// Columns of the outer row are written out: among the selected fields drizzle leaves the table's name away, and inside
// a subquery the bare name would mean the inner table's column.
const priorCount = sql<number>`(select count(*)::int from study earlier
  where earlier.patient_id = study.patient_id and earlier.study_date < study.study_date)`;
const latestSigned = (field: SQL): SQL<string | null> => sql`(select ${field} from signed_report latest
  where latest.study_id = study.id order by latest.version desc limit 1)`;

/** Studies that a filter matches, the latest first, and how many there are of each kind. */
export async function listStudies(
  { store: { db } }: Room,
  filter: WorklistFilter,
): Promise<{ rows: WorklistEntry[]; total: number; counts: WorklistCounts }> {
  const where = conditionsOf(filter);
  const rows = await db
    .select({
      id: study.id,
      accessionNumber: study.accessionNumber,
      patientId: study.patientId,
      patientName: study.patientName,
      studyDate: study.studyDate,
      studyTime: study.studyTime,
      description: study.description,
      synthetic: study.synthetic,
      status: study.status,
      disagreements: study.disagreements,
      presentCount: study.presentCount,
      priorCount,
      hasReport: sql<boolean>`${study.reportOnFile} is not null`,
      signedBy: latestSigned(sql`latest.content -> 'author' ->> 'name'`),
      signedAt: latestSigned(sql`latest.content ->> 'signedAt'`),
    })
    .from(study)
    .where(where)
    .orderBy(sql`${study.studyDate} desc nulls last`, desc(study.studyTime), study.id)
    .limit(filter.limit ?? 100)
    .offset(filter.offset ?? 0);
  const [matching] = await db.select({ n: count() }).from(study).where(where);
  return { rows, total: matching?.n ?? 0, counts: await worklistCounts(db) };
}

function conditionsOf(filter: WorklistFilter): SQL | undefined {
  const { search, status, disagree, priors, from, to } = filter;
  const like = search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : undefined;
  return and(
    like
      ? or(ilike(study.accessionNumber, like), ilike(study.patientId, like), ilike(study.patientName, like))
      : undefined,
    status ? eq(study.status, status) : undefined,
    disagree ? gt(study.disagreements, 0) : undefined,
    priors ? sql`${priorCount} > 0` : undefined,
    filter.report === 'with' ? isNotNull(study.reportOnFile) : undefined,
    filter.report === 'without' ? isNull(study.reportOnFile) : undefined,
    from ? gte(study.studyDate, from) : undefined,
    to ? lte(study.studyDate, to) : undefined,
  );
}

async function worklistCounts(db: Room['store']['db']): Promise<WorklistCounts> {
  const whereTrue = (condition: SQL): SQL<number> => sql`count(*) filter (where ${condition})::int`;
  const [studies] = await db
    .select({
      all: sql<number>`count(*)::int`,
      unread: whereTrue(eq(study.status, 'unread')),
      draft: whereTrue(eq(study.status, 'draft')),
      signed: whereTrue(eq(study.status, 'signed')),
      amending: whereTrue(eq(study.status, 'amending')),
      disagree: whereTrue(gt(study.disagreements, 0)),
      withoutReport: whereTrue(isNull(study.reportOnFile)),
    })
    .from(study);
  const [reports] = await db.select({ n: count() }).from(report).where(isNull(report.studyId));
  const [proposals] = await db
    .select({ n: count() })
    .from(matchProposal)
    .innerJoin(report, eq(report.id, matchProposal.reportId))
    .where(and(eq(matchProposal.state, 'open'), isNull(report.studyId)));
  return { ...studies!, unmatchedReports: reports?.n ?? 0, proposedMatches: proposals?.n ?? 0 };
}
