import type { DrafterAnswer, DrafterVerdict, Estimate, PicturePair } from '@radiolect/evaluation';
import { auditDrafter, suggestionRecord } from '@radiolect/evaluation';
import type { Finding, Language } from '@radiolect/findings';
import { mirrorSite } from '@radiolect/findings';
import type { DraftWriter, ImagePart, WrittenDraft } from '@radiolect/reports';

/** A study with truth, ready for a drafter. */
export interface AuditedStudy {
  readonly name: string;
  /** What the drafter is told: a model's findings, not the truth. */
  readonly findings: readonly Finding[];
  readonly images: readonly ImagePart[];
  /** Sites that are abnormal in the picture. */
  readonly truth: ReadonlySet<string>;
}

export interface DraftingAudit {
  readonly writer: string;
  readonly studies: number;
  /** Studies whose answer never followed its form. */
  readonly abstained: number;
  readonly sentences: { readonly proposed: number; readonly replaced: number };
  /** How often each reason took a sentence out. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly verdicts: readonly DrafterVerdict[];
  readonly suggestions: { readonly right: number; readonly n: number; readonly share: Estimate };
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly seconds: number;
}

export interface AuditOptions {
  readonly language: Language;
  /** Studies that are asked again with the pictures of another one. */
  readonly swaps: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Lets a drafter word studies whose truth is known and asks what text metrics hide: one report for every study, pictures
 * that do not matter, sides that flip; and how often what it saw beyond the findings was there. Errors of the model's
 * server pass on.
 */
export async function auditDrafting(
  studies: readonly AuditedStudy[],
  writer: DraftWriter,
  { language, swaps, signal, onProgress }: AuditOptions,
): Promise<DraftingAudit> {
  const swapped = studies.length > 1 ? studies.slice(0, swaps) : [];
  const total = studies.length + swapped.length;
  let done = 0;
  const write = async (study: AuditedStudy, images: readonly ImagePart[]): Promise<WrittenDraft> => {
    const written = await writer.write({ findings: study.findings, language, images }, signal ? { signal } : {});
    onProgress?.(++done, total);
    return written;
  };
  // All at once: the model's own turnstile bounds how many are asked together.
  const own = await Promise.all(studies.map((study) => write(study, study.images)));
  const others = await Promise.all(
    swapped.map((study, index) => write(study, studies[(index + 1) % studies.length]!.images)),
  );
  const answered = studies.flatMap((study, index) => {
    const written = own[index]!;
    return written.abstained !== undefined && written.proposed.length === 0
      ? []
      : [{ index, study, written, answer: answerOf(study, written) }];
  });
  const pairs = answered.flatMap(({ index, study, answer }): PicturePair[] => {
    const other = others[index];
    return other && other.proposed.length > 0 ? [{ own: answer, other: answerOf(study, other) }] : [];
  });
  const replaced = answered.flatMap(({ written }) => written.replaced);
  const reasons = new Map<string, number>();
  for (const reason of replaced.flatMap((one) => one.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const calls = [...own, ...others].flatMap((written) => written.calls);
  const sum = (of: (call: (typeof calls)[number]) => number): number => calls.reduce((all, call) => all + of(call), 0);
  return {
    writer: writer.name,
    studies: studies.length,
    abstained: own.filter((written) => written.abstained !== undefined).length,
    sentences: {
      proposed: answered.reduce((all, { written }) => all + written.proposed.length, 0),
      replaced: replaced.length,
    },
    reasons: Object.fromEntries([...reasons].sort((a, b) => b[1] - a[1])),
    verdicts: auditDrafter(
      answered.map(({ answer }) => answer),
      studies.some(({ images }) => images.length > 0) ? pairs : [],
    ),
    suggestions: suggestionRecord(
      answered.map(({ study, written }) => ({
        suggestions: written.suggestions.map(({ site }) => site),
        truth: study.truth,
      })),
    ),
    inputTokens: sum((call) => call.inputTokens),
    outputTokens: sum((call) => call.outputTokens),
    seconds: sum((call) => call.seconds),
  };
}

function answerOf({ name, findings }: AuditedStudy, written: WrittenDraft): DrafterAnswer {
  const siteOf = new Map(findings.map((finding) => [finding.id, finding.site]));
  const sided = written.proposed.filter(({ states }) => {
    const sites = new Set(states.map((id) => siteOf.get(id) ?? ''));
    return [...sites].some((site) => mirrorSite(site) !== site && !sites.has(mirrorSite(site)));
  });
  return {
    study: name,
    text: written.proposed.map(({ text }) => text).join('\n'),
    findings: JSON.stringify(
      findings.filter((one) => one.presence !== 'absent').map(({ evidence, source, ...rest }) => rest),
    ),
    sidedSentences: sided.length,
    flippedSentences: written.replaced.filter(({ reasons }) => reasons.includes('side-mismatch')).length,
    suggestions: written.suggestions.map(({ site }) => site),
  };
}
