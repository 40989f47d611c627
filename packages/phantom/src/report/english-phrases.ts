import type { Change, Intensity } from '@radiolect/findings';
import type { EnglishTone } from './english-causes.ts';
import type { Pattern } from './perception.ts';
import type { Region } from './plan.ts';

// Sentences of English reports. {i} intensity, {sites} the list, {cause} the clause of the cause.

export const intensityWords: Readonly<Record<EnglishTone, Readonly<Record<Intensity, readonly string[]>>>> = {
  long: {
    faint: ['faint ', 'faintly '],
    mild: ['mild ', 'mildly ', 'slightly '],
    moderate: ['moderate ', 'moderately '],
    intense: ['intense ', 'intensely '],
  },
  terse: { faint: ['faint '], mild: ['mild ', 'slight '], moderate: ['moderate '], intense: ['intense '] },
  taiwan: {
    faint: ['faint '],
    mild: ['mild ', 'mildly '],
    moderate: ['moderate ', 'moderately '],
    intense: ['intense '],
  },
};

type Phrases = Readonly<Record<EnglishTone, readonly string[]>>;

/** Where nothing more special fits. Adjectives go before "increased" or "uptake" alike. */
export const presentPhrases: Phrases = {
  long: [
    'There is {i}increased tracer uptake in {sites}{cause}.',
    'Foci of {i}increased radiotracer accumulation are seen in {sites}{cause}.',
    '{I}increased activity is noted in {sites}{cause}.',
    'Abnormal {i}increased uptake is present at {sites}{cause}.',
    'The images demonstrate {i}increased osseous uptake involving {sites}{cause}.',
    '{Sites} {show} {i}increased tracer uptake{cause}.',
    'There is {i}focal tracer accumulation in {sites}{cause}.',
    'Note is made of {i}increased radiopharmaceutical uptake in {sites}{cause}.',
    'Tracer-avid lesions are present in {sites}{cause}.',
  ],
  terse: [
    '{I}increased uptake {sites}{cause}.',
    '{I}increased uptake in {sites}{cause}.',
    '{I}increased activity at {sites}{cause}.',
    'Abnormal {i}uptake in {sites}{cause}.',
    '{I}uptake {sites}{cause}.',
    '{Sites}: {i}increased uptake{cause}.',
  ],
  taiwan: [
    '{I}increased uptake in {sites}{cause}.',
    '{I}increased radioactivity over {sites}{cause}.',
    'Hot spots with {i}increased uptake at {sites}{cause}.',
    '{I}increased tracer uptake in {sites} is noted{cause}.',
    'Bone scan shows {i}increased uptake over {sites}{cause}.',
    '{I}increased uptake, {sites}{cause}.',
    'There are {i}hot spots in {sites}{cause}.',
    '{I}increased bone activity at {sites}{cause}.',
  ],
};

export const patternPhrases: Readonly<Partial<Record<Pattern, Phrases>>> = {
  'rib-row': {
    long: [
      'Linearly arranged foci of {i}increased uptake are seen in {sites}{cause}.',
      'There is {i}focal increased uptake in {sites}, aligned in a row{cause}.',
      'Focal {i}increased activity is noted in {sites}{cause}.',
    ],
    terse: ['Focal {i}increased uptake {sites}{cause}.', '{I}increased uptake in {sites}, linear{cause}.'],
    taiwan: ['Several {i}hot spots in a line at {sites}{cause}.', '{I}increased uptake in {sites}{cause}.'],
  },
  compression: {
    long: [
      'A horizontal band of {i}increased uptake is present at {sites}{cause}.',
      'Linear {i}increased uptake is seen across {sites}{cause}.',
    ],
    terse: ['Linear {i}increased uptake {sites}{cause}.', 'Band-like {i}increased uptake at {sites}{cause}.'],
    taiwan: ['Band-like {i}increased uptake in {sites}{cause}.', '{I}increased uptake at {sites}{cause}.'],
  },
  paget: {
    long: ['There is homogeneous {i}increased uptake with expansion of {sites}{cause}.'],
    terse: ['Homogeneous {i}increased uptake, expanded, {sites}{cause}.'],
    taiwan: ['Diffuse {i}increased uptake with bone expansion in {sites}{cause}.'],
  },
  implant: {
    long: ['A photopenic defect is seen at {sites}{cause}.', 'Photopenia is noted at {sites}{cause}.'],
    terse: ['Photopenia {sites}{cause}.', 'Photopenic {sites}{cause}.'],
    taiwan: ['Photopenic defect at {sites}{cause}.', 'Cold defect in {sites}{cause}.'],
  },
  cold: {
    long: ['Decreased tracer uptake is seen in {sites}{cause}.', 'There is diminished uptake in {sites}{cause}.'],
    terse: ['Decreased uptake {sites}{cause}.'],
    taiwan: ['Decreased uptake in {sites}{cause}.', 'Photopenic area over {sites}{cause}.'],
  },
  infection: {
    long: ['There is {i}increased uptake throughout {sites} on the delayed images{cause}.'],
    terse: ['{I}increased delayed uptake {sites}{cause}.'],
    taiwan: ['{I}increased uptake in {sites} in delayed image{cause}.'],
  },
};

/** A diagnosis without an uptake word. {n} is the cause. Only for what is certain. */
export const diagnosisPhrases: Phrases = {
  long: ['{N} of {sites}.', '{N} is noted in {sites}.'],
  terse: ['{N} {sites}.', '{N} of {sites}.', '{N} in {sites}.'],
  taiwan: ['{N} of {sites}.', '{N} in {sites}.', '{N} over {sites}.'],
};

export const changePhrases: Readonly<Record<Exclude<Change, 'resolved'>, Phrases>> = {
  new: {
    long: [
      'There is new {i}increased uptake in {sites}{cause}.',
      'New foci of {i}increased activity have appeared in {sites}{cause}.',
      '{I}increased uptake in {sites} is new since the previous study{cause}.',
    ],
    terse: ['New {i}uptake {sites}{cause}.', 'New {i}increased uptake in {sites}{cause}.'],
    taiwan: [
      'New hot spots with {i}increased uptake at {sites}{cause}.',
      'Newly developed {i}increased uptake in {sites}{cause}.',
    ],
  },
  stable: {
    long: [
      '{I}increased uptake in {sites} is unchanged{cause}.',
      'Stable {i}increased uptake is again seen in {sites}{cause}.',
      'No significant change of the {i}uptake in {sites}{cause}.',
    ],
    terse: ['Stable {i}uptake {sites}{cause}.', '{I}uptake in {sites} unchanged{cause}.'],
    taiwan: [
      '{I}increased uptake in {sites}, no significant change{cause}.',
      'Stationary {i}uptake at {sites}{cause}.',
    ],
  },
  increased: {
    long: [
      'Uptake in {sites} has increased since the previous study{cause}.',
      'The activity in {sites} is more extensive than before{cause}.',
    ],
    terse: ['Uptake {sites} increased from prior{cause}.', 'Interval increase in uptake at {sites}{cause}.'],
    taiwan: ['Uptake in {sites}, more prominent than before{cause}.', 'Progression of uptake in {sites}{cause}.'],
  },
  decreased: {
    long: [
      'Uptake in {sites} has decreased since the previous study{cause}.',
      'The activity in {sites} is less intense than before{cause}.',
    ],
    terse: ['Uptake {sites} decreased from prior{cause}.', 'Interval decrease in uptake at {sites}{cause}.'],
    taiwan: ['Uptake in {sites}, less prominent than before{cause}.', 'Regression of uptake in {sites}{cause}.'],
  },
};

export const resolvedPhrases: Phrases = {
  long: [
    'The previously noted uptake in {sites} has resolved.',
    'The lesions seen before in {sites} are no longer visible.',
    'Prior uptake at {sites} has disappeared.',
  ],
  terse: ['Prior uptake {sites} resolved.', 'Previous uptake in {sites} no longer seen.'],
  taiwan: ['The previous hot spots at {sites} disappeared.', 'Previously noted uptake in {sites} resolved.'],
};

/** Doubt whether there is anything: with and without an uptake word. */
export const uncertainPhrases: Readonly<Record<'uptake' | 'lesion', Phrases>> = {
  uptake: {
    long: [
      'There is questionable {i}increased uptake at {sites}.',
      'Equivocal {i}uptake is seen in {sites}.',
      'There is possibly {i}increased uptake in {sites}, which may be artefactual.',
    ],
    terse: ['Questionable {i}uptake {sites}.', 'Equivocal {i}uptake at {sites}.'],
    taiwan: ['Suspicious {i}uptake in {sites}, equivocal.', 'Questionable {i}increased uptake at {sites}.'],
  },
  lesion: {
    long: ['A lesion in {sites} cannot be excluded.', 'An abnormality in {sites} cannot be excluded.'],
    terse: ['Cannot exclude lesion {sites}.', 'Cannot r/o lesion in {sites}.'],
    taiwan: ['Lesion in {sites} cannot be excluded.', 'Cannot exclude a lesion in {sites}.'],
  },
};

export const closingPhrases: Phrases = {
  long: [
    'The remainder of the skeleton is unremarkable.',
    'No other abnormal osseous uptake is identified.',
    'Elsewhere the skeletal tracer distribution is within normal limits.',
    'The remaining bones show normal physiologic uptake.',
    'Otherwise there is no abnormal skeletal activity.',
  ],
  terse: [
    'No other abnormal bony uptake.',
    'Rest of skeleton unremarkable.',
    'Remainder normal.',
    'Otherwise normal bone uptake.',
  ],
  taiwan: [
    'No other abnormal bony uptake.',
    'The other bones are unremarkable.',
    'No abnormal uptake in the rest of the skeleton.',
  ],
};
export const normalPhrases: Phrases = {
  long: [
    'There is physiologic distribution of the tracer throughout the skeleton without abnormal focus of uptake.',
    'No abnormal osseous uptake is identified.',
    'Tracer distribution throughout the skeleton is normal and symmetric.',
  ],
  terse: ['No abnormal bony uptake.', 'Normal skeletal uptake.', 'No abnormal osseous activity.'],
  taiwan: [
    'No abnormal bony uptake.',
    'Normal tracer distribution in the whole skeleton.',
    'No abnormal uptake in the skeleton.',
  ],
};
export const regionNegatives: Phrases = {
  long: [
    'No abnormal uptake is seen in {regions}.',
    'There is no abnormal activity in {regions}.',
    '{Regions} show no abnormal uptake.',
  ],
  terse: ['No abnormal uptake in {regions}.', '{Regions} normal.', '{Regions} negative.'],
  taiwan: ['No abnormal uptake in {regions}.', '{Regions}: no abnormal uptake.'],
};
export const regionNames: Readonly<Record<Region, readonly string[]>> = {
  skull: ['the skull'],
  'cervical-spine': ['the cervical spine'],
  'thoracic-spine': ['the thoracic spine'],
  'lumbar-spine': ['the lumbar spine'],
  ribs: ['the ribs'],
  sternum: ['the sternum'],
  pelvis: ['the pelvis'],
};
export const summedUpPhrases: Phrases = {
  long: [
    'Multiple foci of increased uptake are scattered in {many}{cause}.',
    'There are numerous foci of increased activity in {many}{cause}.',
  ],
  terse: ['Multiple foci of uptake in {many}{cause}.', 'Uptake in {many}{cause}.'],
  taiwan: ['Multiple hot spots in {many}{cause}.', 'Increased uptake in {many}{cause}.'],
};
export const manyOf: Readonly<Record<'ribs' | 'thoracic-spine' | 'lumbar-spine', readonly string[]>> = {
  ribs: ['multiple {side}ribs', 'several {side}ribs', 'numerous {side}ribs'],
  'thoracic-spine': [
    'several thoracic vertebrae',
    'multiple thoracic vertebrae',
    'multiple levels of the thoracic spine',
  ],
  'lumbar-spine': ['several lumbar vertebrae', 'multiple lumbar vertebrae'],
};

/** Normal uptake that is named as normal. */
export const physiologicPhrases: Readonly<Record<'sternoclavicular' | 'sacroiliac', Phrases>> = {
  sternoclavicular: {
    long: [
      'Symmetric uptake in the sternoclavicular joints is physiologic.',
      'Uptake in both sternoclavicular joints is within normal limits.',
    ],
    terse: ['Physiologic uptake SC joints.', 'Normal SC joint uptake.'],
    taiwan: ['Physiologic uptake in bilateral sternoclavicular joints.'],
  },
  sacroiliac: {
    long: [
      'Uptake in the sacroiliac joints is symmetric and normal.',
      'Normal symmetric uptake is seen in both sacroiliac joints.',
    ],
    terse: ['SI joints normal.', 'Both SI joints unremarkable.'],
    taiwan: ['No abnormal uptake in bilateral SI joints.', 'Physiologic uptake in bil. SI joints.'],
  },
};

/** Wear of a stretch of the spine without its levels. {n} the noun with its certainty. */
export const spineWearPhrases: Phrases = {
  long: ['{N} is noted in {stretch}.', 'Increased uptake in {stretch} is compatible with degenerative change.'],
  terse: ['{N} in {stretch}.', 'Increased uptake {stretch}, degenerative.'],
  taiwan: ['{N} in {stretch}.', 'Increased uptake in {stretch}, spondylosis.'],
};
export const spineStretches: Readonly<Record<'cervical-spine' | 'thoracic-spine' | 'lumbar-spine', Phrases>> = {
  'cervical-spine': {
    long: ['the lower cervical spine'],
    terse: ['lower cervical spine', 'lower C-spine'],
    taiwan: ['lower C-spine'],
  },
  'thoracic-spine': {
    long: ['the mid to lower thoracic spine'],
    terse: ['lower thoracic spine'],
    taiwan: ['lower T-spine'],
  },
  'lumbar-spine': {
    long: ['the lower lumbar spine'],
    terse: ['lower lumbar spine', 'lower L-spine'],
    taiwan: ['lower L-spine'],
  },
};

/** A lesion on CT that takes up nothing. */
export const coldOnCtPhrases: Phrases = {
  long: [
    'The sclerotic lesion in {sites} seen on CT is without corresponding uptake.',
    'There is no abnormal uptake corresponding to the CT lesion in {sites}.',
  ],
  terse: ['CT lesion {sites} without corresponding uptake.', 'No uptake at {sites} CT lesion.'],
  taiwan: [
    'The sclerotic lesion in {sites} on CT shows no abnormal uptake.',
    'No abnormal uptake in {sites} (CT lesion).',
  ],
};
/** What the comparison recalls of the study before. */
export const recalledPhrases: Phrases = {
  long: [' That study showed uptake in {sites}.', ' At that time increased uptake was seen in {sites}.'],
  terse: [' (uptake {sites})'],
  taiwan: [' (hot spots at {sites})', ' (increased uptake in {sites})'],
};
