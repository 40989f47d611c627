import { createHash } from 'node:crypto';
import type { Finding, Language, SignedReport } from '@radiolect/findings';
import type { DraftWriter, DraftWriterInput, ProposedSentence, WrittenDraft } from '@radiolect/reports';
import { createLanguageModelDrafter, ruleDraftWriter } from '@radiolect/reports';
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts';
import { picturesOf } from '../reading/read-study.ts';
import type { Room } from '../room.ts';
import type { StudyRecord, WrittenDraftRecord } from '../store/schema.ts';
import { signedReport, writtenDraft } from '../store/schema.ts';
import { draftLanguage, readSetting } from '../store/settings.ts';
import { changeStudy } from '../study/change-study.ts';
import { draftedFindings } from '../study/finding-list.ts';
import { findStudy, loadStudy } from '../study/load-study.ts';
import { keepReaderSentences } from '../study/sentences.ts';
import { imageParts } from './image-parts.ts';

/** One draft under way. */
export interface DraftUnderWay {
  /** "rules" or the name of a language model. */
  readonly writer: string;
  readonly variant: number;
  readonly state: 'writing' | 'written' | 'failed';
  /** As the model ends them, unchecked; the written draft may hold others. */
  readonly sentences: readonly ProposedSentence[];
  /** The error of a failed one; it holds no patient text. */
  readonly error?: unknown;
}

export interface WriteDraftsRequest {
  /** Names of language models, or "rules". */
  readonly writers: readonly string[];
  /** Wordings per language model, 1 to 5. */
  readonly variants?: number;
  readonly language?: Language;
}

export interface WriteDraftsOptions {
  readonly signal: AbortSignal;
  /** All drafts as they stand, after each change of one. */
  readonly onChange: (drafts: readonly DraftUnderWay[]) => void;
}

const mostVariants = 5;
const styleReports = 3;

/**
 * Lets writers draft the study's report side by side and keeps each draft as it is done; the study's own draft stays
 * until one is taken. One writer that fails does not stop the others. Throws NotFoundError, ConflictError (signed),
 * RefusedError (no findings; language models are off).
 */
export async function writeDrafts(
  room: Room,
  id: string,
  { writers, variants = 1, language }: WriteDraftsRequest,
  { signal, onChange }: WriteDraftsOptions,
): Promise<readonly DraftUnderWay[]> {
  const { db, now } = room.store;
  if (writers.some((name) => name !== 'rules') && !(await languageModelsOn(room)))
    throw new RefusedError('drafts by language models are off', 'switch them on in the draft panel');
  const current = await findStudy(db, id);
  if (current.status === 'signed') throw new ConflictError('the report is signed', 'amend it, with the reason');
  const findings = draftedFindings(current);
  if (findings.length === 0) throw new RefusedError('there is nothing to write about', 'add or accept a finding first');
  const input = await inputOf(room, current, language);
  const wanted = await Promise.all(
    [...new Set(writers)].flatMap((name) =>
      Array.from(
        { length: name === 'rules' ? 1 : Math.max(1, Math.min(variants, mostVariants)) },
        async (_, variant) => ({
          variant,
          writer: await writerOf(room, name),
        }),
      ),
    ),
  );
  const drafts: DraftUnderWay[] = wanted.map(({ writer, variant }) => ({
    writer: writer.name,
    variant,
    state: 'writing',
    sentences: [],
  }));
  const change = (index: number, more: Partial<DraftUnderWay>): void => {
    drafts[index] = { ...drafts[index]!, ...more };
    onChange([...drafts]);
  };
  onChange([...drafts]);
  await Promise.all(
    wanted.map(async ({ writer, variant }, index) => {
      try {
        const written = await writer.write(
          { ...input, variant },
          { signal, onSentence: (sentence) => change(index, { sentences: [...drafts[index]!.sentences, sentence] }) },
        );
        const row = { findingsKey: keyOf(findings), writtenAt: now(), content: written };
        await db
          .insert(writtenDraft)
          .values({ studyId: id, writer: writer.name, variant, ...row })
          .onConflictDoUpdate({ target: [writtenDraft.studyId, writtenDraft.writer, writtenDraft.variant], set: row });
        change(index, { state: 'written', sentences: written.draft.sentences });
      } catch (error) {
        signal.throwIfAborted();
        change(index, { state: 'failed', error });
      }
    }),
  );
  return drafts;
}

/** A kept draft; `stale` where the findings have changed since. */
export interface KeptDraft extends Pick<WrittenDraftRecord, 'writer' | 'variant' | 'writtenAt'> {
  readonly written: WrittenDraft;
  readonly stale: boolean;
}

/** The drafts kept beside the study's own, those by rules first. Throws NotFoundError. */
export async function listDrafts(room: Room, id: string): Promise<KeptDraft[]> {
  const current = await findStudy(room.store.db, id);
  const key = keyOf(draftedFindings(current));
  const rows = await room.store.db
    .select()
    .from(writtenDraft)
    .where(eq(writtenDraft.studyId, id))
    .orderBy(sql`${writtenDraft.writer} <> 'rules'`, asc(writtenDraft.writer), asc(writtenDraft.variant));
  return rows.map(({ writer, variant, writtenAt, content, findingsKey }) => ({
    writer,
    variant,
    writtenAt,
    written: content,
    stale: findingsKey !== key,
  }));
}

/**
 * Makes a kept draft the study's draft; sentences that the reader typed stay. Throws NotFoundError, ConflictError where
 * the findings have changed since it was written.
 */
export async function takeDraft(room: Room, id: string, writer: string, variant: number): Promise<void> {
  await changeStudy(room, id, async (current, tx) => {
    const [row] = await tx
      .select()
      .from(writtenDraft)
      .where(and(eq(writtenDraft.studyId, id), eq(writtenDraft.writer, writer), eq(writtenDraft.variant, variant)));
    if (!row) throw new NotFoundError('draft');
    const findings = draftedFindings(current);
    if (row.findingsKey !== keyOf(findings))
      throw new ConflictError('the findings have changed since this draft was written', 'write it again');
    const listed = new Set(findings.map((finding) => finding.id));
    return { draft: keepReaderSentences(row.content.draft, current.draft ?? undefined, listed) };
  });
}

/** Whether the project lets language models draft; off until somebody switches it on. */
export const languageModelsOn = async (room: Room): Promise<boolean> =>
  (await readSetting(room.store.db, 'languageModelDrafts')) === true;

async function writerOf(room: Room, name: string): Promise<DraftWriter> {
  const { pack, drafter, reader } = room;
  if (name === 'rules') return ruleDraftWriter(drafter);
  return createLanguageModelDrafter({ model: await room.languageModels.open(name), pack, drafter, reader });
}

async function inputOf(room: Room, current: StudyRecord, language: Language | undefined): Promise<DraftWriterInput> {
  const { priors } = await loadStudy(room, current.id);
  const [prior] = priors;
  const priorDate = current.panel.priorDate ?? prior?.study.studyDate ?? undefined;
  const wanted = language ?? current.draft?.language ?? (await draftLanguage(room.store.db));
  const priorText = prior?.study.reportOnFile?.text;
  return {
    findings: draftedFindings(current),
    language: wanted,
    panel: current.panel,
    ...(priorDate
      ? {
          prior: {
            date: priorDate,
            ...(prior ? { findings: prior.findings } : {}),
            ...(priorText === undefined ? {} : { text: priorText }),
          },
        }
      : {}),
    ...(current.radiopharmaceutical === null ? {} : { study: { radiopharmaceutical: current.radiopharmaceutical } }),
    style: await styleOf(room, current, wanted),
    images: imageParts(await picturesOf(room, current.id)),
  };
}

/** The latest signed reports of other studies in the language. */
async function styleOf(room: Room, current: StudyRecord, language: Language): Promise<string[]> {
  const rows = await room.store.db
    .select({ content: signedReport.content })
    .from(signedReport)
    .where(
      and(ne(signedReport.studyId, current.id), sql`${signedReport.content} -> 'draft' ->> 'language' = ${language}`),
    )
    .orderBy(desc(signedReport.signedAt))
    .limit(styleReports);
  return rows.map(({ content }: { content: SignedReport }) => content.text);
}

/** One text for one list of findings; evidence and source do not change what a draft says. */
function keyOf(findings: readonly Finding[]): string {
  const said = findings.map(({ evidence, source, ...finding }) => finding);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
