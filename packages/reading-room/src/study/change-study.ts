import type { DraftReport, Language } from '@radiolect/findings';
import { and, desc, eq, isNotNull, lt } from 'drizzle-orm';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { Queries } from '../store/open-store.ts';
import type { StudyRecord } from '../store/schema.ts';
import { study } from '../store/schema.ts';
import { draftLanguage } from '../store/settings.ts';
import type { FindingList } from './finding-list.ts';
import { draftedFindings } from './finding-list.ts';
import { disagreementsOf } from './report-on-file.ts';
import { keepReaderSentences } from './sentences.ts';

/** The parts of a study that a reader changes. */
export type StudyChange = Partial<
  Pick<StudyRecord, 'findings' | 'decidedSites' | 'panel' | 'draft' | 'reading' | 'status' | 'amendReason'>
>;

/**
 * Changes a study in one transaction that holds its row: two changes at once follow each other, none is lost. Findings
 * and panel bring a new draft, in which the reader's own sentences stay; a signed study must be opened by amending
 * first (ConflictError).
 */
export async function changeStudy(
  room: Room,
  id: string,
  change: (current: StudyRecord, tx: Queries) => Promise<StudyChange> | StudyChange,
  options: { readonly language?: Language; readonly keepEdits?: boolean; readonly evenSigned?: boolean } = {},
): Promise<void> {
  await room.store.db.transaction(async (tx) => {
    const current = await lockStudy(tx, id);
    if (current.status === 'signed' && !options.evenSigned)
      throw new ConflictError('the report is signed', 'amend it, with the reason, to change it');
    const changed = await change(current, tx);
    const next: StudyRecord = { ...current, ...changed };
    const redraft = changed.draft === undefined && (changed.findings || changed.panel || options.language);
    if (redraft && (draftedFindings(next).length > 0 || current.draft || options.language))
      next.draft = await draftOf(room, tx, next, options);
    if (next.status === 'unread' && (next.findings.length > 0 || next.draft)) next.status = 'draft';
    await tx
      .update(study)
      .set({
        ...changed,
        draft: next.draft,
        status: next.status,
        revision: current.revision + 1,
        presentCount: next.findings.filter(({ finding }) => finding.presence === 'present').length,
        disagreements: disagreementsOf(next.findings, next.reportOnFile),
      })
      .where(eq(study.id, id));
  });
}

/** The study's row, held until the transaction ends. Throws NotFoundError. */
export async function lockStudy(tx: Queries, id: string): Promise<StudyRecord> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new NotFoundError('study');
  const [row] = await tx.select().from(study).where(eq(study.id, id)).for('update');
  if (!row) throw new NotFoundError('study');
  return row;
}

/** Writes the draft from the findings on the list. */
async function draftOf(
  room: Room,
  tx: Queries,
  current: StudyRecord,
  options: { readonly language?: Language; readonly keepEdits?: boolean },
): Promise<DraftReport> {
  const findings = draftedFindings(current);
  const language = options.language ?? current.draft?.language ?? (await draftLanguage(tx));
  const priorDate = current.panel.priorDate ?? (await latestPriorDate(tx, current));
  const fresh = room.drafter.draft({
    findings,
    language,
    panel: current.panel,
    ...(priorDate === undefined ? {} : { prior: { date: priorDate } }),
    ...(current.radiopharmaceutical === null ? {} : { study: { radiopharmaceutical: current.radiopharmaceutical } }),
  });
  if (options.keepEdits === false) return fresh;
  return keepReaderSentences(fresh, current.draft ?? undefined, new Set(findings.map((finding) => finding.id)));
}

async function latestPriorDate(tx: Queries, current: StudyRecord): Promise<string | undefined> {
  if (current.patientId === null || current.studyDate === null) return undefined;
  const [prior] = await tx
    .select({ date: study.studyDate })
    .from(study)
    .where(
      and(eq(study.patientId, current.patientId), isNotNull(study.studyDate), lt(study.studyDate, current.studyDate)),
    )
    .orderBy(desc(study.studyDate))
    .limit(1);
  return prior?.date ?? undefined;
}

/** The list that the study's row holds. */
export const listOf = (current: StudyRecord): FindingList => ({
  findings: current.findings,
  decidedSites: current.decidedSites,
});
