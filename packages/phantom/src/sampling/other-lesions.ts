import type { Intensity } from '@radiolect/findings';
import type { RandomStream } from '../random-stream.ts';
import type { LesionList } from './lesion-list.ts';
import { bothSides } from './site-groups.ts';

const sideOf = (random: RandomStream) => random.pick(['right', 'left'] as const);

/** Paget's disease: half a pelvis, a long bone, the vault or a vertebra, whole and intense. */
export function addPaget(list: LesionList, random: RandomStream): void {
  const side = sideOf(random);
  const patterns: Readonly<Record<string, readonly string[]>> = {
    pelvis: ['ilium', 'acetabulum', 'ischium', 'pubis'].map((bone) => `${bone}-${side}`),
    femur: [`femur-${side}`],
    leg: [`leg-${side}`],
    vault: ['calvarium'],
    vertebra: [random.pick(['l1', 'l2', 'l3', 'l4', 't10', 't12'])],
    humerus: [`humerus-${side}`],
    scapula: [`scapula-${side}`],
  };
  const chosen = random.sample(random.chance(0.4) ? 2 : 1, {
    pelvis: 4,
    femur: 2,
    leg: 2,
    vault: 2,
    vertebra: 3,
    humerus: 1,
    scapula: 1,
  });
  for (const site of chosen.flatMap((pattern) => patterns[pattern] ?? []))
    list.add({ site, nature: 'metabolic', uptake: 'increased', intensity: 'intense', shape: 'paget' });
}

/** A primary bone tumour. */
export function addPrimaryTumour(list: LesionList, random: RandomStream): void {
  const bone = random.weighted({
    femur: 5,
    leg: 4,
    humerus: 3,
    ilium: 2,
    scapula: 1,
    forearm: 1,
    clavicle: 0.5,
    foot: 0.4,
  });
  list.add({
    site: `${bone}-${sideOf(random)}`,
    nature: 'malignant-other',
    uptake: 'increased',
    intensity: random.chance(0.8) ? 'intense' : 'moderate',
    shape: 'segment',
    extent: random.between(0.9, 1.6),
  });
}

/** Osteomyelitis of one bone, most often of the foot. */
export function addInfection(list: LesionList, random: RandomStream): void {
  const bone = random.weighted({ foot: 6, leg: 3, ankle: 1, femur: 1, hand: 1.5, knee: 1 });
  const site = random.chance(0.85) ? `${bone}-${sideOf(random)}` : random.pick(['l2', 'l3', 'l4', 't9']);
  list.add({
    site,
    nature: 'inflammatory',
    uptake: 'increased',
    intensity: random.weighted<Intensity>({ moderate: 0.4, intense: 0.6 }),
    shape: 'segment',
  });
}

/** Rheumatoid or crystal arthritis: several joints on both sides; or sacroiliitis. */
export function addArthritis(list: LesionList, random: RandomStream): void {
  const joints = random.chance(0.2)
    ? ['sacroiliac-joint']
    : random.sample(random.integer(2, 5), { wrist: 5, hand: 5, foot: 4, knee: 2, ankle: 3.5, elbow: 3, shoulder: 1.5 });
  const intensity = random.weighted<Intensity>({ mild: 0.35, moderate: 0.45, intense: 0.2 });
  for (const site of joints.flatMap(bothSides))
    if (random.chance(0.9)) list.add({ site, nature: 'inflammatory', uptake: 'increased', intensity, shape: 'joint' });
}

/** A replaced hip or knee: cold metal with a warm rim, sometimes a hot stem. Returns where, for the history. */
export function addProsthesis(
  list: LesionList,
  random: RandomStream,
): { joint: 'hip' | 'knee'; side: 'right' | 'left' } {
  const side = sideOf(random);
  const joint = random.chance(0.55) ? 'hip' : 'knee';
  list.add({
    site: joint === 'hip' ? `acetabulum-${side}` : `knee-${side}`,
    nature: 'postoperative',
    uptake: 'decreased',
    intensity: 'moderate',
    shape: 'prosthesis',
  });
  if (random.chance(0.35))
    list.add({
      site: joint === 'hip' ? `femur-${side}` : `leg-${side}`,
      nature: 'postoperative',
      uptake: 'increased',
      intensity: random.weighted<Intensity>({ mild: 0.5, moderate: 0.5 }),
      shape: 'focus',
      along: joint === 'hip' ? random.between(0.15, 0.35) : 0.1,
    });
  return { joint, side };
}

/** A field of radiotherapy over the spine: a run of cold vertebrae. */
export function addIrradiatedSpine(list: LesionList, random: RandomStream): void {
  const [region, lowest] = random.pick([
    ['l', 5],
    ['l', 4],
    ['t', 12],
    ['t', 9],
    ['t', 7],
  ] as const);
  const highest = lowest - random.integer(2, 3);
  for (let level: number = lowest; level >= highest; level--)
    list.add({
      site: `${region}${level}`,
      nature: 'benign-other',
      uptake: 'decreased',
      intensity: 'moderate',
      shape: 'cold',
    });
}

/** A benign lesion of bone: fibrous dysplasia, enchondroma, osteoma. */
export function addBenignLesion(list: LesionList, random: RandomStream): void {
  const bone = random.weighted({
    rib: 3,
    femur: 2,
    leg: 2,
    humerus: 1.5,
    hand: 1.5,
    calvarium: 2,
    'facial-bones': 1,
    forearm: 1,
    elbow: 0.3,
  });
  const site =
    bone === 'rib'
      ? `rib-${random.integer(2, 10)}-${sideOf(random)}`
      : bone === 'calvarium' || bone === 'facial-bones'
        ? bone
        : `${bone}-${sideOf(random)}`;
  list.add({
    site,
    nature: 'benign-other',
    uptake: 'increased',
    intensity: random.weighted<Intensity>({ mild: 0.4, moderate: 0.4, intense: 0.2 }),
    shape: random.chance(0.5) ? 'focus' : 'segment',
  });
}
