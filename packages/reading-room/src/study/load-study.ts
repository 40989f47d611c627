import type { Finding, SignedReport, SiteComparison } from '@radiolect/findings';
import { compareFindings } from '@radiolect/findings';
import type { ReportComparison } from '@radiolect/reports';
import { compareReportWithFindings, draftText } from '@radiolect/reports';
import { and, asc, desc, eq, inArray, lt, ne, or } from 'drizzle-orm';
import { NotFoundError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { Queries } from '../store/open-store.ts';
import type { StudyRecord, StudyViewRecord } from '../store/schema.ts';
import { study, studyView } from '../store/schema.ts';
import type { Check } from './checks.ts';
import { studyChecks } from './checks.ts';
import { countsBytes } from './picture-figures.ts';
import { versionsOf } from './sign-report.ts';

/** An earlier study of the same patient, with what is known of it. */
export interface PriorStudy {
  readonly study: StudyRecord;
  readonly views: readonly StudyViewRecord[];
  readonly findings: readonly Finding[];
  readonly findingsFrom: 'signed' | 'report' | 'none';
}

/** Everything that one study's page shows. */
export interface StudyPage {
  readonly study: StudyRecord;
  readonly views: readonly StudyViewRecord[];
  readonly priors: readonly PriorStudy[];
  readonly draftText: string | undefined;
  /** The list (first) against the report on file (second). */
  readonly comparison: readonly SiteComparison[];
  readonly marks: ReportComparison | undefined;
  readonly checks: readonly Check[];
  readonly versions: readonly SignedReport[];
}

/** Throws NotFoundError. */
export async function loadStudy(room: Room, id: string): Promise<StudyPage> {
  const { db } = room.store;
  const current = await findStudy(db, id);
  const versions = await versionsOf(db, id);
  const findings = current.findings.map(({ finding }) => finding);
  const { draft, reportOnFile } = current;
  return {
    study: current,
    views: await viewsOf(db, id),
    priors: await priorsOf(db, current),
    draftText: draft ? draftText(draft) : undefined,
    comparison: reportOnFile && findings.length > 0 ? compareFindings(findings, reportOnFile.reading.findings) : [],
    marks: draft && reportOnFile ? compareReportWithFindings(reportOnFile.reading, draft, findings) : undefined,
    checks: current.status === 'signed' ? [] : studyChecks(room, current),
    versions,
  };
}

/** The study's row. Throws NotFoundError. */
export async function findStudy(db: Queries, id: string): Promise<StudyRecord> {
  const [row] = /^[0-9a-f-]{36}$/i.test(id) ? await db.select().from(study).where(eq(study.id, id)) : [];
  if (!row) throw new NotFoundError('study');
  return row;
}

/** The study with this id, accession number or Study Instance UID. Throws NotFoundError. */
export async function findStudyByName(db: Queries, name: string): Promise<StudyRecord> {
  if (/^[0-9a-f-]{36}$/i.test(name)) return findStudy(db, name);
  const [row] = await db
    .select()
    .from(study)
    .where(or(eq(study.accessionNumber, name), eq(study.studyInstanceUid, name)))
    .orderBy(desc(study.studyDate))
    .limit(1);
  if (!row) throw new NotFoundError('study');
  return row;
}

export const viewsOf = (db: Queries, studyId: string): Promise<StudyViewRecord[]> =>
  db.select().from(studyView).where(eq(studyView.studyId, studyId)).orderBy(asc(studyView.key));

/** Raw counts of a view: unsigned 16-bit, little-endian. Throws NotFoundError. */
export async function viewCounts(room: Room, studyId: string, key: string): Promise<Uint8Array> {
  await findStudy(room.store.db, studyId);
  const [row] = await room.store.db
    .select({ blob: studyView.countsBlob })
    .from(studyView)
    .where(and(eq(studyView.studyId, studyId), eq(studyView.key, key)));
  if (!row) throw new NotFoundError('view');
  return countsBytes(await room.store.blobs.get(row.blob));
}

/** What is known of the patient's latest earlier study; empty where there is none. */
export async function latestPriorFindings(db: Queries, current: StudyRecord): Promise<readonly Finding[]> {
  return (await priorsOf(db, current))[0]?.findings ?? [];
}

/** Earlier studies of the patient, the latest first. */
async function priorsOf(db: Queries, current: StudyRecord): Promise<PriorStudy[]> {
  if (current.patientId === null || current.studyDate === null) return [];
  const earlier = await db
    .select()
    .from(study)
    .where(
      and(eq(study.patientId, current.patientId), ne(study.id, current.id), lt(study.studyDate, current.studyDate)),
    )
    .orderBy(desc(study.studyDate));
  if (earlier.length === 0) return [];
  const views = await db
    .select()
    .from(studyView)
    .where(
      inArray(
        studyView.studyId,
        earlier.map((it) => it.id),
      ),
    )
    .orderBy(asc(studyView.key));
  const priors: PriorStudy[] = [];
  for (const prior of earlier) {
    const [signed] = await versionsOf(db, prior.id);
    const onFile = prior.reportOnFile?.reading.findings;
    priors.push({
      study: prior,
      views: views.filter((view) => view.studyId === prior.id),
      findings: signed?.findings ?? onFile ?? [],
      findingsFrom: signed ? 'signed' : onFile ? 'report' : 'none',
    });
  }
  return priors;
}
