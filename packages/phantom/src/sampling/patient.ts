import type { PhantomBody } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';

/** Who lies on the table. Names and numbers are made up. */
export interface PhantomPatient {
  readonly patientId: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: 'female' | 'male';
  /** YYYYMMDD. */
  readonly birthDate: string;
  readonly heightCm: number;
  readonly build: number;
  readonly stoutness: number;
  readonly scoliosis: number;
}

const families = [
  'Chen',
  'Lin',
  'Wang',
  'Huang',
  'Smith',
  'Okafor',
  'Rossi',
  'Novak',
  'Silva',
  'Haddad',
  'Tanaka',
  'Mori',
];
const givens = ['Ming', 'Mei', 'Hui', 'Jun', 'Alex', 'Robin', 'Sam', 'Noor', 'Kim', 'Jo', 'Ren', 'Yu'];

/** A patient of an age in years at a study date (YYYYMMDD). */
export function samplePatient(
  patientId: string,
  sex: 'female' | 'male',
  age: number,
  studyDate: string,
  random: RandomStream,
): PhantomPatient {
  const year = Number(studyDate.slice(0, 4)) - age;
  const birthDate = `${year}${String(random.integer(1, 12)).padStart(2, '0')}${String(random.integer(1, 28)).padStart(2, '0')}`;
  return {
    patientId,
    familyName: random.pick(families),
    givenName: random.pick(givens),
    sex,
    birthDate,
    heightCm: Math.round(random.normalWithin(sex === 'female' ? 162 : 172, 9.5, 142, 195)),
    build: random.normalWithin(1, 0.07, 0.86, 1.24),
    stoutness: random.normalWithin(1.05, 0.22, 0.62, 1.75),
    scoliosis: random.chance(0.12) ? random.normal(0, 14) : random.normal(0, 3),
  };
}

/** Whole years at a study date. */
export function ageAt(birthDate: string, studyDate: string): number {
  return Math.floor((Number(studyDate) - Number(birthDate)) / 10_000);
}

/** How the patient lies on the table at one visit. `crooked` is careless positioning. */
export function samplePosture(
  patient: PhantomPatient,
  studyDate: string,
  crooked: boolean,
  random: RandomStream,
): PhantomBody {
  const loose = crooked ? 2.2 : 1;
  const sides = (draw: () => number) => ({ right: draw(), left: draw() });
  return {
    sex: patient.sex,
    age: ageAt(patient.birthDate, studyDate),
    heightCm: patient.heightCm,
    build: patient.build,
    stoutness: patient.stoutness,
    scoliosis: patient.scoliosis,
    lean: random.normal(0, 0.8 * loose),
    headTilt: random.normal(0, 2.5 * loose),
    headTurn: random.normal(0, 5 * loose),
    armSpread: sides(() => random.normalWithin(8, 12 * loose, -15, 60)),
    shoulderRaise: sides(() => random.normal(0, 4 * loose)),
    legSpread: random.normalWithin(0, 15 * loose, -25, 70),
    footTurn: sides(() => random.normalWithin(18, 12 * loose, -10, 60)),
    shift: { x: random.normal(0, 9 * loose), y: margin(random) },
  };
}

/** Heads lie close to the upper edge, with a long tail of wide margins; millimetres beyond the atlas's margin. */
function margin(random: RandomStream): number {
  return Math.min(110, -32 + 32 * Math.exp(random.normal(0, 0.95)));
}
