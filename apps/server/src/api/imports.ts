import type { JobStarted } from './jobs.ts';

/** `POST /api/imports`. Answers {@link JobStarted}; its `done` event carries an {@link ImportSummary}. */
export interface StartImport {
  /** Files or folders on the computer that serves. */
  readonly paths: readonly string[];
  /** Keep copies of the originals in the data folder. */
  readonly copy?: boolean;
  /** Replace patient and accession numbers by keyed pseudonyms and leave names and birth dates out. */
  readonly pseudonymise?: boolean;
  /** Which column holds what; remembered for tables with the same headings. */
  readonly columns?: ReportColumns;
}

export interface ReportColumns {
  readonly text: string;
  readonly id?: string;
  readonly accession?: string;
  readonly patient?: string;
  readonly date?: string;
}

/** `GET /api/imports` answers the list, the latest first. */
export interface ImportSummary {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'interrupted' | 'failed';
  readonly studies: { readonly added: number; readonly known: number };
  readonly reports: {
    readonly added: number;
    readonly known: number;
    readonly addenda: number;
    /** Of the whole project: reports on file in which no statement on any site was understood. */
    readonly notUnderstood: number;
  };
  readonly matched: { readonly byAccession: number; readonly proposedByDate: number };
  readonly unmatched: { readonly studies: number; readonly reports: number };
  readonly refusals: readonly Refusal[];
  /** Tables whose columns nobody has named: send the import again with `columns`. */
  readonly columnsNeeded: readonly { readonly file: string; readonly headings: readonly string[] }[];
}

/** Something that was not taken in: which file or row, the rule it breaks, and what to do. */
export interface Refusal {
  readonly file: string;
  readonly row?: number;
  readonly rule: string;
  readonly fix: string;
}

/** `GET /api/matches`. */
export interface Matches {
  readonly proposals: readonly MatchProposal[];
  readonly reportsWithoutStudy: readonly UnmatchedReport[];
  readonly studiesWithoutReport: readonly {
    readonly id: string;
    readonly accessionNumber?: string;
    readonly studyDate?: string;
  }[];
}

/** Same patient, close dates, no common accession number. `POST /api/matches/ID` with {@link DecideMatch} answers Matches. */
export interface MatchProposal {
  readonly id: string;
  readonly report: UnmatchedReport;
  readonly study: {
    readonly id: string;
    readonly accessionNumber?: string;
    readonly patientId?: string;
    readonly studyDate?: string;
  };
  readonly daysApart: number;
}

export interface UnmatchedReport {
  readonly id: string;
  readonly accessionNumber?: string;
  readonly patientId?: string;
  readonly studyDate?: string;
  /** The first 160 characters. */
  readonly opening: string;
}

export interface DecideMatch {
  readonly decision: 'confirm' | 'dismiss';
}
