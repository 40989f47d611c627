import type { DraftUnderWay } from './drafts.ts';
import type { ImportSummary } from './imports.ts';
import type { Problem } from './problem.ts';
import type { ReviewFilling } from './review-queue.ts';
import type { ModelCard, TrainingProgress } from './training.ts';

export interface JobStarted {
  readonly jobId: string;
  /** Server-sent events: `GET /api/jobs/JOB/events`. `POST /api/jobs/JOB/cancel` with `{}` stops the job. */
  readonly eventsUrl: string;
}

export type JobEvent =
  | {
      readonly kind: 'progress';
      /** "files", "reports", "matching", "reading", "training", … */
      readonly stage: string;
      readonly done: number;
      /** Absent while the total is not known. */
      readonly total?: number;
      readonly training?: TrainingProgress;
      readonly drafts?: readonly DraftUnderWay[];
    }
  | {
      readonly kind: 'done';
      readonly import?: ImportSummary;
      readonly model?: ModelCard;
      readonly review?: ReviewFilling;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem };
