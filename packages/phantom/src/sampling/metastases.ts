import type { Intensity } from '@radiolect/findings';
import type { LesionShape } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { LesionList } from './lesion-list.ts';
import { allSites, axialSites, bothSides } from './site-groups.ts';

/** Chance of a metastasis by site, relative: blood-borne spread follows red marrow. Sides alike, so by bare name. */
const marrowWeights: Readonly<Record<string, number>> = {
  calvarium: 1.2,
  'skull-base': 0.6,
  'facial-bones': 0.25,
  mandible: 0.3,
  c1: 0.35,
  c2: 0.55,
  c3: 0.6,
  c4: 0.6,
  c5: 0.7,
  c6: 0.75,
  c7: 0.9,
  t1: 1,
  t2: 1,
  t3: 1.05,
  t4: 1.1,
  t5: 1.15,
  t6: 1.2,
  t7: 1.25,
  t8: 1.3,
  t9: 1.3,
  t10: 1.35,
  t11: 1.4,
  t12: 1.4,
  l1: 1.5,
  l2: 1.5,
  l3: 1.5,
  l4: 1.45,
  l5: 1.4,
  sacrum: 1.6,
  manubrium: 1,
  'sternal-body': 1.15,
  'rib-1': 0.5,
  'rib-2': 0.75,
  'rib-3': 0.95,
  'rib-4': 1.05,
  'rib-5': 1.1,
  'rib-6': 1.1,
  'rib-7': 1.1,
  'rib-8': 1.05,
  'rib-9': 0.95,
  'rib-10': 0.85,
  'rib-11': 0.65,
  'rib-12': 0.45,
  clavicle: 0.5,
  scapula: 0.85,
  shoulder: 0.35,
  humerus: 0.75,
  elbow: 0.04,
  forearm: 0.1,
  wrist: 0.03,
  hand: 0.03,
  'sacroiliac-joint': 0.8,
  ilium: 1.7,
  acetabulum: 0.9,
  ischium: 0.8,
  pubis: 0.8,
  femur: 1.3,
  knee: 0.12,
  leg: 0.22,
  ankle: 0.04,
  foot: 0.06,
};
const weights: Readonly<Record<string, number>> = Object.fromEntries(
  allSites.map((site) => [site, marrowWeights[site.replace(/-(right|left)$/, '')] ?? 0]),
);

/** Adds `count` metastases (fewer where sites are taken), placed by marrow, with a lean to one region at times. */
export function addMetastases(list: LesionList, count: number, random: RandomStream, hot = 0.25): void {
  const lean = random.chance(0.35) ? random.pick([/^[tl]\d/, /^rib-/, /^(ilium|pubis|ischium|acetabulum|sac)/]) : /^$/;
  const leaning = Object.fromEntries(
    Object.entries(weights).map(([site, weight]) => [site, lean.test(site) ? 2.5 * weight : weight]),
  );
  let added = 0;
  for (const site of random.sample(allSites.length, leaning)) {
    if (added >= count) break;
    if (list.add(metastasisAt(site, random, hot))) added++;
  }
}

function metastasisAt(site: string, random: RandomStream, hot: number) {
  const intensity = random.weighted<Intensity>({ faint: 0.1, mild: 0.65 - hot, moderate: 0.35, intense: hot - 0.1 });
  return {
    site,
    nature: 'metastatic' as const,
    uptake: random.chance(0.015) ? ('decreased' as const) : ('increased' as const),
    intensity,
    shape: shapeAt(site, random),
    extent: random.between(0.6, 1.7),
    ...(site.startsWith('rib-') ? { along: random.between(0.08, 1) } : {}),
  };
}

function shapeAt(site: string, random: RandomStream): LesionShape {
  if (/^[ctl]\d+$/.test(site)) return random.weighted({ focus: 0.7, diffuse: 0.3 });
  if (site.startsWith('rib-')) return random.weighted({ focus: 0.55, segment: 0.45 });
  if (/^(femur|humerus|leg|forearm|clavicle)/.test(site)) return random.weighted({ focus: 0.65, segment: 0.35 });
  return random.weighted({ focus: 0.85, diffuse: 0.15 });
}

/** Fills the axial skeleton and the proximal limbs: the picture is brighter than a normal one and has no kidneys. */
export function addSuperscan(list: LesionList, random: RandomStream): void {
  const limbs = ['clavicle', 'scapula', 'shoulder', 'humerus', 'femur'].flatMap(bothSides);
  const even = random.chance(0.6);
  for (const site of [...axialSites, ...limbs])
    list.add({
      site,
      nature: 'metastatic',
      uptake: 'increased',
      intensity: even ? 'intense' : random.weighted<Intensity>({ moderate: 0.35, intense: 0.65 }),
      shape: 'diffuse',
      extent: 1,
    });
}

/** Metabolic bone disease: every bone takes more, the vault, the jaw and the long bones' ends most. */
export function addMetabolicSkeleton(list: LesionList, random: RandomStream): void {
  const strongest = new Set(['calvarium', 'mandible', ...(random.chance(0.5) ? ['manubrium', 'sternal-body'] : [])]);
  for (const site of allSites)
    list.add({
      site,
      nature: 'metabolic',
      uptake: 'increased',
      intensity: strongest.has(site) ? 'intense' : 'moderate',
      shape: 'diffuse',
      extent: 1,
    });
}
