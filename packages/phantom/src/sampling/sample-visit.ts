import type { Change } from '@radiolect/findings';
import type { PhantomCase, PhantomDistractor, PhantomLesion } from '../phantom-case.ts';
import { RandomStream } from '../random-stream.ts';
import type { ClinicalBackground } from './clinical-background.ts';
import type { Disease, Mix } from './disease.ts';
import { sampleOnset } from './disease.ts';
import type { FollowUp } from './follow-up.ts';
import { followUp } from './follow-up.ts';
import type { PhantomPatient } from './patient.ts';
import { samplePatient, samplePosture } from './patient.ts';

/** One scan of one patient: what the picture holds and what the request says. */
export interface PhantomVisit {
  readonly patient: PhantomPatient;
  readonly disease: Disease;
  readonly clinical: ClinicalBackground;
  /** YYYYMMDD. */
  readonly studyDate: string;
  /** The visit before, where there was one. */
  readonly priorDate?: string;
  readonly phantomCase: PhantomCase;
  readonly activityMegabecquerels: number;
  /** Between injection and picture. */
  readonly uptakeHours: number;
  /** HHMMSS. */
  readonly studyTime: string;
  readonly scanVelocityMillimetersPerSecond: number;
  /** By lesion id; empty at a first visit. */
  readonly changes: Readonly<Record<string, Change>>;
  readonly resolved: readonly string[];
}

/** Studies come in blocks; inside a block a patient may come back. Each study is drawn by its number alone. */
const blockSize = 12;

/** Which patient a study belongs to, and which visit of theirs it is, from 0. */
function placeOf(seed: number, index: number): { patient: string; visit: number; visits: number } {
  const block = Math.floor(index / blockSize);
  const random = RandomStream.of('block', seed, block);
  const slots: { patient: number; visit: number }[] = [];
  for (let patient = 0; slots.length < blockSize; patient++) {
    const visits = Math.min(Number(random.weighted({ 1: 74, 2: 18, 3: 8 })), blockSize - slots.length);
    for (let visit = 0; visit < visits; visit++) slots.push({ patient, visit });
  }
  // A patient's visits keep their order; the patients of a block are mixed.
  const order = random.shuffle(slots.map((slot) => slot.patient));
  const seen = new Map<number, number>();
  const visitAt = order.map((patient) => {
    const visit = seen.get(patient) ?? 0;
    seen.set(patient, visit + 1);
    return { patient, visit };
  });
  const { patient, visit } = visitAt[index % blockSize]!;
  return { patient: `${block}-${patient}`, visit, visits: seen.get(patient) ?? 1 };
}

/** Draws the study of this number: the patient's first picture, aged by as many visits as it takes. */
export function sampleVisit(seed: number, index: number, mix: Mix): PhantomVisit {
  const place = placeOf(seed, index);
  const random = RandomStream.of('patient', seed, mix, place.patient);
  const onset = sampleOnset(mix, random.child('onset'));
  const dates = visitDates(place.visits, random.child('dates'));
  const patient = samplePatient(
    `P${String(seed).padStart(4, '0')}-${place.patient.replace('-', '.')}`,
    onset.sex,
    onset.age,
    dates[0]!,
    random.child('person'),
  );
  let state: FollowUp = { lesions: onset.lesions, changes: {}, resolved: [] };
  for (let visit = 1; visit <= place.visit; visit++)
    state = followUp(state.lesions, visit, random.child(`visit ${visit}`));
  const studyDate = dates[place.visit]!;
  const later = place.visit > 0 && onset.clinical.primary !== undefined;
  return {
    patient,
    disease: onset.disease,
    clinical: later
      ? { ...onset.clinical, reason: 'follow-up', treatment: treatmentOf(onset.clinical, random) }
      : onset.clinical,
    studyDate,
    ...(place.visit > 0 ? { priorDate: dates[place.visit - 1]! } : {}),
    phantomCase: caseOf(patient, studyDate, state.lesions, onset, random.child(`scan ${place.visit}`)),
    ...acquisitionOf(patient, random.child(`acquisition ${place.visit}`)),
    changes: state.changes,
    resolved: state.resolved,
  };
}

function acquisitionOf(patient: PhantomPatient, random: RandomStream) {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    activityMegabecquerels: Math.round(random.normalWithin(740 + 2 * (patient.heightCm - 165), 50, 550, 950)),
    uptakeHours: random.pick([3, 3, 3, 4]),
    studyTime: `${two(random.integer(12, 16))}${two(random.integer(0, 59))}00`,
    scanVelocityMillimetersPerSecond: random.pick([2, 2.5, 3]),
  };
}

function treatmentOf(clinical: ClinicalBackground, random: RandomStream) {
  return clinical.treatment ?? random.child('treatment').pick(['surgery', 'chemotherapy', 'radiotherapy'] as const);
}

function visitDates(count: number, random: RandomStream): string[] {
  let time = Date.UTC(random.integer(2014, 2023), random.integer(0, 11), random.integer(1, 28));
  return Array.from({ length: count }, () => {
    const date = new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
    time += random.integer(80, 420) * 86_400_000;
    return date;
  });
}

function caseOf(
  patient: PhantomPatient,
  studyDate: string,
  lesions: readonly PhantomLesion[],
  onset: { readonly superscan: boolean },
  random: RandomStream,
): PhantomCase {
  const distractors = sampleDistractors(patient.sex, random.child('distractors'));
  const crooked = distractors.some(({ kind }) => kind === 'crooked-positioning');
  const dim = onset.superscan ? 0.35 : 1;
  const scale = (deviation: number) => Math.exp(random.normal(0, deviation));
  const kidneys = scale(0.65);
  return {
    body: samplePosture(patient, studyDate, crooked, random.child('posture')),
    scanner: {
      counts: Math.min(4e6, Math.max(0.7e6, 1.7e6 * scale(0.4))),
      anteriorShare: random.normalWithin(0.495, 0.015, 0.45, 0.55),
      resolutionMm: random.between(6.5, 9.5),
      gapMm: { anterior: random.between(5, 45), posterior: random.between(0, 15) },
      tilt: random.normal(0, 0.02),
    },
    physiology: {
      softTissue: scale(0.33),
      kidneys: {
        right: random.chance(0.02) ? 0 : dim * kidneys * scale(0.2),
        left: random.chance(0.02) ? 0 : dim * kidneys * scale(0.2),
      },
      bladder: dim * scale(0.6),
      bladderSize: Math.min(2, Math.max(0.4, scale(0.35))),
      thyroid: scale(0.3),
      joints: scale(0.2),
      boneVariation: 0.1,
    },
    lesions,
    distractors,
    superscan: onset.superscan,
  };
}

function sampleDistractors(sex: 'female' | 'male', random: RandomStream): PhantomDistractor[] {
  const side = () => random.pick(['right', 'left'] as const);
  const arm = () => random.weighted({ hand: 4, wrist: 2, elbow: 4 });
  const found: PhantomDistractor[] = [];
  if (random.chance(0.1))
    found.push({
      kind: 'urine-contamination',
      where: random.pick(['groin', 'thigh', 'pelvis'] as const),
      side: side(),
    });
  if (random.chance(0.3)) found.push({ kind: 'injection-site', where: arm(), side: side() });
  else if (random.chance(0.09)) found.push({ kind: 'injection-leakage', where: arm(), side: side() });
  if (random.chance(0.05)) found.push({ kind: 'crooked-positioning' });
  if (random.chance(0.03)) found.push({ kind: 'catheter-bag', side: side() });
  if (sex === 'female' && random.chance(0.05)) found.push({ kind: 'breast-uptake' });
  if (random.chance(0.02)) found.push({ kind: 'free-pertechnetate' });
  return found;
}
