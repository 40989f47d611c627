import type { Side } from '../phantom-case.ts';

// Site ids of the bone-scan pack by group, head to feet. The phantom draws bodies, so it knows this one pack only.

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

export const skullSites = ['calvarium', 'skull-base', 'facial-bones', 'mandible'];
export const cervicalSites = numbered('c', 7);
export const thoracicSites = numbered('t', 12);
export const lumbarSites = numbered('l', 5);
export const spineSites = [...cervicalSites, ...thoracicSites, ...lumbarSites];
export const sternumSites = ['manubrium', 'sternal-body'];
/** Ribs 1 to 12 of one side. */
export const ribSites = (side: Side): string[] => numbered('rib-', 12).map((rib) => `${rib}-${side}`);
/** Right before left. */
export const bothSides = (site: string): string[] => [`${site}-right`, `${site}-left`];
export const pelvisSites = [
  'sacrum',
  ...['sacroiliac-joint', 'ilium', 'acetabulum', 'ischium', 'pubis'].flatMap(bothSides),
];
export const limbSites = [
  ...['clavicle', 'scapula', 'shoulder', 'humerus', 'elbow', 'forearm', 'wrist', 'hand'].flatMap(bothSides),
  ...['femur', 'knee', 'leg', 'ankle', 'foot'].flatMap(bothSides),
];
export const allSites = [
  ...skullSites,
  ...spineSites,
  'sacrum',
  ...sternumSites,
  ...Array.from({ length: 12 }, (_, index) => bothSides(`rib-${index + 1}`)).flat(),
  ...limbSites.slice(0, 16),
  ...pelvisSites.slice(1),
  ...limbSites.slice(16),
];
/** Where red marrow lies in adults, and beyond it the proximal long bones: what a superscan fills. */
export const axialSites = [
  ...skullSites,
  ...spineSites,
  ...sternumSites,
  ...ribSites('right'),
  ...ribSites('left'),
  ...pelvisSites,
];
