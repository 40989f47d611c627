import type { DraftReport, DraftSentence, Finding } from '@radiolect/findings';
import type { TextReader } from '../checks/check-draft.ts';
import { checkDraft } from '../checks/check-draft.ts';
import { draftText } from '../drafter/draft-text.ts';
import type { Drafter, DraftInput } from '../drafter/drafter.ts';
import type { Replacement, ReplacementReason } from './draft-writer.ts';
import { isPlainNegative } from './drafting-prompt.ts';
import type { ProposedAnswer } from './proposed-answer.ts';

type Proposed = ProposedAnswer['sentences'][number];

export interface HeldDraft {
  readonly draft: DraftReport;
  readonly replaced: readonly Replacement[];
  readonly added: number;
  /** Set where the sentences together still said something else than the findings. */
  readonly abstained?: string;
}

const heading =
  /(^|[.。\s])(findings?|impression|conclusion|indication|technique|comparison)\s*:|(所見|所见|結論|结论|印象|診斷|诊断意见|臨床資料|临床资料|比較|对比)\s*[:：]/i;

/**
 * Holds what a model proposes to the findings. Every sentence is read back; one that adds, drops, moves or flips a
 * finding, cites none, or decides the impression anew gives way to the rule drafter's for the same findings; what no
 * sentence states is added by the rule drafter. The result always passes {@link checkDraft}.
 */
export function holdToFindings(
  proposed: readonly Proposed[],
  input: DraftInput,
  drafter: Drafter,
  reader: TextReader,
): HeldDraft {
  const { findings, language } = input;
  const rules = drafter.draft(input);
  const asDraft = (sentences: readonly DraftSentence[]): DraftReport => ({ language, header: rules.header, sentences });
  const reasons = reasonsAgainst(proposed, asDraft, findings, reader);
  const passes = (sentences: readonly DraftSentence[]): boolean =>
    !checkDraft(asDraft(sentences), findings, reader).some((check) => check.severity === 'error');
  const giveWay = (also: (sentence: Proposed) => boolean): HeldDraft => {
    const all = proposed.map((sentence, index) =>
      also(sentence) && reasons[index]!.length === 0 ? (['impression-re-decided'] as const) : reasons[index]!,
    );
    const { sentences, added } = assemble(proposed, all, input, rules, drafter);
    const replaced = proposed.flatMap((sentence, index) =>
      all[index]!.length === 0 ? [] : [{ proposed: withoutCount(sentence), reasons: [...all[index]!] }],
    );
    return { draft: asDraft(sentences), replaced, added };
  };
  const sentenceWise = giveWay(() => false);
  if (passes(sentenceWise.draft.sentences) && !deniesACause(sentenceWise.draft, findings, reader)) return sentenceWise;
  const conclusionReplaced = giveWay((sentence) => sentence.section === 'impression');
  if (passes(conclusionReplaced.draft.sentences)) return conclusionReplaced;
  return {
    ...giveWay(() => true),
    draft: rules,
    added: 0,
    abstained: 'the sentences together do not say the findings',
  };
}

const withoutCount = ({ section, text, states }: Proposed): Replacement['proposed'] => ({ section, text, states });

/** For each proposed sentence, why it cannot stand. */
function reasonsAgainst(
  proposed: readonly Proposed[],
  asDraft: (sentences: readonly DraftSentence[]) => DraftReport,
  findings: readonly Finding[],
  reader: TextReader,
): (readonly ReplacementReason[])[] {
  const sentences = proposed.map((sentence, index) => asSentence(sentence, `proposed-${index}`));
  const checks = checkDraft(asDraft(sentences), findings, reader);
  return proposed.map((sentence, index) => {
    const reasons = new Set<ReplacementReason>();
    if (sentence.unknownNames > 0) reasons.add('unknown-finding');
    if (sentence.states.length === 0) reasons.add('uncited');
    if (heading.test(sentence.text)) reasons.add('heading');
    for (const check of checks)
      if (check.sentence === `proposed-${index}` && check.severity === 'error') reasons.add(check.code);
    if (statesOtherwise(sentence, asDraft, findings, reader)) reasons.add('attribute-mismatch');
    return [...reasons];
  });
}

const compared = ['nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;

/** A finding that the sentence does not cite may be repeated in it, but not otherwise than it is. */
function statesOtherwise(
  sentence: Proposed,
  asDraft: (sentences: readonly DraftSentence[]) => DraftReport,
  findings: readonly Finding[],
  reader: TextReader,
): boolean {
  const said = reader.read(draftText({ ...asDraft([asSentence(sentence, 'alone')]), header: {} })).findings;
  const cited = new Set(sentence.states);
  return said.some((one) => {
    if (one.presence === 'absent') return false;
    const own = findings.filter((finding) => finding.site === one.site);
    if (own.length === 0 || own.some((finding) => cited.has(finding.id))) return false;
    return !own.some((finding) => compared.every((key) => one[key] === undefined || one[key] === finding[key]));
  });
}

/** Whether the impression denies a cause that a present finding has ("no evidence of metastases"). */
function deniesACause(draft: DraftReport, findings: readonly Finding[], reader: TextReader): boolean {
  const denied = reader.read(draftText(draft)).deniedCauses ?? [];
  return denied.some(({ nature }) => findings.some((one) => one.presence === 'present' && one.nature === nature));
}

const asSentence = ({ section, text, states }: Proposed, id: string): DraftSentence => ({
  id,
  section,
  text,
  states,
  origin: 'language-model',
});

/** Puts the sentences that stand, the rule drafter's for those that do not, and those for what is left out in order. */
function assemble(
  proposed: readonly Proposed[],
  reasons: readonly (readonly ReplacementReason[])[],
  input: DraftInput,
  rules: DraftReport,
  drafter: Drafter,
): { sentences: DraftSentence[]; added: number } {
  const plain = new Set(input.findings.filter(isPlainNegative).map((finding) => finding.id));
  let added = 0;
  const section = (name: DraftSentence['section']): DraftSentence[] => {
    const standing = proposed.map((sentence, index) => (reasons[index]!.length === 0 ? sentence : undefined));
    const stated = new Set(standing.flatMap((one) => (one?.section === name ? one.states : [])));
    const due = idsDue(name, rules).filter((id) => !stated.has(id));
    const pending = new Set(due);
    const lines: DraftSentence[] = [];
    const byRules = (ids: readonly string[]): DraftSentence[] => {
      const wanted = ids.filter((id) => pending.has(id));
      for (const id of wanted) pending.delete(id);
      return ruleSentences(name, new Set(wanted), plain, input, rules, drafter);
    };
    proposed.forEach((sentence, index) => {
      if (sentence.section !== name) return;
      const stands = standing[index];
      // The negatives of the remainder come last, whoever words them.
      if (stands) lines.push(asSentence(stands, ''));
      else lines.push(...byRules(sentence.states.filter((id) => !plain.has(id))));
    });
    const missing = byRules(due);
    added += missing.length;
    return [...lines, ...missing].map((line, index) => ({ ...line, id: `${name}-${index + 1}` }));
  };
  return { sentences: [...section('findings'), ...section('impression')], added };
}

/** The findings that a section of the rule drafter's report states; the impression does not repeat plain negatives. */
const idsDue = (section: DraftSentence['section'], rules: DraftReport): string[] => [
  ...new Set(rules.sentences.filter((s) => s.section === section).flatMap((sentence) => sentence.states)),
];

/**
 * The rule drafter's sentences for some findings: those of its whole report that state nothing else, and for the rest a
 * report on these findings alone.
 */
function ruleSentences(
  section: DraftSentence['section'],
  wanted: ReadonlySet<string>,
  plain: ReadonlySet<string>,
  input: DraftInput,
  rules: DraftReport,
  drafter: Drafter,
): DraftSentence[] {
  if (wanted.size === 0) return [];
  const whole = rules.sentences.filter((s) => s.section === section && s.states.every((id) => wanted.has(id)));
  const covered = new Set(whole.flatMap((sentence) => sentence.states));
  const left = input.findings.filter(({ id }) => wanted.has(id) && !covered.has(id) && !plain.has(id));
  if (left.length === 0) return whole;
  const ids = new Set(left.map((finding) => finding.id));
  const apart = drafter
    .draft({ ...input, findings: left })
    .sentences.filter((s) => s.section === section && s.states.some((id) => ids.has(id)));
  return [...apart, ...whole];
}
