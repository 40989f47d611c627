import type { Change, Intensity, Likelihood, Nature, Uptake } from '@radiolect/findings';
import { intensities } from '@radiolect/findings';
import type { PhantomLesion } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { PhantomVisit } from '../sampling/sample-visit.ts';
import { spineSites } from '../sampling/site-groups.ts';
import type { Habits } from './habits.ts';

/** How a group of findings is worded; it follows what the reader takes the cause to be. */
export type Pattern =
  | 'focus'
  | 'joint'
  | 'spine-wear'
  | 'rib-row'
  | 'rib'
  | 'fracture'
  | 'compression'
  | 'dental'
  | 'infection'
  | 'paget'
  | 'implant'
  | 'around-implant'
  | 'cold'
  | 'full-skeleton';

/** What the reader believes of one site, right or wrong. */
export interface Perceived {
  readonly site: string;
  readonly presence: 'present' | 'uncertain' | 'absent';
  readonly pattern: Pattern;
  readonly nature: Nature;
  readonly likelihood: Likelihood;
  readonly uptake: Uptake;
  readonly intensity: Intensity;
  readonly change?: Change;
  /** Which stretch of a rib, where the picture shows it. */
  readonly aspect?: Aspect;
}

export type Aspect = 'posterior' | 'lateral' | 'anterior';

/** The reader's view of the picture: findings left out, missed, misplaced and misjudged as the house's habits say. */
export function perceive(visit: PhantomVisit, habits: Habits, random: RandomStream): Perceived[] {
  const lesions = visit.phantomCase.lesions;
  const seen = new Map<string, Perceived>();
  const comparing = visit.priorDate !== undefined && random.chance(0.88);
  const shifts = new Map<string, number>();
  const certainty = certaintyOf(lesions, random);
  for (const lesion of lesions) {
    const each = random.child(lesion.id);
    const overlooked = each.chance(leftOut(lesion, habits)) || each.chance(habits.misses[lesion.intensity]);
    if (overlooked && !fillsTheSkeleton(lesion)) continue;
    const site = misplaced(lesion, habits, shifts, each);
    if (seen.has(site)) continue;
    seen.set(site, judged({ ...lesion, site }, lesion, habits, certainty, comparing ? visit.changes : {}, each));
  }
  if (comparing)
    for (const site of visit.resolved) if (!seen.has(site) && random.chance(0.75)) seen.set(site, resolvedAt(site));
  if (random.chance(habits.imagines) && lesions.length < 40) {
    const site = random.pick(['knee-right', 'knee-left', 'l4', 'l5', 'shoulder-right', 'shoulder-left', 'foot-right']);
    if (!seen.has(site)) seen.set(site, imaginedAt(site, certainty));
  }
  return [...seen.values()];
}

/** A superscan's share of one site: seen as a whole, not bone by bone. */
function fillsTheSkeleton({ shape, extent }: PhantomLesion): boolean {
  return shape === 'diffuse' && extent === 1;
}

function leftOut({ nature, intensity, shape }: PhantomLesion, habits: Habits): number {
  if (shape === 'prosthesis') return 0;
  const weight = { faint: 1.25, mild: 1, moderate: 0.45, intense: 0 }[intensity];
  return Math.min(0.95, (habits.leavesOut[nature] ?? 0) * weight);
}

/** Site that the reader names. The ribs of one row are counted together, so they go wrong together. */
function misplaced(lesion: PhantomLesion, habits: Habits, shifts: Map<string, number>, random: RandomStream): string {
  const { site } = lesion;
  if (fillsTheSkeleton(lesion)) return site;
  const vertebra = spineSites.indexOf(site);
  if (vertebra >= 0) {
    if (!random.chance(habits.wrongLevel)) return site;
    return spineSites[vertebra + random.pick([-1, 1])] ?? site;
  }
  const rib = /^rib-(\d+)-(right|left)$/.exec(site);
  if (rib) {
    const group = lesion.group ?? lesion.id;
    if (!shifts.has(group)) shifts.set(group, random.chance(habits.wrongLevel) ? random.pick([-1, 1]) : 0);
    const side = random.chance(habits.wrongSide) ? otherSide(rib[2]!) : rib[2]!;
    return `rib-${Math.min(12, Math.max(1, Number(rib[1]) + shifts.get(group)!))}-${side}`;
  }
  const paired = /^(.*)-(right|left)$/.exec(site);
  if (!paired) return site;
  const side = random.chance(habits.wrongSide) ? otherSide(paired[2]!) : paired[2]!;
  const neighbours = confused[paired[1]!];
  const bone = neighbours && random.chance(habits.wrongNeighbour) ? random.pick(neighbours) : paired[1]!;
  return `${bone}-${side}`;
}

const otherSide = (side: string): string => (side === 'right' ? 'left' : 'right');
const confused: Readonly<Record<string, readonly string[]>> = {
  ilium: ['sacroiliac-joint', 'acetabulum'],
  'sacroiliac-joint': ['ilium'],
  acetabulum: ['femur', 'ischium', 'ilium'],
  ischium: ['pubis', 'acetabulum'],
  pubis: ['ischium'],
  femur: ['acetabulum'],
  shoulder: ['scapula', 'humerus', 'clavicle'],
  scapula: ['shoulder'],
  clavicle: ['shoulder'],
  humerus: ['shoulder'],
  knee: ['leg', 'femur'],
  leg: ['knee', 'ankle'],
  ankle: ['foot'],
  foot: ['ankle'],
  wrist: ['hand', 'forearm'],
  hand: ['wrist'],
  forearm: ['wrist'],
};

type Certainty = Readonly<Record<Nature, Likelihood | 'undetermined'>>;

/** How sure this reader is of each cause in this study: many metastases leave little doubt, one does. */
function certaintyOf(lesions: readonly PhantomLesion[], random: RandomStream): Certainty {
  const spread = lesions.filter(({ nature }) => nature === 'metastatic').length;
  const usual = () => random.weighted<Likelihood>({ definite: 0.55, probable: 0.35, possible: 0.1 });
  return {
    metastatic:
      spread > 6
        ? random.weighted<Likelihood>({ definite: 0.45, probable: 0.5, possible: 0.05 })
        : spread > 2
          ? random.weighted<Likelihood>({ definite: 0.2, probable: 0.55, possible: 0.25 })
          : random.weighted<Likelihood | 'undetermined'>({
              definite: 0.06,
              probable: 0.34,
              possible: 0.48,
              undetermined: 0.12,
            }),
    'malignant-other': random.weighted<Likelihood>({ definite: 0.4, probable: 0.5, possible: 0.1 }),
    degenerative: random.weighted<Likelihood>({ definite: 0.6, probable: 0.36, possible: 0.04 }),
    traumatic: random.weighted<Likelihood>({ definite: 0.35, probable: 0.45, possible: 0.2 }),
    inflammatory: random.weighted<Likelihood>({ definite: 0.25, probable: 0.45, possible: 0.3 }),
    metabolic: random.weighted<Likelihood>({ definite: 0.45, probable: 0.5, possible: 0.05 }),
    postoperative: usual(),
    'benign-other': random.weighted<Likelihood | 'undetermined'>({ probable: 0.55, possible: 0.25, undetermined: 0.2 }),
    unspecified: 'undetermined',
  };
}

function judged(
  lesion: PhantomLesion,
  original: PhantomLesion,
  habits: Habits,
  certainty: Certainty,
  changes: PhantomVisit['changes'],
  random: RandomStream,
): Perceived {
  const full = fillsTheSkeleton(original);
  const shift = !full && random.chance(0.16) ? random.pick([-1, 1]) : 0;
  const intensity = intensities[Math.min(3, Math.max(0, intensities.indexOf(lesion.intensity) + shift))]!;
  const doubtful = lesion.uptake === 'increased' && !full;
  const doubt = intensity === 'faint' ? habits.doubts : intensity === 'mild' ? habits.doubts / 6 : 0;
  const nature = full || !random.chance(habits.wrongCause) ? lesion.nature : mistakenCause(lesion, random);
  const sure = certainty[nature];
  return {
    site: lesion.site,
    presence: doubtful && lesion.nature !== 'degenerative' && random.chance(doubt) ? 'uncertain' : 'present',
    pattern: full ? 'full-skeleton' : patternOf(lesion.site, nature, lesion),
    nature: sure === 'undetermined' ? 'unspecified' : nature,
    likelihood: sure === 'undetermined' ? 'possible' : sure,
    uptake: lesion.uptake,
    intensity,
    ...(changes[original.id] ? { change: changes[original.id]! } : {}),
    ...(lesion.site.startsWith('rib-') && lesion.along !== undefined ? { aspect: aspectOf(lesion.along) } : {}),
  };
}

/** A rib runs from the spine (0) to the sternum (1). */
function aspectOf(along: number): Aspect {
  return along < 0.35 ? 'posterior' : along < 0.65 ? 'lateral' : 'anterior';
}

function mistakenCause({ site, nature, shape }: PhantomLesion, random: RandomStream): Nature {
  if (shape === 'prosthesis' || shape === 'paget' || shape === 'cold') return nature;
  if (nature === 'metastatic')
    return site.startsWith('rib-') ? 'traumatic' : random.pick(['degenerative', 'unspecified'] as const);
  if (nature === 'degenerative')
    return /^[ctl]\d/.test(site) ? random.pick(['metastatic', 'unspecified']) : 'unspecified';
  if (nature === 'traumatic') return random.pick(['metastatic', 'unspecified', 'degenerative'] as const);
  return 'unspecified';
}

function patternOf(site: string, nature: Nature, { shape, uptake }: PhantomLesion): Pattern {
  const vertebra = /^[ctl]\d/.test(site);
  if (shape === 'prosthesis') return 'implant';
  if (nature === 'postoperative') return 'around-implant';
  if (uptake === 'decreased') return 'cold';
  switch (nature) {
    case 'degenerative':
      return vertebra ? 'spine-wear' : 'joint';
    case 'traumatic':
      return site.startsWith('rib-') ? 'rib-row' : vertebra ? 'compression' : 'fracture';
    case 'inflammatory':
      return /^(mandible|facial|skull)/.test(site) ? 'dental' : shape === 'segment' ? 'infection' : 'joint';
    case 'metabolic':
      return 'paget';
    default:
      return 'focus';
  }
}

function resolvedAt(site: string): Perceived {
  return {
    site,
    presence: 'absent',
    pattern: 'focus',
    nature: 'unspecified',
    likelihood: 'possible',
    uptake: 'increased',
    intensity: 'mild',
    change: 'resolved',
  };
}

function imaginedAt(site: string, certainty: Certainty): Perceived {
  const sure = certainty.degenerative;
  return {
    site,
    presence: 'present',
    pattern: /^l\d/.test(site) ? 'spine-wear' : 'joint',
    nature: 'degenerative',
    likelihood: sure === 'undetermined' ? 'possible' : sure,
    uptake: 'increased',
    intensity: 'mild',
  };
}
