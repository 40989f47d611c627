import type { Warp } from './atlas.ts';
import type { Point, TextEvidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type {
  Change,
  ImpressionClass,
  Intensity,
  Language,
  Likelihood,
  Nature,
  Presence,
  Uptake,
  View,
} from './vocabulary.ts';

/** A report as text, before any interpretation. */
export interface ReportText {
  readonly id: string;
  readonly text: string;
  readonly accessionNumber?: string;
  readonly patientId?: string;
  /** DICOM date, YYYYMMDD. */
  readonly studyDate?: string;
}

/** A statement about a region that names no site: "multiple left ribs". */
export interface RegionalStatement {
  readonly region: string;
  readonly side?: 'right' | 'left';
  readonly evidence: TextEvidence;
}

/** Uptake outside bone, physiological included: kidneys, bladder, thyroid, injection site, … */
export interface ExtraosseousStatement {
  readonly what: string;
  readonly evidence: TextEvidence;
}

/** Something a person should look at: a missing side, a contradiction between findings and impression. */
export interface ReadingWarning {
  readonly code: string;
  readonly subject?: string;
  readonly evidence: readonly TextEvidence[];
}

/** A cause that the report denies ("no evidence of metastases"): it labels no site (guideline, rule 4). */
export interface DeniedCause {
  readonly nature: Nature;
  readonly evidence: TextEvidence;
}

/** What a reader made of one report text. */
export interface ReportReading {
  readonly language: Language | 'mixed' | 'unknown';
  readonly findings: readonly Finding[];
  readonly regional: readonly RegionalStatement[];
  readonly extraosseous: readonly ExtraosseousStatement[];
  readonly warnings: readonly ReadingWarning[];
  readonly impressionClass: ImpressionClass;
  /** Left out by readers that do not look for them. */
  readonly deniedCauses?: readonly DeniedCause[];
}

/** The label of one site as `radiolect label` writes it; a site that is not mentioned has no entry. */
export interface SiteLabel {
  readonly state: Presence;
  readonly nature?: Nature;
  readonly likelihood?: Likelihood;
  readonly change?: Change;
  readonly uptake?: Uptake;
  readonly intensity?: Intensity;
  readonly evidence?: { readonly start: number; readonly end: number; readonly text: string };
}

/** What a model says of one study. Probabilities are calibrated, 0 to 1; thresholds are not applied here. */
export interface Prediction {
  readonly model: string;
  /** By position id. */
  readonly presence: Readonly<Record<string, number>>;
  /** By position id, then nature; each sums to 1 over the natures the model knows. */
  readonly nature: Readonly<Record<string, Readonly<Partial<Record<Nature, number>>>>>;
  /** That the study shows bone metastasis. */
  readonly metastasis: number;
  /** That the picture is a whole-body bone scan at all. */
  readonly boneScan: number;
  /** The estimated warp per view that was read. */
  readonly warps: Readonly<Partial<Record<View, Warp>>>;
}

/** A sentence of a draft with the ids of all findings it states; a summary negative lists all that it covers. */
export interface DraftSentence {
  readonly id: string;
  readonly section: 'findings' | 'impression';
  readonly text: string;
  readonly states: readonly string[];
  /** `reader` for a sentence that a person typed: it may stand uncited, is shown so, and needs a confirmation to sign. */
  readonly origin: 'rules' | 'reader' | 'language-model';
  readonly confirmed?: boolean;
}

/** Lines that cite study attributes instead of findings. */
export interface DraftHeader {
  readonly indication?: string;
  readonly technique?: string;
  readonly comparison?: string;
}

export interface DraftReport {
  readonly language: Language;
  readonly header: DraftHeader;
  readonly sentences: readonly DraftSentence[];
}

/** A frozen version of a report. A later version names the one it replaces. */
export interface SignedReport {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly draft: DraftReport;
  readonly author: { readonly name: string; readonly authenticated: boolean };
  /** ISO 8601, UTC. */
  readonly signedAt: string;
  readonly previousVersion?: number;
  readonly reason?: string;
}

/** One lesion or other abnormality in a synthetic picture, with its outline per view in pixels of the frame. */
export interface TruthFinding {
  readonly site: string;
  readonly nature: Nature;
  readonly uptake: Uptake;
  readonly intensity: Intensity;
  readonly views: Readonly<Partial<Record<View, { readonly polygon: readonly Point[] }>>>;
}

/** A line of `truth.jsonl`: what is in the picture, what the text states, and what it leaves out, kept apart. */
export interface StudyTruth {
  readonly accessionNumber: string;
  readonly image: {
    readonly findings: readonly TruthFinding[];
    /** Outlines of every site per view, in pixels of the frame. */
    readonly sites: Readonly<Record<string, Readonly<Partial<Record<View, readonly (readonly Point[])[]>>>>>;
    readonly warp: Readonly<Record<View, Warp>>;
    readonly metastasis: boolean;
    readonly distractors: readonly string[];
  };
  readonly stated: Readonly<Record<string, SiteLabel>>;
  readonly omitted: readonly string[];
}

/** What a person knows of the patient beside the picture; feeds the draft. */
export interface ClinicalPanel {
  readonly question?: string;
  readonly primaryTumour?: string;
  /** Name to value with unit, for example `{ PSA: "14.2 ng/mL" }`. */
  readonly laboratory?: Readonly<Record<string, string>>;
  readonly trauma?: string;
  readonly surgery?: string;
  /** DICOM date of the prior study, YYYYMMDD. */
  readonly priorDate?: string;
}
