import type { Intensity } from '@radiolect/findings';
import type { Side } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { LesionList } from './lesion-list.ts';

const recent: Readonly<Partial<Record<Intensity, number>>> = { mild: 0.25, moderate: 0.45, intense: 0.3 };
const sideOf = (random: RandomStream): Side => random.pick(['right', 'left'] as const);

/** Two to six neighbouring ribs of one side broken in a line, as a blow or a fall breaks them. */
export function addRibRow(list: LesionList, random: RandomStream, group: string): void {
  const side = sideOf(random);
  const count = random.integer(2, 6);
  const first = random.integer(1, 12 - count);
  const along = random.between(0.25, 0.9);
  const intensity = random.weighted(recent);
  for (let rib = first; rib < first + count; rib++)
    list.add({
      site: `rib-${rib}-${side}`,
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.chance(0.8) ? intensity : random.weighted(recent),
      shape: 'rib-row',
      along,
      group,
    });
}

/** What else breaks in an accident: one to three bones. */
export function addAccident(list: LesionList, random: RandomStream): void {
  const side = sideOf(random);
  const bones = {
    clavicle: 2,
    scapula: 1.5,
    forearm: 3,
    wrist: 2,
    humerus: 1,
    hand: 2,
    elbow: 1,
    foot: 2,
    ankle: 2,
    leg: 2,
  };
  for (const bone of random.sample(random.integer(1, 3), { ...bones, knee: 1, femur: 0.5 }))
    list.add({
      site: `${bone}-${random.chance(0.75) ? side : sideOf(random)}`,
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.weighted(recent),
      shape: 'fracture-band',
    });
  if (random.chance(0.15))
    list.add({
      site: random.pick(['sternal-body', 'manubrium']),
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.weighted(recent),
      shape: 'fracture-band',
    });
  if (random.chance(0.25)) addCompression(list, random, 1);
}

/** Osteoporotic compression fractures of the thoracolumbar spine. */
export function addCompression(list: LesionList, random: RandomStream, count: number): void {
  const levels = random.sample(count, {
    t6: 1,
    t7: 2,
    t8: 2,
    t9: 1,
    t10: 1,
    t11: 3,
    t12: 5,
    l1: 5,
    l2: 3,
    l3: 2,
    l4: 1,
  });
  for (const site of levels)
    list.add({
      site,
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.weighted(recent),
      shape: 'fracture-band',
    });
}

/** Insufficiency fractures of the pelvic ring. */
export function addPelvicInsufficiency(list: LesionList, random: RandomStream): void {
  const side = sideOf(random);
  const sites = random.chance(0.6) ? ['sacrum'] : [];
  if (sites.length === 0 || random.chance(0.6)) sites.push(`pubis-${side}`);
  if (random.chance(0.25)) sites.push(`ischium-${side}`);
  for (const site of sites)
    list.add({
      site,
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.weighted(recent),
      shape: 'fracture-band',
    });
}

/** A stress injury of a runner or a soldier. */
export function addStressInjury(list: LesionList, random: RandomStream): void {
  const bone = random.weighted({ leg: 5, foot: 4, femur: 1, pubis: 1 });
  const side = sideOf(random);
  const sides = bone === 'leg' && random.chance(0.5) ? (['right', 'left'] as const) : [side];
  for (const each of sides)
    list.add({
      site: `${bone}-${each}`,
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.weighted(recent),
      shape: bone === 'leg' ? 'segment' : 'fracture-band',
    });
}

/** One or two old, faint rib lesions that many adults have. */
export function addOldRibInjury(list: LesionList, random: RandomStream): void {
  const side = sideOf(random);
  const first = random.integer(2, 11);
  const count = random.integer(1, 2);
  const along = random.between(0.15, 0.95);
  for (let rib = first; rib < first + count; rib++)
    list.add({
      site: `rib-${rib}-${side}`,
      nature: 'traumatic',
      uptake: 'increased',
      intensity: random.weighted<Intensity>({ faint: 0.35, mild: 0.5, moderate: 0.15 }),
      shape: 'rib-row',
      along,
    });
}
