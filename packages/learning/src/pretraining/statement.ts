import type { LabelState } from '@radiolect/findings';

/** One thing that a text says of a study, and which sites it speaks of. Holds no more of the text than this. */
export interface Statement {
  readonly text: string;
  /** By site of the label space: present, absent or uncertain, as this statement alone says it. */
  readonly sites: Readonly<Record<string, LabelState>>;
}
