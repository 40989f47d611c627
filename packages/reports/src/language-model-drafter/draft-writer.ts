import type { DraftReport, DraftSentence, Finding } from '@radiolect/findings';
import type { DraftCheckCode } from '../checks/draft-check.ts';
import type { Drafter, DraftInput } from '../drafter/drafter.ts';
import type { CompletionUsage, ImagePart } from '../language-model/language-model.ts';

/** What a draft is written from. The rule drafter uses a part of it. */
export interface DraftWriterInput extends DraftInput {
  readonly prior?: { readonly date: string; readonly findings?: readonly Finding[]; readonly text?: string };
  /** Texts of a few signed reports of the department, whose way of writing is followed. */
  readonly style?: readonly string[];
  /** The views, for a model that can see. */
  readonly images?: readonly ImagePart[];
  /** 0 is the most likely draft; other numbers give other wordings of the same findings. */
  readonly variant?: number;
}

/** A sentence as the model wrote it, before anything was checked. */
export interface ProposedSentence {
  readonly section: DraftSentence['section'];
  readonly text: string;
  /** Ids of findings; names that stand for no finding are left out and counted in the replacement. */
  readonly states: readonly string[];
}

/** Why a proposed sentence does not stand in the draft. */
export type ReplacementReason =
  | DraftCheckCode
  /** It cites no finding. */
  | 'uncited'
  /** It cites a finding that does not exist. */
  | 'unknown-finding'
  /** It holds a heading of a report. */
  | 'heading'
  /** It decides the impression otherwise than the findings. */
  | 'impression-re-decided';

export interface Replacement {
  readonly proposed: ProposedSentence;
  readonly reasons: readonly ReplacementReason[];
}

/** A site that the model sees beyond the findings: shown to the reader, never taken into the draft. */
export interface Suggestion {
  readonly site: string;
  readonly reason: string;
}

export interface WrittenDraft {
  /** Who wrote it: "rules", or the name of a model. */
  readonly writer: string;
  readonly draft: DraftReport;
  readonly replaced: readonly Replacement[];
  /** Sentences of the rule drafter that stand for what the model left out. */
  readonly added: number;
  readonly suggestions: readonly Suggestion[];
  /** All that the model wrote, for grading; empty for the rule drafter. */
  readonly proposed: readonly ProposedSentence[];
  readonly calls: readonly CompletionUsage[];
  /** Why the whole draft is the rule drafter's. */
  readonly abstained?: string;
}

export interface DraftWriterOptions {
  readonly signal?: AbortSignal;
  /** Called with each sentence as the model ends it, before it is checked. */
  readonly onSentence?: (sentence: ProposedSentence) => void;
}

/** Whoever writes a draft from findings: the templates of a pack, or a language model held to the same findings. */
export interface DraftWriter {
  readonly name: string;
  write(input: DraftWriterInput, options?: DraftWriterOptions): Promise<WrittenDraft>;
}

/** The rule drafter behind the interface of all writers. */
export const ruleDraftWriter = (drafter: Drafter): DraftWriter => ({
  name: 'rules',
  write: async (input) => ({
    writer: 'rules',
    draft: drafter.draft(input),
    replaced: [],
    added: 0,
    suggestions: [],
    proposed: [],
    calls: [],
  }),
});
