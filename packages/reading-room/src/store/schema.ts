import type { ClinicalPanel, DraftReport, SignedReport, SiteLabel } from '@radiolect/findings';
import type { WrittenDraft } from '@radiolect/reports';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ReportColumns } from '../report-files/report-columns.ts';
import type {
  ImportCounts,
  ListedFinding,
  ModelCard,
  ReportOnFile,
  StudyReading,
  StudyStatus,
  ViewFrom,
  WindowHint,
} from './records.ts';

// The tables as `drizzle/*.sql` makes them; constraints and triggers stand there only.

const id = () => uuid().primaryKey().default(sql`gen_random_uuid()`);
const instant = () => timestamp({ withTimezone: true });
export type RunState = 'running' | 'done' | 'cancelled' | 'interrupted' | 'failed';

export const setting = pgTable('setting', { key: text().primaryKey(), value: jsonb().$type<unknown>().notNull() });

export const importRun = pgTable('import_run', {
  id: id(),
  startedAt: instant().notNull(),
  finishedAt: instant(),
  state: text().$type<RunState>().notNull(),
  processId: integer().notNull(),
  processBirth: text().notNull(),
  counts: jsonb().$type<ImportCounts>().notNull(),
  columnsNeeded: jsonb().$type<{ file: string; headings: readonly string[] }[]>().notNull().default([]),
});

export const refusal = pgTable('refusal', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  importId: uuid().notNull(),
  file: text().notNull(),
  rowNumber: integer(),
  rule: text().notNull(),
  fix: text().notNull(),
});

export const study = pgTable('study', {
  id: id(),
  studyInstanceUid: text().notNull(),
  accessionNumber: text(),
  patientId: text(),
  patientName: text(),
  patientSex: text(),
  patientBirthDate: text(),
  studyDate: text(),
  studyTime: text(),
  description: text(),
  radiopharmaceutical: text(),
  fileStem: text(),
  synthetic: boolean().notNull().default(false),
  status: text().$type<StudyStatus>().notNull().default('unread'),
  revision: integer().notNull().default(0),
  panel: jsonb().$type<ClinicalPanel>().notNull().default({}),
  reading: jsonb().$type<StudyReading>().notNull(),
  findings: jsonb().$type<readonly ListedFinding[]>().notNull().default([]),
  decidedSites: jsonb().$type<readonly string[]>().notNull().default([]),
  draft: jsonb().$type<DraftReport>(),
  reportOnFile: jsonb().$type<ReportOnFile>(),
  amendReason: text(),
  disagreements: integer().notNull().default(0),
  presentCount: integer().notNull().default(0),
  importedAt: instant().notNull(),
});
export type StudyRecord = typeof study.$inferSelect;

export const instance = pgTable('instance', {
  sopInstanceUid: text().primaryKey(),
  studyId: uuid().notNull(),
  path: text(),
  copyBlob: text(),
});

export const studyView = pgTable(
  'study_view',
  {
    studyId: uuid().notNull(),
    key: text().notNull(),
    view: text().$type<'anterior' | 'posterior'>(),
    viewFrom: text().$type<ViewFrom>().notNull(),
    rowCount: integer().notNull(),
    columnCount: integer().notNull(),
    pixelSpacing: jsonb().$type<readonly [number, number]>(),
    countsBlob: text().notNull(),
    windowHint: jsonb().$type<WindowHint>().notNull(),
    bodyCounts: doublePrecision().notNull(),
  },
  (table) => [primaryKey({ columns: [table.studyId, table.key] })],
);
export type StudyViewRecord = typeof studyView.$inferSelect;

export const report = pgTable('report', {
  id: id(),
  arrival: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  fingerprint: text().notNull(),
  sourceId: text().notNull(),
  accessionNumber: text(),
  patientId: text(),
  studyDate: text(),
  text: text().notNull(),
  studyId: uuid(),
  matchedBy: text().$type<ReportOnFile['matchedBy']>(),
});
export type ReportRecord = typeof report.$inferSelect;

export const matchProposal = pgTable('match_proposal', {
  id: id(),
  reportId: uuid().notNull(),
  studyId: uuid().notNull(),
  daysApart: integer().notNull(),
  state: text().$type<'open' | 'confirmed' | 'dismissed'>().notNull().default('open'),
});

export const signedReport = pgTable('signed_report', {
  id: id(),
  studyId: uuid().notNull(),
  version: integer().notNull(),
  signedAt: instant().notNull(),
  content: jsonb().$type<SignedReport>().notNull(),
});

export const model = pgTable('model', {
  id: text().primaryKey(),
  folder: text().notNull(),
  card: jsonb().$type<ModelCard>().notNull(),
  addedAt: instant().notNull(),
});

export const job = pgTable('job', {
  id: id(),
  kind: text().$type<'training'>().notNull(),
  state: text().$type<RunState>().notNull(),
  processId: integer().notNull(),
  processBirth: text().notNull(),
  details: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
  progress: jsonb().$type<unknown>(),
  problem: jsonb().$type<{ readonly rule: string; readonly fix: string }>(),
  startedAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

export const writtenDraft = pgTable(
  'written_draft',
  {
    studyId: uuid().notNull(),
    writer: text().notNull(),
    variant: integer().notNull(),
    findingsKey: text().notNull(),
    writtenAt: instant().notNull(),
    content: jsonb().$type<WrittenDraft>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.studyId, table.writer, table.variant] })],
);
export type WrittenDraftRecord = typeof writtenDraft.$inferSelect;

export const reviewItem = pgTable('review_item', {
  id: id(),
  reportId: uuid().notNull(),
  site: text().notNull(),
  differs: text().$type<'presence' | 'attributes'>().notNull(),
  model: text().notNull(),
  rulesLabel: jsonb().$type<SiteLabel>(),
  modelLabel: jsonb().$type<SiteLabel>(),
  state: text().$type<'open' | 'resolved'>().notNull().default('open'),
  revision: integer().notNull().default(0),
  taken: text().$type<'rules' | 'model' | 'own'>(),
  label: jsonb().$type<SiteLabel>(),
  resolvedBy: text(),
  resolvedAt: instant(),
  addedAt: instant().notNull(),
});
export type ReviewItemRecord = typeof reviewItem.$inferSelect;

export const columnMapping = pgTable('column_mapping', {
  headingsKey: text().primaryKey(),
  columns: jsonb().$type<ReportColumns>().notNull(),
});
