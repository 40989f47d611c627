/** A span of the report that a value rests on: UTF-16 code units of the text as given, `text` that exact span. */
export interface ReportSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The value that a report states for one element: a value code, a number in `unit`, or yes and no. */
export interface ElementValue {
  readonly element: string;
  readonly value: string | number | boolean;
  readonly unit?: string;
  readonly evidence: ReportSpan;
  /** Which of several things the value is said of, where a set is filled once per finding: the finding's id. */
  readonly finding?: string;
}

/** An element that the report contradicts, or that depends on such a one: it gets no value. */
export interface ElementConflict {
  readonly element: string;
  readonly reason: string;
  readonly evidence: readonly ReportSpan[];
  /** Of which thing, where a set is filled once per finding. */
  readonly finding?: string;
}

/** Something the report says that no element of the set takes. */
export interface UnmappedStatement {
  /** What it is, in the report's words. */
  readonly text: string;
  readonly evidence: ReportSpan;
}

/** What a report says in the elements of one set. An element that it is silent on has no entry. */
export interface StructuredReport {
  readonly set: string;
  readonly values: readonly ElementValue[];
  readonly conflicts: readonly ElementConflict[];
  readonly unmapped: readonly UnmappedStatement[];
}
