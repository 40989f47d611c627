import { randomUUID } from 'node:crypto';
import type { SignedReport } from '@radiolect/findings';
import { amendReport, IncompleteSignatureError, signReport as signedVersion } from '@radiolect/reports';
import { desc, eq } from 'drizzle-orm';
import { ConflictError, RefusedError } from '../errors.ts';
import type { Room } from '../room.ts';
import type { Queries } from '../store/open-store.ts';
import { signedReport, study } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';
import { changeStudy, lockStudy } from './change-study.ts';
import { studyChecks } from './checks.ts';
import { draftedFindings } from './finding-list.ts';

export interface SignRequest {
  /** The revision that the signer saw. */
  readonly revision: number;
  /** Sign although a check would stop it. Typed sentences must be confirmed even so. */
  readonly despiteChecks?: boolean;
}

/**
 * Freezes the draft as the next version and gives it back once it is on disk. Throws ConflictError where the study has
 * changed since or is signed already, RefusedError where there is no draft or a check stops it,
 * UnconfirmedSentenceError and IncompleteSignatureError.
 */
export async function signReport(room: Room, id: string, request: SignRequest): Promise<SignedReport> {
  const { db, now } = room.store;
  return await db.transaction(async (tx) => {
    const current = await lockStudy(tx, id);
    if (current.revision !== request.revision)
      throw new ConflictError('the study has changed since it was shown', 'look at it again, then sign');
    if (current.status === 'signed')
      throw new ConflictError('this version is signed already', 'amend it, with the reason, to change it');
    const { draft } = current;
    if (!draft) throw new RefusedError('there is no draft to sign', 'add findings first');
    const stops = request.despiteChecks ? [] : studyChecks(room, current).filter((check) => check.level === 'stop');
    if (stops.length > 0)
      throw new RefusedError(
        `${stops.length} checks stop the signature: ${[...new Set(stops.map((check) => check.code))].join(', ')}`,
        'settle them, or sign despite the checks',
      );
    const name = await readSetting(tx, 'reader');
    if (name === undefined) throw new IncompleteSignatureError('author');
    const previous = (await versionsOf(tx, id))[0];
    const signature = { draft, findings: draftedFindings(current), author: { name, authenticated: false }, now: now() };
    const version = previous
      ? amendReport(previous, { ...signature, reason: current.amendReason ?? '' })
      : signedVersion(randomUUID(), signature);
    await tx
      .insert(signedReport)
      .values({ studyId: id, version: version.version, signedAt: signature.now, content: version });
    await tx
      .update(study)
      .set({ status: 'signed', amendReason: null, revision: current.revision + 1 })
      .where(eq(study.id, id));
    return version;
  });
}

/** Opens a signed report again. Throws ConflictError where nothing is signed, RefusedError without a reason. */
export async function startAmendment(room: Room, id: string, reason: string): Promise<void> {
  const why = reason.trim();
  if (why === '') throw new RefusedError('an amendment needs its reason', 'say in a few words what changes and why');
  await changeStudy(
    room,
    id,
    (current) => {
      if (current.status !== 'signed') throw new ConflictError('nothing is signed that could be amended', 'sign first');
      return { status: 'amending', amendReason: why };
    },
    { evenSigned: true },
  );
}

/** Gives an amendment up: findings and draft are again those of the last signed version. */
export async function cancelAmendment(room: Room, id: string): Promise<void> {
  await changeStudy(room, id, async (current, tx) => {
    const [last] = await versionsOf(tx, id);
    if (current.status !== 'amending' || !last)
      throw new ConflictError('no amendment is open', 'nothing is to be taken back');
    return {
      status: 'signed',
      amendReason: null,
      draft: last.draft,
      findings: last.findings.map((finding) => ({ finding, decision: 'accepted', inDraft: true, edited: false })),
    };
  });
}

/** Signed versions, the latest first. */
export async function versionsOf(db: Queries, studyId: string): Promise<SignedReport[]> {
  const rows = await db
    .select()
    .from(signedReport)
    .where(eq(signedReport.studyId, studyId))
    .orderBy(desc(signedReport.version));
  return rows.map((row) => row.content);
}
