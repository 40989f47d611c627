/**
 * The closed vocabularies of a finding. Source: the labelling guideline, version 1.1.
 * A list here is the only place where its words stand; every table over them is `satisfies Record<…>`.
 */

/** Report languages that the packs carry lexicons and templates for (BCP 47 with script). */
export const languages = ['en', 'zh-Hant', 'zh-Hans'] as const;
export type Language = (typeof languages)[number];

export const lateralities = ['right', 'left', 'midline'] as const;
/** The patient's side; "bilateral" exists only in text and expands to right and left. */
export type Laterality = (typeof lateralities)[number];

export const presences = ['present', 'absent', 'uncertain'] as const;
/** What is asserted of the uptake at a site, whatever its cause. */
export type Presence = (typeof presences)[number];
/** The state of one position of a label vector: silence is `unmentioned`, never `absent`. */
export type LabelState = Presence | 'unmentioned';

export const natures = [
  'metastatic',
  'malignant-other',
  'degenerative',
  'traumatic',
  'inflammatory',
  'metabolic',
  'postoperative',
  'benign-other',
  'unspecified',
] as const;
/** The stated cause; `unspecified` when the report says that the cause is undetermined. */
export type Nature = (typeof natures)[number];

export const likelihoods = ['definite', 'probable', 'possible'] as const;
/** How sure the reader is of the stated cause (not of the uptake). */
export type Likelihood = (typeof likelihoods)[number];

export const changes = ['new', 'increased', 'stable', 'decreased', 'resolved'] as const;
/** Change against a prior study. */
export type Change = (typeof changes)[number];

export const uptakes = ['increased', 'decreased'] as const;
export type Uptake = (typeof uptakes)[number];

export const intensities = ['faint', 'mild', 'moderate', 'intense'] as const;
export type Intensity = (typeof intensities)[number];

export const views = ['anterior', 'posterior'] as const;
/** DICOM View Code Sequence (0054,0220) of a planar whole-body image. */
export type View = (typeof views)[number];

export const impressionClasses = ['normal', 'benign', 'equivocal', 'metastatic', 'other'] as const;
export type ImpressionClass = (typeof impressionClasses)[number];
