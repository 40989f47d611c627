/** The part of FHIR R4 that structured reports are written in (hl7.org/fhir/R4/observation.html). */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface CodeableConcept {
  readonly coding: readonly Coding[];
  readonly text?: string;
}

export interface Reference {
  readonly reference: string;
}

export interface Extension {
  readonly url: string;
  readonly valueInteger?: number;
  readonly valueString?: string;
  readonly extension?: readonly Extension[];
}

export interface Quantity {
  readonly value: number;
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

export interface ObservationComponent {
  readonly extension?: readonly Extension[];
  readonly code: CodeableConcept;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueQuantity?: Quantity;
  readonly valueBoolean?: boolean;
  readonly dataAbsentReason?: CodeableConcept;
}

export interface Observation {
  readonly resourceType: 'Observation';
  readonly id?: string;
  /** `preliminary` until a person has confirmed the values, `final` after. */
  readonly status: 'preliminary' | 'final';
  readonly category: readonly CodeableConcept[];
  readonly code: CodeableConcept;
  readonly subject?: Reference;
  readonly effectiveDateTime?: string;
  readonly derivedFrom?: readonly Reference[];
  readonly note?: readonly { readonly text: string }[];
  readonly component: readonly ObservationComponent[];
}
