import type { Profile } from './raster.ts';

/**
 * How much tracer a bone takes, how it is built, and how deep it lies in a typical adult: centimetres of tissue between
 * it and the camera in front and behind. `uptake` is relative; its scale is set by the counts of the study. Values were
 * fitted by hand to the figures that `phantom.bench.ts` prints.
 */
export interface BoneRow {
  readonly uptake: number;
  readonly profile: Profile;
  readonly front: number;
  readonly back: number;
}

const round = (uptake: number, radius: number, front: number, back: number): BoneRow => ({
  uptake,
  profile: { kind: 'round', radius },
  front,
  back,
});
const shell = (uptake: number, radius: number, front: number, back: number): BoneRow => ({
  uptake,
  profile: { kind: 'shell', radius },
  front,
  back,
});

/** By site without its side; a bone with a front and a back part has two rows. */
export const boneRows: Readonly<Record<string, BoneRow | { readonly frontPart: BoneRow; readonly backPart: BoneRow }>> =
  {
    calvarium: { frontPart: shell(1.1, 4, 2.5, 12), backPart: shell(1.1, 4, 12, 2.5) },
    'skull-base': { frontPart: round(0.9, 6, 8, 9), backPart: round(1.3, 7, 9, 5) },
    'facial-bones': round(1.75, 14, 4, 12),
    mandible: round(1.7, 4, 4.5, 10),
    cervical: round(3.6, 6, 8.5, 5.5),
    thoracic: round(4.9, 6.5, 14.5, 5.5),
    lumbar: round(4.9, 9, 14.5, 6.5),
    sacrum: round(5.5, 10, 15, 5),
    manubrium: round(2.9, 7, 2.5, 18),
    'sternal-body': round(2.7, 6, 2.5, 18),
    rib: { frontPart: round(1.25, 3, 2.5, 18), backPart: round(1.6, 3, 18, 3) },
    'floating-rib': round(0.95, 3, 15, 4),
    clavicle: round(1.7, 3.4, 3, 11),
    scapula: round(1.1, 7, 10, 3.5),
    shoulder: round(2.5, 9, 5.5, 6),
    humerus: round(1.25, 5, 5, 5),
    elbow: round(1.3, 8, 4, 4),
    forearm: round(1, 4, 3, 3),
    wrist: round(1.3, 6, 2.5, 2.5),
    hand: round(0.85, 3, 2, 2),
    'sacroiliac-joint': round(4.6, 5, 14.5, 5.5),
    ilium: shell(1.75, 5, 9, 6.5),
    acetabulum: round(3.3, 11, 9.5, 7.5),
    ischium: round(4.4, 6, 11.5, 6),
    pubis: round(2.8, 5, 6, 13),
    femur: round(1.45, 8, 7.5, 8),
    knee: { frontPart: round(1.35, 12, 4, 7), backPart: round(0.9, 12, 6, 5) },
    leg: round(1.05, 6, 4, 5.5),
    ankle: round(1.35, 8, 3.5, 3.5),
    foot: { frontPart: round(0.55, 9, 2.5, 4), backPart: round(0.5, 9, 4, 2.5) },
  };

/** The row's key for a site: "rib-4-left" → "rib", "t7" → "thoracic". */
export function boneKey(site: string): string {
  if (/^c\d/.test(site)) return 'cervical';
  if (/^t\d/.test(site)) return 'thoracic';
  if (/^l\d/.test(site)) return 'lumbar';
  if (/^rib-1[12]-/.test(site)) return 'floating-rib';
  if (site.startsWith('rib-')) return 'rib';
  return site.replace(/-(right|left)$/, '');
}

/**
 * A place where normal bone takes more than the rest of it: joints, growth ends, tendon insertions. `u` is the distance
 * from the midline and `y` the height in atlas pixels, `gain` is added to the bone's own uptake at the centre.
 */
export interface Accent {
  readonly site: string;
  readonly u: number;
  readonly y: number;
  readonly radius: number;
  readonly gain: number;
  /** Grows with the patient's wear of joints. */
  readonly joint?: boolean;
}

const paired = (bone: string, u: number, y: number, radius: number, gain: number, joint = false): Accent[] => [
  { site: `${bone}-left`, u, y, radius, gain, joint },
  { site: `${bone}-right`, u: -u, y, radius, gain, joint },
];
const middle = (site: string, y: number, radius: number, gain: number): Accent => ({ site, u: 0, y, radius, gain });

export const accents: readonly Accent[] = [
  middle('facial-bones', 82, 8, 0.8),
  middle('facial-bones', 94.4, 7, 0.7),
  ...[-1, 1].map((side) => ({ site: 'facial-bones', u: side * 15, y: 74.7, radius: 5, gain: 0.4 })),
  ...[-1, 1].map((side) => ({ site: 'mandible', u: side * 21, y: 106.8, radius: 5, gain: 0.5 })),
  ...[-1, 1].map((side) => ({ site: 'manubrium', u: side * 9, y: 156, radius: 4, gain: 0.8, joint: true })),
  middle('manubrium', 173, 4, 0.5),
  ...paired('clavicle', 13, 152.3, 4, 0.9, true),
  ...paired('clavicle', 63, 134, 4.5, 0.9, true),
  ...paired('shoulder', 66, 137.5, 6, 0.8, true),
  ...paired('shoulder', 58, 147.5, 5, 0.5, true),
  ...paired('scapula', 58, 143.5, 6, 1.3),
  ...paired('scapula', 70, 134, 5, 1.2),
  ...paired('scapula', 37, 201.2, 6, 1.6),
  ...paired('scapula', 31, 153.4, 4, 0.6),
  ...paired('humerus', 72, 160.3, 7, 0.6),
  ...paired('humerus', 84, 263.3, 6, 0.4),
  ...paired('elbow', 86, 276.9, 5, 0.4, true),
  ...paired('wrist', 95, 384, 4, 0.5, true),
  ...paired('ilium', 61, 337.4, 8, 0.7),
  ...paired('ilium', 28, 315.4, 7, 0.5),
  ...paired('ilium', 27, 349.4, 7, 0.7),
  ...paired('sacroiliac-joint', 19, 340.4, 8, 0.5, true),
  ...paired('acetabulum', 40, 361, 6, 0.7, true),
  ...paired('ischium', 29, 404, 6, 0.5),
  ...paired('pubis', 5, 389, 4.5, 0.6),
  ...paired('femur', 52, 374, 8, 0.7),
  ...paired('femur', 60, 366, 6, 0.7),
  ...paired('femur', 58, 389, 6, 0.3),
  ...paired('femur', 31, 530.1, 10, 0.3),
  ...paired('knee', 20, 556, 6, 0.7, true),
  ...paired('knee', 42, 556, 5, 0.5, true),
  ...paired('knee', 31, 545, 6, 0.5, true),
  ...paired('leg', 29, 578, 9, 0.6),
  ...paired('ankle', 27, 701, 6, 0.5, true),
  ...paired('foot', 24, 718, 6, 0.6, true),
  ...paired('foot', 25, 748, 4, 0.5, true),
];

/** Organs by the atlas's name: uptake relative to bone, depth in front and behind. */
export const organRows: Readonly<Record<string, BoneRow>> = {
  'kidney-left': round(4.1, 9, 15.5, 6),
  'kidney-right': round(4.1, 9, 15.5, 6),
  thyroid: round(0.25, 4, 2.5, 10),
  liver: round(0.12, 14, 6, 8),
  'breast-left': round(0.08, 14, 2, 18),
  'breast-right': round(0.08, 14, 2, 18),
};
/** The bladder is urine, not part of the study's counts; fitted like the others. */
export const bladderRow: BoneRow = round(8, 12, 6.5, 12);

/** Soft tissue per pixel at its thickest, by height on the plane: [y, uptake]; linear between the rows. */
export const softTissueRows: readonly (readonly [y: number, uptake: number])[] = [
  [20, 0.31],
  [90, 0.39],
  [115, 0.6],
  [150, 0.57],
  [200, 0.39],
  [260, 0.3],
  [330, 0.43],
  [400, 0.45],
  [440, 0.26],
  [500, 0.22],
  [560, 0.24],
  [640, 0.24],
  [700, 0.21],
  [760, 0.19],
];
