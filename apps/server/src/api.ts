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

export type {
  DraftUnderWay,
  KeptDraft,
  KeptDrafts,
  LanguageModelCard,
  LanguageModelList,
  TakeDraft,
  WriteDrafts,
} from './api/drafts.ts';
export type {
  DecideMatch,
  ImportSummary,
  Matches,
  MatchProposal,
  Refusal,
  ReportColumns,
  StartImport,
  UnmatchedReport,
} from './api/imports.ts';
export type { JobEvent, JobStarted } from './api/jobs.ts';
export type { Problem } from './api/problem.ts';
export type {
  FillReviewQueue,
  ResolveReviewItem,
  ReviewCounts,
  ReviewFilling,
  ReviewItem,
  ReviewItemPage,
  ReviewQueue,
} from './api/review-queue.ts';
export type { PackAnswer, PackFiles, PackList, ReaderName, Session, Settings } from './api/session.ts';
export type {
  Check,
  ListedFinding,
  ModelReading,
  PriorStudy,
  ReportOnFile,
  StudyDetail,
  StudyView,
  WindowHint,
} from './api/study.ts';
export type {
  AddFinding,
  AddSentence,
  Amend,
  EditFinding,
  EditSentence,
  ExportedReport,
  FindingAct,
  HeatMapFormat,
  PatientVersion,
  PutPanel,
  ReadAgain,
  Redraft,
  SentenceAct,
  SetView,
  Sign,
  SitesAt,
  SitesAtAnswer,
  TakeFromReport,
} from './api/study-requests.ts';
export type {
  CompareModels,
  DatasetFigures,
  ModelCard,
  ModelComparison,
  ModelPage,
  ModelScores,
  RecipeCard,
  ResumeTraining,
  StartTraining,
  SwitchShippedModel,
  TrainingProgress,
  TrainingState,
  UseModel,
} from './api/training.ts';
export type { StudyStatus, Worklist, WorklistQuery, WorklistRow } from './api/worklist.ts';
