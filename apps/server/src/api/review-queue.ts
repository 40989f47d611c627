import type { SiteLabel } from '@radiolect/findings';
import type { JobStarted } from './jobs.ts';

/**
 * `GET /api/review-queue?state=open|resolved&differs=presence|attributes&site=&model=&report=&limit=&offset=`, open items
 * unless told otherwise, those of one report together. Limit 1 to 500, default 100.
 */
export interface ReviewQueue {
  readonly items: readonly ReviewItem[];
  /** Items that the filter matches, before limit and offset. */
  readonly total: number;
  readonly counts: ReviewCounts;
}

/** Over the whole queue, whatever the filter. */
export interface ReviewCounts {
  readonly open: number;
  readonly resolved: number;
  /** Of the open ones. */
  readonly presence: number;
  readonly attributes: number;
  /** Of the resolved ones, whose reading was taken. */
  readonly taken: { readonly rules: number; readonly model: number; readonly own: number };
}

/** A site of a report that the rules and a language model read differently. */
export interface ReviewItem {
  readonly id: string;
  /** For every change; raised by one each time. */
  readonly revision: number;
  readonly report: {
    readonly id: string;
    /** As in the file it came from. */
    readonly sourceId: string;
    readonly accessionNumber?: string;
    /** The study that the report belongs to, where it is known. */
    readonly studyId?: string;
  };
  readonly site: string;
  /** `presence`: another state, or only one mentions the site; `attributes`: the state is the same. */
  readonly differs: 'presence' | 'attributes';
  /** Name of the language model that read beside the rules. */
  readonly model: string;
  /** Absent: this reader has no entry for the site. Evidence offsets are UTF-16 code units of the report's text. */
  readonly readings: { readonly rules?: SiteLabel; readonly model?: SiteLabel };
  readonly state: 'open' | 'resolved';
  readonly resolution?: {
    readonly take: 'rules' | 'model' | 'own';
    /** null: the report says nothing of the site. */
    readonly label: SiteLabel | null;
    readonly by: string;
    /** ISO 8601, UTC. */
    readonly at: string;
  };
}

/** `GET /api/review-queue/ID`: an item with the whole report, and all items of that report for the same page. */
export interface ReviewItemPage {
  readonly item: ReviewItem;
  readonly text: string;
  readonly ofSameReport: readonly ReviewItem[];
}

/**
 * `PUT /api/review-queue/ID`: settles an item in the name of the session's reader (422 where none is typed) and answers
 * {@link ReviewItemPage}. 409 where the item was changed since `revision`; 422 for an own label that breaks a rule.
 * `POST /api/review-queue/ID/reopen` with `{"revision"}` opens it again.
 */
export type ResolveReviewItem = { readonly revision: number } & (
  | { readonly take: 'rules' | 'model' }
  | { readonly take: 'own'; readonly label: SiteLabel | null }
);

/**
 * `POST /api/review-queue/fill`: reads every report of the archive with the rules and this model. Answers
 * {@link JobStarted}; its `done` event carries a {@link ReviewFilling}. Settled items stay; nothing is asked twice.
 */
export interface FillReviewQueue {
  readonly model: string;
}

export interface ReviewFilling {
  readonly reports: number;
  readonly agreedSites: number;
  readonly disagreements: number;
  readonly abstained: number;
  /** Reports that the model could not read, with the reason. */
  readonly unread: readonly { readonly sourceId: string; readonly rule: string; readonly fix?: string }[];
  readonly usage: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly seconds: number;
    readonly cost?: number;
  };
}
