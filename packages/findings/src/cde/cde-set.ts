/**
 * Common data elements (RadElement, RSNA and ACR) in one form, whichever of the published ones they came in.
 * A set holds elements; an element takes either a code of its value set, or a number, or yes and no.
 */

/** Link of a set, element or value to another terminology. */
export interface IndexCode {
  /** "RADLEX", "SNOMEDCT", "LOINC", "RADELEMENT", … as written at the source. */
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export const cdeStatuses = ['Proposed', 'Published', 'Retired'] as const;
export type CdeStatus = (typeof cdeStatuses)[number];

/** One value of a value set. `code` is the element's id, a point and the position counted from 0: "RDE201.0". */
export interface CdeValue {
  readonly code: string;
  readonly name: string;
  readonly definition?: string;
  readonly synonyms?: readonly string[];
  readonly indexCodes: readonly IndexCode[];
}

/** What an element takes. Bounds are inclusive and in `unit` (UCUM where the source follows its own rules). */
export type CdeDomain =
  | {
      readonly kind: 'value-set';
      readonly cardinality: { readonly minimum: number; readonly maximum: number };
      readonly values: readonly CdeValue[];
    }
  | {
      readonly kind: 'integer' | 'float';
      readonly minimum?: number;
      readonly maximum?: number;
      readonly step?: number;
      readonly unit?: string;
    }
  | { readonly kind: 'boolean' };

export interface CdeElement {
  readonly id: string;
  readonly name: string;
  readonly definition?: string;
  readonly question?: string;
  readonly synonyms: readonly string[];
  readonly status?: CdeStatus;
  readonly indexCodes: readonly IndexCode[];
  readonly domain: CdeDomain;
}

/** Where a set was read from: the registry's service, its file schema 1.0 or 1.1, or an imaging finding model. */
export type CdeForm = 'served' | 'schema-1.0' | 'schema-1.1' | 'finding-model';

export interface CdeSet {
  /** "RDES26"; a finding model without a registry number keeps its own ("OIFM_GMTS_004244"). */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly form: CdeForm;
  readonly version?: string;
  readonly status?: CdeStatus;
  readonly synonyms: readonly string[];
  readonly tags: readonly string[];
  readonly bodyParts: readonly string[];
  readonly specialties: readonly string[];
  readonly indexCodes: readonly IndexCode[];
  readonly elements: readonly CdeElement[];
}

/** Kinds of dirt in a set. None stops its reading: what can be used is used, the rest is named. */
export type CdeProblemCode =
  | 'missing'
  | 'wrong-type'
  | 'unknown-status'
  | 'impossible-date'
  | 'no-domain'
  | 'two-domains'
  | 'stray-values'
  | 'value-without-code'
  | 'code-of-another-element'
  | 'code-not-from-zero'
  | 'duplicate'
  | 'cardinality'
  | 'range'
  | 'step'
  | 'unit'
  | 'whitespace'
  | 'too-few-values';

/** One thing wrong with a set. `path` is the id of the element or value it stands at, or the set's. */
export interface CdeProblem {
  readonly code: CdeProblemCode;
  readonly path: string;
  readonly message: string;
}

/** The element of a set by its id. */
export const elementOf = (set: CdeSet, id: string): CdeElement | undefined =>
  set.elements.find((element) => element.id === id);

/** The value of an element by its code; undefined for elements that take numbers. */
export const codedValue = (element: CdeElement, code: string): CdeValue | undefined =>
  element.domain.kind === 'value-set' ? element.domain.values.find((value) => value.code === code) : undefined;
