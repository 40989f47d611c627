/** Requests on `/api/studies/ID/…`; each answers `StudyDetail` unless said otherwise. */
import type {
  ClinicalPanel,
  FindingAttributes,
  Language,
  Point,
  Presence,
  SignedReport,
  View,
} from '@radiolect/findings';
import type { PlainSentence } from '@radiolect/reports';

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
