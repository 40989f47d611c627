import type { Change, Likelihood, Nature, Presence, TextEvidence } from '@radiolect/findings';
import type { Message } from '../checks/message.ts';

export const reportCheckCodes = [
  'side-contradiction',
  'side-contradicts-order',
  'side-contradicts-image',
  'side-missing',
  'presence-contradiction',
  'unplaced-abnormality',
  'impression-contradicts-findings',
  'impression-omits-finding',
  'finding-only-in-impression',
  'impression-empty',
  'impression-missing',
  'finding-unexplained',
  'level-out-of-range',
  'transitional-level',
  'rib-out-of-range',
  'value-implausible',
  'date-invalid',
  'date-in-future',
  'presence-contradicts-image',
  'level-contradicts-image',
  'finding-not-in-image',
  'image-finding-not-stated',
  'cause-contradicts-image',
  'image-cause-not-stated',
  'age-mismatch',
  'sex-mismatch',
  'body-part-not-reported',
  'order-incomplete',
  'order-exceeded',
  'critical-result',
  'critical-result-not-communicated',
  'critical-result-communicated',
  'follow-up-recommended',
  'follow-up-missing',
  'comparison-without-prior',
  'prior-not-compared',
  'comparison-date-mismatch',
  'stale-unchanged',
  'not-new',
  'score-stated',
  'score-inconsistent',
] as const;
export type ReportCheckCode = (typeof reportCheckCodes)[number];

/** `error`: the text cannot be right as it stands. `warning`: look before signing. `information`: interrupts nobody. */
export type CheckSeverity = 'error' | 'warning' | 'information';

/** Something in a report that a person should look at, with the words that it rests on. */
export interface ReportCheck {
  readonly code: ReportCheckCode;
  readonly severity: CheckSeverity;
  /** Spans of the text as given, in UTF-16 code units; none where the text lacks something. */
  readonly evidence: readonly TextEvidence[];
  /** The sites it is about, by position id. */
  readonly sites: readonly string[];
  readonly message: Message;
}

/** One site of the picture, as a reader or a model sees it. */
export interface ImageFinding {
  readonly site: string;
  readonly presence: Presence;
  readonly nature?: Nature | undefined;
  readonly likelihood?: Likelihood | undefined;
  readonly change?: Change | undefined;
}

/** What is known beside the text. Every part is optional; a check that needs a missing part is silent. */
export interface CheckContext {
  readonly order?: {
    /** As ordered, in words: "left hip", "whole body". */
    readonly bodyPart?: string | undefined;
    readonly side?: 'right' | 'left' | 'both' | undefined;
    /** As ordered, in words: "three-phase bone scan", "NM whole body with SPECT". */
    readonly procedure?: string | undefined;
    readonly views?: readonly string[] | undefined;
  };
  readonly patient?: {
    /** Years. */
    readonly age?: number | undefined;
    readonly sex?: 'male' | 'female' | 'other' | undefined;
  };
  /** Everything abnormal in the picture: a site that is not listed has no abnormal uptake. */
  readonly findings?: readonly ImageFinding[];
  /** `null` where it is known that there is no earlier study. `date` as YYYYMMDD. */
  readonly prior?: {
    readonly date?: string | undefined;
    readonly findings?: readonly ImageFinding[] | undefined;
  } | null;
  /** YYYYMMDD. */
  readonly studyDate?: string;
}

/** One item of the pack's list of what a report should state. */
export interface CompletenessItem {
  readonly item: string;
  readonly name: Message;
  readonly stated: boolean;
  readonly evidence: readonly TextEvidence[];
}

/** One quality measure; `met` is left out where the measure does not apply to this report. */
export interface QualityMeasure {
  readonly measure: string;
  readonly name: Message;
  readonly met?: boolean;
  readonly evidence: readonly TextEvidence[];
}
