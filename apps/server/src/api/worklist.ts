/**
 * `unread`: no findings and no draft yet; `draft`: findings proposed or edited, nothing signed; `signed`: the last
 * version stands; `amending`: signed and opened again.
 */
export type StudyStatus = 'unread' | 'draft' | 'signed' | 'amending';

/** `GET /api/studies?search=&status=&disagree=1&priors=1&report=with|without&from=YYYYMMDD&to=YYYYMMDD&limit=&offset=` */
export interface WorklistQuery {
  /** Part of accession number, patient id or patient name, any case. */
  readonly search?: string;
  readonly status?: StudyStatus;
  /** "1": only studies where picture and report on file disagree. */
  readonly disagree?: '1';
  /** "1": only studies with a prior. */
  readonly priors?: '1';
  readonly report?: 'with' | 'without';
  /** DICOM dates, both included. */
  readonly from?: string;
  readonly to?: string;
  /** 1 to 500, default 100. */
  readonly limit?: string;
  readonly offset?: string;
}

export interface Worklist {
  readonly rows: readonly WorklistRow[];
  /** Studies that the filter matches, before limit and offset. */
  readonly total: number;
  /** Over all studies of the project, whatever the filter. */
  readonly counts: {
    readonly all: number;
    readonly unread: number;
    readonly draft: number;
    readonly signed: number;
    readonly amending: number;
    readonly disagree: number;
    readonly withoutReport: number;
    /** Reports that belong to no study; listed by `GET /api/matches`. */
    readonly unmatchedReports: number;
    /** Matches by patient and date that wait for a person. */
    readonly proposedMatches: number;
  };
}

export interface WorklistRow {
  readonly id: string;
  readonly accessionNumber?: string;
  readonly patientId?: string;
  /** Absent in a pseudonymised project and in pictures without a header. */
  readonly patientName?: string;
  /** DICOM date YYYYMMDD, and time of day HHMMSS. */
  readonly studyDate?: string;
  readonly studyTime?: string;
  readonly description?: string;
  /** Synthetic Data (0008,001C) is YES. */
  readonly synthetic: boolean;
  readonly status: StudyStatus;
  readonly priorCount: number;
  readonly hasReport: boolean;
  /** Sites where picture and report on file contradict each other; 0 where either is missing. */
  readonly disagreements: number;
  /** Present findings now on the list, proposed ones included. */
  readonly presentCount: number;
  readonly signedBy?: string;
  readonly signedAt?: string;
}
