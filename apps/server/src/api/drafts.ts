import type { Language } from '@radiolect/findings';
import type { ProposedSentence, WrittenDraft } from '@radiolect/reports';
import type { JobStarted } from './jobs.ts';
import type { Problem } from './problem.ts';

/** `GET /api/language-models`: those that the data folder's configuration names; keys and paths stay out of it. */
export interface LanguageModelList {
  readonly models: readonly LanguageModelCard[];
  /** Why the configuration cannot be read, where it cannot. */
  readonly problem?: { readonly rule: string; readonly fix: string };
}

export interface LanguageModelCard {
  readonly name: string;
  readonly seesImages: boolean;
  readonly leavesComputer: boolean;
  /** To be shown wherever the model may be used: report text leaves this computer. */
  readonly banner?: string;
  /** What `radiolect audit-drafter` measured on synthetic studies; absent where it was never run. */
  readonly audit?: {
    readonly studies: number;
    readonly sentences: { readonly proposed: number; readonly replaced: number };
    readonly verdicts: readonly { readonly code: string; readonly caught: boolean; readonly figure: string }[];
    /** Suggested sites that were in the picture. Shares are 0 to 1, null where nothing was counted. */
    readonly suggestions: {
      readonly right: number;
      readonly n: number;
      readonly share: { readonly value: number | null; readonly low: number | null; readonly high: number | null };
    };
  };
}

/** `GET /api/studies/ID/drafts`: drafts kept beside the study's own, those by rules first. */
export interface KeptDrafts {
  readonly drafts: readonly KeptDraft[];
}

export interface KeptDraft {
  readonly writer: string;
  readonly variant: number;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  readonly written: WrittenDraft;
  /** The findings have changed since: it can be looked at, not taken. */
  readonly stale: boolean;
}

/** `POST /api/studies/ID/drafts`. Answers {@link JobStarted}; its progress carries {@link DraftUnderWay}s. */
export interface WriteDrafts {
  /** "rules" or names of language models. */
  readonly writers: readonly string[];
  /** Wordings per language model, 1 to 5; default 1. */
  readonly variants?: number;
  readonly language?: Language;
}

export interface DraftUnderWay {
  readonly writer: string;
  readonly variant: number;
  readonly state: 'writing' | 'written' | 'failed';
  /** While it is being written: as the model ends them, unchecked. */
  readonly sentences: readonly ProposedSentence[];
  readonly problem?: Problem;
}

/** `POST /api/studies/ID/drafts/take`: a kept draft becomes the study's. 409 where it is stale. */
export interface TakeDraft {
  readonly writer: string;
  readonly variant: number;
}
