import type { Intensity } from '@radiolect/findings';
import type { RandomStream } from '../random-stream.ts';
import type { LesionList } from './lesion-list.ts';
import { bothSides } from './site-groups.ts';

/** Chance of visible wear in a joint at the age of 65, and how often the other side has it too. */
const joints: Readonly<Record<string, readonly [chance: number, bothSides: number]>> = {
  knee: [0.185, 0.62],
  shoulder: [0.14, 0.6],
  foot: [0.17, 0.5],
  ankle: [0.09, 0.4],
  acetabulum: [0.065, 0.45],
  hand: [0.13, 0.5],
  wrist: [0.09, 0.45],
  elbow: [0.06, 0.4],
  'sacroiliac-joint': [0.04, 0.5],
  clavicle: [0.05, 0.4],
};
const intensityOfWear: Readonly<Partial<Record<Intensity, number>>> = {
  faint: 0.16,
  mild: 0.5,
  moderate: 0.27,
  intense: 0.07,
};

/** Adds worn joints and spondylosis as an archive of adults shows them; `degree` 1 is typical. */
export function addWear(list: LesionList, age: number, degree: number, random: RandomStream): void {
  const factor = degree * Math.min(1.35, Math.max(0.15, (age - 30) / 35));
  for (const [joint, [chance, pairing]] of Object.entries(joints)) {
    if (!random.chance(Math.min(0.75, chance * factor * 1.3))) continue;
    const intensity = random.weighted(intensityOfWear);
    const sides = random.chance(pairing) ? bothSides(joint) : [`${joint}-${random.pick(['right', 'left'])}`];
    for (const site of sides)
      addWornJoint(list, site, random.chance(0.75) ? intensity : random.weighted(intensityOfWear));
  }
  if (random.chance(0.165 * factor)) addSpondylosis(list, 'l', random.weighted({ 2: 1.2, 3: 2, 4: 3, 5: 4.6 }), random);
  if (random.chance(0.13 * factor))
    addSpondylosis(list, 'c', random.weighted({ 3: 1, 4: 2, 5: 4, 6: 4, 7: 2 }), random);
  if (random.chance(0.08 * factor))
    addSpondylosis(list, 't', random.weighted({ 4: 1, 6: 1, 8: 2, 9: 2, 10: 2, 11: 2, 12: 2 }), random);
  if (random.chance(0.05 * factor)) addWornJoint(list, 'manubrium', random.weighted(intensityOfWear));
  if (random.chance(0.055)) addInflamed(list, 'mandible', random);
  if (random.chance(0.075)) addInflamed(list, 'facial-bones', random);
  if (random.chance(0.025)) addInflamed(list, 'skull-base', random);
}

function addWornJoint(list: LesionList, site: string, intensity: Intensity): void {
  list.add({ site, nature: 'degenerative', uptake: 'increased', intensity, shape: 'joint' });
}

/** One to three neighbouring levels, ending at the one named. */
function addSpondylosis(list: LesionList, region: string, lowest: string, random: RandomStream): void {
  const levels = Number(random.weighted({ 1: 0.5, 2: 0.35, 3: 0.15 }));
  const intensity = random.weighted(intensityOfWear);
  for (let level = Number(lowest); level > Number(lowest) - levels && level >= 1; level--)
    list.add({
      site: `${region}${level}`,
      nature: 'degenerative',
      uptake: 'increased',
      intensity,
      shape: 'end-plate',
    });
}

/** Teeth and sinuses. */
function addInflamed(list: LesionList, site: string, random: RandomStream): void {
  list.add({
    site,
    nature: 'inflammatory',
    uptake: 'increased',
    intensity: random.weighted<Intensity>({ faint: 0.2, mild: 0.5, moderate: 0.3 }),
    shape: 'focus',
  });
}
