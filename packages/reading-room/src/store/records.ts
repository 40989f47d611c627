import type { ViewOrigin } from '@radiolect/dicom';
import type { Finding, Prediction, ReportReading, View, Warp } from '@radiolect/findings';

/** Opening window in counts, from the body's own counts. */
export interface WindowHint {
  readonly lower: number;
  readonly upper: number;
  readonly percentile95: number;
  readonly maximum: number;
}

/** What the model in use did with a study, or why it did nothing. */
export interface StudyReading {
  readonly state: 'read' | 'not-yet-read' | 'no-model' | 'shipped-model-off' | 'not-a-bone-scan' | 'failed';
  readonly model?: string;
  readonly unvalidated: boolean;
  readonly note?: string;
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly metastasis?: number;
  readonly boneScan?: number;
  readonly warps?: Readonly<Partial<Record<View, Warp>>>;
}

/** A finding on a study's list, with what a reader decided about it. */
export interface ListedFinding {
  readonly finding: Finding;
  readonly decision: 'proposed' | 'accepted';
  /** Proposed findings of an unvalidated model stay out of the draft until a reader accepts them. */
  readonly inDraft: boolean;
  readonly edited: boolean;
}

/** The report that came with the study, addenda joined, and what the rule reader reads in it. */
export interface ReportOnFile {
  readonly text: string;
  readonly matchedBy: 'accession-number' | 'patient-and-date' | 'reader';
  readonly reading: ReportReading;
  readonly addendaAt: readonly number[];
}

export type StudyStatus = 'unread' | 'draft' | 'signed' | 'amending';
export type ViewFrom = ViewOrigin | 'reader' | 'unknown';

export interface ImportCounts {
  readonly studiesAdded: number;
  readonly studiesKnown: number;
  readonly reportsAdded: number;
  readonly reportsKnown: number;
  readonly addenda: number;
  readonly byAccession: number;
  readonly proposedByDate: number;
  readonly unmatchedStudies: number;
  readonly unmatchedReports: number;
  /** Of the whole project: reports on file in which the reader understood no statement on any site. */
  readonly notUnderstood: number;
}

/** Where a model came from and what it was trained on, for people. */
export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly origin: 'shipped' | 'trained-here';
  readonly trainedAt?: string;
  readonly recipe?: string;
  readonly trainedOn: string;
  readonly synthetic: boolean;
  readonly scores?: ModelScores;
}

export interface ModelScores {
  readonly n: number;
  readonly meanAuroc?: { readonly value: number; readonly low: number; readonly high: number; readonly sites: number };
  readonly metastasisAuroc?: { readonly value: number; readonly low: number; readonly high: number };
  readonly brier?: number;
}

/** A prediction without its warps is what a reading keeps for show; the warps name places. */
export type KeptPrediction = Pick<Prediction, 'presence' | 'metastasis' | 'boneScan' | 'warps'>;
