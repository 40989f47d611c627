/**
 * What the reading room speaks over HTTP: the types of every request and answer. The web application imports this file
 * for its types alone (`import type { … } from '@radiolect/server/api'`).
 *
 * All paths start with `/api`. Bodies are JSON unless said otherwise. Every request carries the cookie that the first
 * visit of the printed address sets; without it the answer is 401. A refusal is `application/problem+json`
 * ({@link Problem}) and never holds report text or a patient's name. Changing requests must be sent with
 * `content-type: application/json` (an empty object where there is nothing to say) from the page's own origin.
 *
 * Progress is server-sent events: each message is one {@link JobEvent} as JSON in `data`, the stream ends after `done`,
 * `failed` or `cancelled`, and a client that comes back gets the latest event first.
 */
import type {
  AnatomicSite,
  Atlas,
  ClinicalPanel,
  DraftReport,
  Finding,
  FindingAttributes,
  Language,
  Point,
  Presence,
  ReportReading,
  SignedReport,
  SiteComparison,
  SiteLabel,
  View,
  Warp,
} from '@radiolect/findings';
import type { PlainSentence, ProposedSentence, ReportComparison, WrittenDraft } from '@radiolect/reports';

/** RFC 9457. `rule` says what was broken, `fix` what to do about it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly rule?: string;
  readonly fix?: string;
}

// ── Session, settings, pack ──────────────────────────────────────────────────────────────────────────────────────────

/** `GET /api/session`. `PUT /api/session/reader` with {@link ReaderName} answers the same. */
export interface Session {
  /** The name that was typed once; nobody has checked it. Absent until it is typed; signing needs it. */
  readonly reader?: string;
  readonly version: string;
  readonly pack: string;
  readonly settings: Settings;
  /**
   * Lines to show on every page: a language model of the configuration is not on this computer, and may receive the
   * text of reports. Left out where there are none.
   */
  readonly banners?: readonly string[];
}

export interface ReaderName {
  readonly name: string;
}

/** `GET /api/settings`, `PUT /api/settings` with any part of it. */
export interface Settings {
  /** Language of new drafts. */
  readonly draftLanguage: Language;
  /** Language of the interface; the page may also keep its own. */
  readonly interfaceLanguage: Language;
  /** Whether language models may draft; off until somebody switches it on. */
  readonly languageModelDrafts: boolean;
}

/** `GET /api/pack`. The atlas is undefined where the pack has none. */
export interface PackAnswer {
  readonly name: string;
  readonly version: string;
  readonly sites: readonly AnatomicSite[];
  readonly atlas?: Atlas;
}

/** `GET /api/packs`: every pack that a report can be read with, the reading room's own first. */
export interface PackList {
  readonly packs: readonly string[];
}

/**
 * `GET /api/packs/NAME/files`: a pack as its files (path inside the pack → text), for `parsePack`, so that a report can
 * be read in the browser. `mean-picture.json` stays out: no text is read with it.
 */
export interface PackFiles {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

// ── Worklist ─────────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── One study ────────────────────────────────────────────────────────────────────────────────────────────────────────

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

// Requests on `/api/studies/ID/…`; each answers StudyDetail unless said otherwise.

/** `POST findings`: by site (body map), or by an outline on the scan whose site is named through the warp. */
export interface AddFinding extends FindingAttributes {
  /** Needed unless `outline` is given. With both, the outline is evidence and the site is the reader's choice. */
  readonly site?: string;
  readonly part?: string;
  /** Default present. */
  readonly presence?: Presence;
  /** In pixels of the view's frame. */
  readonly outline?: { readonly view: View; readonly polygon: readonly Point[] };
}

/**
 * `POST findings/from-report` with `{}`: what the report on file says of sites that are not on the list yet comes on the
 * list as proposed. With no model in use this is where a list starts.
 */
export type TakeFromReport = Readonly<Record<string, never>>;

/** `POST sites-at`: which sites hold a point of the picture, smallest first. Answers {@link SitesAtAnswer}. */
export interface SitesAt {
  readonly view: View;
  readonly point: Point;
}
export interface SitesAtAnswer {
  readonly sites: readonly string[];
}

/** `PATCH findings/FINDING`. `null` takes an attribute away; what is left out stays. The result counts as accepted. */
export interface EditFinding {
  readonly site?: string;
  readonly part?: string | null;
  readonly presence?: Presence;
  readonly nature?: FindingAttributes['nature'] | null;
  readonly likelihood?: FindingAttributes['likelihood'] | null;
  readonly change?: FindingAttributes['change'] | null;
  readonly uptake?: FindingAttributes['uptake'] | null;
  readonly intensity?: FindingAttributes['intensity'] | null;
}

/**
 * `POST findings/FINDING/accept`: the reader agrees. `POST findings/FINDING/reject`: the reader denies it, it becomes
 * absent. `DELETE findings/FINDING`: taken off the list, the site is unmentioned. `POST findings/accept-all`: every
 * proposed finding. Bodies are `{}`.
 */
export type FindingAct = Readonly<Record<string, never>>;

/** `PUT panel`. Replaces the panel; the draft is made anew. */
export type PutPanel = ClinicalPanel;

/** `POST draft`: made anew from the findings; sentences that a reader typed or edited are kept only with `keepEdits`. */
export interface Redraft {
  readonly language: Language;
  readonly keepEdits?: boolean;
}

/** `PUT draft/sentences/SENTENCE`. It becomes a reader's sentence; what it states is kept for the reader to see. */
export interface EditSentence {
  readonly text: string;
}

/** `POST draft/sentences`. */
export interface AddSentence {
  readonly section: 'findings' | 'impression';
  readonly text: string;
  /** Sentence to stand after; at the end of the section where it is left out. */
  readonly after?: string;
}

/** `DELETE draft/sentences/SENTENCE`, `POST draft/sentences/SENTENCE/confirm`: bodies are `{}`. */
export type SentenceAct = Readonly<Record<string, never>>;

/** `PUT views/KEY`: the reader says which view a picture is, or that it is mirrored left to right. */
export interface SetView {
  readonly view: View;
}

/** `POST read`: reads the study (again) with the model in use; findings that a reader decided on are kept. */
export type ReadAgain = Readonly<Record<string, never>>;

/** `POST sign`. 409 where the revision is not the latest; 422 where a check stops it or no reader name is set. */
export interface Sign {
  readonly revision: number;
  /** The reader has seen the checks and signs all the same. Typed sentences that nobody confirmed stop it even so. */
  readonly despiteChecks?: boolean;
}

/** `POST amend`: opens a signed report again; the next signing makes the new version. `POST amend/cancel` takes it back. */
export interface Amend {
  readonly reason: string;
}

/**
 * `GET export?format=text|json&version=N`: the signed version (the latest where N is left out), as `text/plain` or
 * {@link ExportedReport}; 404 where nothing is signed.
 */
export interface ExportedReport {
  readonly study: {
    readonly accessionNumber?: string;
    readonly patientId?: string;
    readonly studyDate?: string;
    readonly studyInstanceUid?: string;
  };
  readonly report: SignedReport;
}

/**
 * `GET patient-version?language=en|zh-Hant|zh-Hans`: the latest signed version in plain words (language of new drafts
 * where it is left out); 404 where nothing is signed.
 */
export interface PatientVersion {
  readonly language: Language;
  /** Of the signed report that is explained. */
  readonly version: number;
  readonly signedAt: string;
  /** Each with the ids of the findings that it states and the sites to colour; `framing` ones state none. */
  readonly sentences: readonly PlainSentence[];
  /** The sentences as paragraphs. */
  readonly text: string;
}

/**
 * `GET heat-map/SITE/VIEW?format=png` is a transparent PNG, hot where the model looked, to lay over the view;
 * `?format=raw` is `rows × columns` 32-bit floats, little-endian, 0 to 1, sizes in `x-rows` and `x-columns`.
 * 404 where no model has read the study.
 */
export type HeatMapFormat = 'png' | 'raw';

// ── Language models and drafts side by side ─────────────────────────────────────────────────────────────────────────

/** `GET /api/language-models`: those that the data folder's configuration names; keys and paths stay out of it. */
export interface LanguageModelList {
  readonly models: readonly LanguageModelCard[];
  /** Why the configuration cannot be read, where it cannot. */
  readonly problem?: { readonly rule: string; readonly fix: string };
}

export interface LanguageModelCard {
  readonly name: string;
  readonly seesImages: boolean;
  readonly leavesComputer: boolean;
  /** To be shown wherever the model may be used: report text leaves this computer. */
  readonly banner?: string;
  /** What `radiolect audit-drafter` measured on synthetic studies; absent where it was never run. */
  readonly audit?: {
    readonly studies: number;
    readonly sentences: { readonly proposed: number; readonly replaced: number };
    readonly verdicts: readonly { readonly code: string; readonly caught: boolean; readonly figure: string }[];
    /** Suggested sites that were in the picture. Shares are 0 to 1, null where nothing was counted. */
    readonly suggestions: {
      readonly right: number;
      readonly n: number;
      readonly share: { readonly value: number | null; readonly low: number | null; readonly high: number | null };
    };
  };
}

/** `GET /api/studies/ID/drafts`: drafts kept beside the study's own, those by rules first. */
export interface KeptDrafts {
  readonly drafts: readonly KeptDraft[];
}

export interface KeptDraft {
  readonly writer: string;
  readonly variant: number;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  readonly written: WrittenDraft;
  /** The findings have changed since: it can be looked at, not taken. */
  readonly stale: boolean;
}

/** `POST /api/studies/ID/drafts`. Answers {@link JobStarted}; its progress carries {@link DraftUnderWay}s. */
export interface WriteDrafts {
  /** "rules" or names of language models. */
  readonly writers: readonly string[];
  /** Wordings per language model, 1 to 5; default 1. */
  readonly variants?: number;
  readonly language?: Language;
}

export interface DraftUnderWay {
  readonly writer: string;
  readonly variant: number;
  readonly state: 'writing' | 'written' | 'failed';
  /** While it is being written: as the model ends them, unchecked. */
  readonly sentences: readonly ProposedSentence[];
  readonly problem?: Problem;
}

/** `POST /api/studies/ID/drafts/take`: a kept draft becomes the study's. 409 where it is stale. */
export interface TakeDraft {
  readonly writer: string;
  readonly variant: number;
}

// ── Review queue: two readings of one report ────────────────────────────────────────────────────────────────────────

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

// ── Import and matches ───────────────────────────────────────────────────────────────────────────────────────────────

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

// ── Model and training ───────────────────────────────────────────────────────────────────────────────────────────────

/** `GET /api/model`. */
export interface ModelPage {
  readonly dataset: DatasetFigures;
  readonly models: readonly ModelCard[];
  /** The one that reads new studies; absent where there is none. */
  readonly inUse?: string;
  /** The one before it, for "go back". */
  readonly previous?: string;
  /** A person has switched the shipped model on for studies that are not synthetic. */
  readonly shippedOnForRealStudies: boolean;
  readonly recipes: readonly RecipeCard[];
  /** The training that runs or was interrupted, if any. */
  readonly training?: TrainingState;
}

export interface DatasetFigures {
  readonly studies: number;
  readonly syntheticStudies: number;
  readonly patients: number;
  readonly withReport: number;
  readonly withSignedFindings: number;
  /** Studies with labels from either; what training would use. */
  readonly usable: number;
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  /** Why training cannot start, in words; absent where it can. */
  readonly tooFew?: string;
  readonly perSite: readonly {
    readonly site: string;
    readonly present: number;
    readonly absent: number;
    readonly uncertain: number;
    readonly unmentioned: number;
  }[];
}

export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly origin: 'shipped' | 'trained-here';
  readonly trainedAt?: string;
  readonly recipe?: string;
  /** What it was trained on, in words. */
  readonly trainedOn: string;
  readonly synthetic: boolean;
  /** On the test split of this archive, where it was measured. */
  readonly scores?: ModelScores;
}

export interface ModelScores {
  readonly n: number;
  readonly meanAuroc?: { readonly value: number; readonly low: number; readonly high: number; readonly sites: number };
  readonly metastasisAuroc?: { readonly value: number; readonly low: number; readonly high: number };
  readonly brier?: number;
}

export interface RecipeCard {
  readonly name: string;
  readonly description: string;
  /** For this archive on this computer, from measured images per second; absent before anything was measured. */
  readonly estimatedHours?: number;
}

export interface TrainingState {
  readonly jobId: string;
  readonly recipe: string;
  readonly state: 'running' | 'interrupted' | 'cancelled' | 'done' | 'failed';
  readonly progress?: TrainingProgress;
  readonly problem?: Problem;
}

export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly imagesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** `POST /api/training`. Answers {@link JobStarted}; 409 where one runs. */
export interface StartTraining {
  readonly recipe: string;
}

/** `POST /api/training/JOB/resume` after an interruption or a cancel; answers {@link JobStarted}. */
export type ResumeTraining = Readonly<Record<string, never>>;

/** `POST /api/model/compare`: both on the test split of this archive; answers {@link ModelComparison}. */
export interface CompareModels {
  readonly first: string;
  readonly second: string;
}
export interface ModelComparison {
  readonly n: number;
  readonly first: ModelScores;
  readonly second: ModelScores;
}

/** `POST /api/model/use`; `POST /api/model/back` with `{}`. Both answer {@link ModelPage}; unread studies are read anew. */
export interface UseModel {
  readonly model: string;
}

/** `PUT /api/model/shipped-on-real-studies`; answers {@link ModelPage}. */
export interface SwitchShippedModel {
  readonly on: boolean;
}

// ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

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
