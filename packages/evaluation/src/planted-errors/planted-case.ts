import type { AnatomicSite, Presence, SiteLabel } from '@radiolect/findings';

export const plantedKinds = [
  'negation-flip',
  'side-swap',
  'level-shift',
  'number',
  'unit',
  'omission',
  'findings-against-impression',
] as const;
export type PlantedKind = (typeof plantedKinds)[number];

/** A report with its labels by hand, as a line of a labelled set holds it. `evidence` is the exact wording. */
export interface PlantableReport {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  readonly labels: Readonly<Record<string, Omit<SiteLabel, 'evidence'> & { readonly evidence?: string | undefined }>>;
  readonly regional: readonly { readonly region: string; readonly side?: string | undefined }[];
  /** "side-missing: knee". */
  readonly warnings: readonly string[];
  readonly globalEvidence?: string | undefined;
  readonly impressionClass: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is known beside a text: the shape that a checker of reports takes. */
export interface CaseContext {
  readonly patient?: { readonly age?: number; readonly sex?: 'male' | 'female' };
  readonly findings: readonly {
    readonly site: string;
    readonly presence: Presence;
    readonly nature?: SiteLabel['nature'];
    readonly likelihood?: SiteLabel['likelihood'];
  }[];
  readonly prior?: { readonly date?: string } | null;
  readonly studyDate: string;
}

/** A text with one error put into it. */
export interface PlantedCase {
  readonly report: PlantableReport;
  readonly kind: PlantedKind;
  /** What was done, in a few words, for the list of misses: "level shift in the impression". */
  readonly form: string;
  readonly text: string;
  /** Where in the new text the error stands: its sentence or clause. */
  readonly at: Span;
  /** Sites that are wrong now, before and after the edit. */
  readonly sites: readonly string[];
}

/** One way to edit a report into an error. */
export interface Edit {
  readonly form: string;
  /** Span of the source text that is replaced. */
  readonly from: Span;
  readonly to: string;
  readonly sites: readonly string[];
}

/** All edits of one kind that a report allows. */
export type Planter = (report: PlantableReport, sites: ReadonlyMap<string, AnatomicSite>) => readonly Edit[];
