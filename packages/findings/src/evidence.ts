import type { View } from './vocabulary.ts';

/** A point in pixels: x is the column, y the row, (0, 0) the outer corner of the first pixel, top left. */
export type Point = readonly [x: number, y: number];

/** A span of the source text, in UTF-16 code units of the text as given; `text` is that exact span. */
export interface TextEvidence {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A closed outline in one view, in pixels of that view's frame. */
export interface ImageEvidence {
  readonly kind: 'image';
  readonly view: View;
  readonly polygon: readonly Point[];
}

/** A calibrated probability (0 to 1) that a named model gave to `present` at the finding's position. */
export interface ProbabilityEvidence {
  readonly kind: 'probability';
  readonly model: string;
  readonly value: number;
}

/** What supports a finding. */
export type Evidence = TextEvidence | ImageEvidence | ProbabilityEvidence;
