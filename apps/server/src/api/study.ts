import type {
  ClinicalPanel,
  DraftReport,
  Finding,
  Language,
  ReportReading,
  SignedReport,
  SiteComparison,
  View,
  Warp,
} from '@radiolect/findings';
import type { ReportComparison } from '@radiolect/reports';
import type { StudyStatus } from './worklist.ts';

/**
 * `GET /api/studies/ID`, and the answer to every request that changes the study, so that the page replaces what it has.
 */
export interface StudyDetail {
  readonly id: string;
  /** Goes up with every change of findings, panel or draft; signing names the one that was seen. */
  readonly revision: number;
  readonly status: StudyStatus;
  readonly accessionNumber?: string;
  readonly patientId?: string;
  readonly patientName?: string;
  readonly patientSex?: string;
  readonly patientBirthDate?: string;
  readonly studyDate?: string;
  readonly studyTime?: string;
  readonly description?: string;
  readonly radiopharmaceutical?: string;
  readonly synthetic: boolean;
  readonly views: readonly StudyView[];
  /** Earlier studies of the same patient, the latest first. */
  readonly priors: readonly PriorStudy[];
  readonly panel: ClinicalPanel;
  readonly reading: ModelReading;
  readonly findings: readonly ListedFinding[];
  /** Absent until there is something to draft from. */
  readonly draft?: DraftReport;
  /** The draft as plain text, headings included. */
  readonly draftText?: string;
  readonly reportOnFile?: ReportOnFile;
  /** Findings on the list (first) against the report on file (second), site by site. Empty where either is missing. */
  readonly comparison: readonly SiteComparison[];
  /** The same as marks on both texts and on the body map; absent where draft or report on file is missing. */
  readonly marks?: ReportComparison;
  readonly checks: readonly Check[];
  /** Signed versions, the latest first. */
  readonly versions: readonly SignedReport[];
  /** While amending: why. */
  readonly amendReason?: string;
}

export interface StudyView {
  /** "anterior", "posterior", or "unknown-1", "unknown-2" where nothing says which; part of the URLs. */
  readonly key: string;
  readonly view?: View;
  /** What told the view; `classifier` and `unknown` should be shown to the reader, who can set it. */
  readonly viewFrom:
    | 'code'
    | 'private-tag'
    | 'description'
    | 'file-name'
    | 'layout'
    | 'classifier'
    | 'reader'
    | 'unknown';
  readonly rows: number;
  readonly columns: number;
  /** Millimetres between rows, between columns. */
  readonly pixelSpacing?: readonly [number, number];
  /** Raw counts: `rows × columns` unsigned 16-bit integers, little-endian, row by row from the top left. */
  readonly countsUrl: string;
  readonly window: WindowHint;
  /** Sum of counts inside the body; scale a prior by the ratio of the two to compare them. */
  readonly bodyCounts: number;
  /** Atlas to picture, once a model or the warp estimate has read the study. */
  readonly warp?: Warp;
}

/** Opening window in counts: from 0 to `upper`, about 3 times the 95th percentile inside the body. */
export interface WindowHint {
  readonly lower: number;
  readonly upper: number;
  readonly percentile95: number;
  /** The largest count, for the end of the slider; never the opening window. */
  readonly maximum: number;
}

export interface PriorStudy {
  readonly id: string;
  readonly studyDate?: string;
  readonly accessionNumber?: string;
  readonly description?: string;
  readonly views: readonly StudyView[];
  /** What is known of it: signed findings, else those of its report on file. */
  readonly findings: readonly Finding[];
  readonly findingsFrom: 'signed' | 'report' | 'none';
}

/** What the model in use did with this study, or why it did not. */
export interface ModelReading {
  readonly state:
    | 'read'
    | 'not-yet-read'
    /** No model at all: findings come from the reader and the report on file. */
    | 'no-model'
    /** A real study, and nobody has switched the shipped model on for this project. */
    | 'shipped-model-off'
    /** The picture is not a whole-body bone scan. */
    | 'not-a-bone-scan'
    | 'failed';
  readonly model?: string;
  /** "trained on synthetic scans, unvalidated": show it with every finding that is still proposed. */
  readonly unvalidated: boolean;
  /** In words for the reader; holds no patient text. */
  readonly note?: string;
  /** Calibrated probability by site, 0 to 1. */
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly metastasis?: number;
  readonly boneScan?: number;
}

/**
 * A finding on the study's list. `proposed` findings of an unvalidated model stay out of the draft until accepted;
 * all others are in it.
 */
export interface ListedFinding {
  readonly finding: Finding;
  readonly decision: 'proposed' | 'accepted';
  readonly inDraft: boolean;
  /** A reader changed it after the model or the report proposed it. */
  readonly edited: boolean;
  /** Heat map of the site, where the model in use can make one; see `GET …/heat-map/SITE/VIEW`. */
  readonly heatMapUrls: Readonly<Partial<Record<View, string>>>;
}

export interface ReportOnFile {
  readonly text: string;
  readonly language: ReportReading['language'];
  readonly matchedBy: 'accession-number' | 'patient-and-date' | 'reader';
  /** What the rule reader reads in it; evidence offsets are into `text`, in UTF-16 code units. */
  readonly reading: ReportReading;
  /** Addenda are part of `text`; this is where each begins. */
  readonly addendaAt: readonly number[];
}

/** Something to look at before signing. */
export interface Check {
  readonly code: string;
  /** `stop` keeps from signing unless the reader signs despite the checks; `warn` should be looked at. */
  readonly level: 'stop' | 'warn';
  /** In the draft's language; `messages` has it in all three. */
  readonly message: string;
  readonly messages: Readonly<Record<Language, string>>;
  readonly sentences: readonly string[];
  readonly findings: readonly string[];
  readonly sites: readonly string[];
  /** The words it rests on, at their place in `draftText` (UTF-16 code units). */
  readonly evidence?: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}
