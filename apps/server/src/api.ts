/**
 * What the reading room speaks over HTTP: the types of every request and answer. The web application imports this file
 * for its types alone (`import type { … } from '@radiolect/server/api'`).
 *
 * All paths start with `/api`. Bodies are JSON unless said otherwise. Every request carries the cookie that the first
 * visit of the printed address sets; without it the answer is 401. A refusal is `application/problem+json`
 * (`Problem`) and never holds report text or a patient's name. Changing requests must be sent with
 * `content-type: application/json` (an empty object where there is nothing to say) from the page's own origin.
 *
 * Progress is server-sent events: each message is one `JobEvent` as JSON in `data`, the stream ends after `done`,
 * `failed` or `cancelled`, and a client that comes back gets the latest event first.
 */

export type * from './api/drafts.ts';
export type * from './api/imports.ts';
export type * from './api/jobs.ts';
export type * from './api/problem.ts';
export type * from './api/review-queue.ts';
export type * from './api/session.ts';
export type * from './api/study.ts';
export type * from './api/study-requests.ts';
export type * from './api/training.ts';
export type * from './api/worklist.ts';
