import type { LabelState, LabelVector, Nature, Point, Uptake, View } from '@radiolect/findings';

/** Where one view's picture lies: a file relative to the data set's folder, and the frame in it, numbered from 1. */
export interface ViewReference {
  readonly file: string;
  readonly frame: number;
}

/** Where in a picture one abnormality lies: its outline in pixels of the frame, corners at integers. */
export interface Region {
  readonly site: string;
  readonly nature: Nature;
  readonly uptake: Uptake;
  readonly polygon: readonly Point[];
}

export type Split = 'train' | 'validation' | 'test';

/**
 * One study as training sees it: labels, and a reference to its pictures. Holds no pixels, no report text, and the
 * patient only as a hash.
 */
export interface Example {
  /** Unique in the data set, and the key of its prepared input in a cache; letters, digits, "-" and "." only. */
  readonly studyKey: string;
  readonly patientKey: string;
  readonly labels: LabelVector;
  /** By site: the stated cause where the site is present and one is stated; `unspecified` is left out. */
  readonly natures: Readonly<Record<string, Nature>>;
  /** Whether the report says that the study shows bone metastasis. */
  readonly metastasis: LabelState;
  readonly views: Readonly<Partial<Record<View, ViewReference>>>;
  /** Outlines by view. Left out where nobody drew them; a view without an abnormality has an empty list. */
  readonly regions?: Readonly<Partial<Record<View, readonly Region[]>>>;
  readonly split: Split;
}

/** The split of a patient: all studies of one patient fall into one split, whatever else is in the data set. */
export function splitOf(patientKey: string, shares: { readonly validation: number; readonly test: number }): Split {
  const place = hashFraction(patientKey);
  if (place < shares.test) return 'test';
  return place < shares.test + shares.validation ? 'validation' : 'train';
}

/** A reproducible number in 0..1 for a text (FNV-1a, 32 bits, with a final mix). */
export function hashFraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
