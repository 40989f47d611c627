import type { RandomStream } from '../random-stream.ts';
import type { ClinicalBackground } from './clinical-background.ts';
import { cancerBackground } from './clinical-background.ts';
import {
  addAccident,
  addCompression,
  addOldRibInjury,
  addPelvicInsufficiency,
  addRibRow,
  addStressInjury,
} from './injuries.ts';
import { LesionList } from './lesion-list.ts';
import { addMetabolicSkeleton, addMetastases, addSuperscan } from './metastases.ts';
import {
  addArthritis,
  addBenignLesion,
  addInfection,
  addIrradiatedSpine,
  addPaget,
  addPrimaryTumour,
  addProsthesis,
} from './other-lesions.ts';
import { addWear } from './wear.ts';

/** `training` is rich in disease, so that every site has examples; `low` is what a screening archive looks like. */
export const mixes = ['training', 'low'] as const;
export type Mix = (typeof mixes)[number];

/** Why a patient comes and what the picture will hold beside wear. */
export type Disease =
  | 'unremarkable'
  | 'wear'
  | 'few-metastases'
  | 'many-metastases'
  | 'superscan'
  | 'metabolic'
  | 'trauma'
  | 'insufficiency'
  | 'stress-injury'
  | 'paget'
  | 'primary-tumour'
  | 'infection'
  | 'arthritis'
  | 'implant'
  | 'irradiated';

const shares: Readonly<Record<Mix, Readonly<Record<Disease, number>>>> = {
  training: {
    unremarkable: 10,
    wear: 19,
    'few-metastases': 21.5,
    'many-metastases': 15,
    superscan: 6,
    metabolic: 2,
    trauma: 8,
    insufficiency: 3,
    'stress-injury': 2,
    paget: 2,
    'primary-tumour': 1.8,
    infection: 2,
    arthritis: 3.5,
    implant: 3,
    irradiated: 1.5,
  },
  low: {
    unremarkable: 42,
    wear: 36,
    'few-metastases': 7,
    'many-metastases': 2.5,
    superscan: 0.4,
    metabolic: 0.4,
    trauma: 4,
    insufficiency: 1.5,
    'stress-injury': 1,
    paget: 0.4,
    'primary-tumour': 0.4,
    infection: 0.8,
    arthritis: 1,
    implant: 2,
    irradiated: 0.6,
  },
};

/** A drawn patient before the first scan: lesions, and the background that goes with them. */
export interface Onset {
  readonly disease: Disease;
  readonly sex: 'female' | 'male';
  readonly age: number;
  readonly lesions: LesionList['lesions'];
  readonly superscan: boolean;
  readonly clinical: ClinicalBackground;
}

/** Draws why a patient comes and what their first picture holds. */
export function sampleOnset(mix: Mix, random: RandomStream): Onset {
  const disease = random.weighted(shares[mix]);
  const sex = random.pick(['female', 'male'] as const);
  const age = Math.round(random.normalWithin(typicalAge[disease] ?? 63, 12, 18, 92));
  const list = new LesionList();
  const clinical = addDisease(disease, list, sex, random.child('disease'));
  const background = random.child('background');
  // Full skeletons hide wear; the others have it by age, old rib injuries and benign lesions as people do.
  if (disease !== 'superscan' && disease !== 'metabolic') {
    const wear = disease === 'unremarkable' ? 0.12 : disease === 'wear' ? 1.7 : 1;
    addWear(list, age, mix === 'low' ? wear * 0.55 : wear, background);
    if (disease !== 'unremarkable' && background.chance(mix === 'low' ? 0.04 : 0.11)) addOldRibInjury(list, background);
    if (background.chance(mix === 'low' ? 0.015 : 0.035)) addBenignLesion(list, background);
    if (age > 60 && background.chance(mix === 'low' ? 0.03 : 0.06)) addProsthesis(list, background);
  }
  return {
    disease,
    sex,
    age,
    lesions: list.lesions,
    superscan: disease === 'superscan' || disease === 'metabolic',
    clinical,
  };
}

const typicalAge: Readonly<Partial<Record<Disease, number>>> = {
  trauma: 52,
  insufficiency: 76,
  'stress-injury': 25,
  'primary-tumour': 33,
  arthritis: 54,
  implant: 70,
  paget: 70,
  metabolic: 55,
  unremarkable: 57,
};

/** Adds the lesions of the disease and returns the background of the request. */
function addDisease(
  disease: Disease,
  list: LesionList,
  sex: 'female' | 'male',
  random: RandomStream,
): ClinicalBackground {
  const side = () => random.pick(['right', 'left'] as const);
  switch (disease) {
    case 'unremarkable':
      return random.chance(0.75)
        ? cancerBackground(sex, 0, random)
        : { reason: 'back-pain', pain: 'back', ...(random.chance(0.3) ? { alp: random.integer(60, 130) } : {}) };
    case 'wear':
      return random.chance(0.65)
        ? cancerBackground(sex, 0, random)
        : random.chance(0.5)
          ? { reason: 'joint-pain', pain: random.pick(['knee', 'shoulder', 'hip', 'foot'] as const), painSide: side() }
          : { reason: 'back-pain', pain: 'back' };
    case 'few-metastases': {
      addMetastases(list, Number(random.weighted({ 1: 32, 2: 20, 3: 17, 4: 14, 5: 10, 6: 7 })), random);
      return cancerBackground(sex, 2, random);
    }
    case 'many-metastases': {
      const count = Math.round(Math.min(58, Math.max(5, Math.exp(random.normal(3.08, 0.8)))));
      addMetastases(list, count, random, 0.3);
      return cancerBackground(sex, count, random);
    }
    case 'superscan':
      addSuperscan(list, random);
      return cancerBackground(sex, 60, random);
    case 'metabolic':
      addMetabolicSkeleton(list, random);
      return { reason: 'dialysis', pth: random.integer(700, 2200), yearsSinceDiagnosis: random.integer(4, 18) };
    case 'trauma': {
      const ribs = random.chance(0.75);
      if (ribs) addRibRow(list, random, 'row');
      if (!ribs || random.chance(0.35)) addAccident(list, random);
      return {
        reason: 'trauma',
        traumaKind: random.pick(['fall', 'traffic', 'ladder'] as const),
        traumaWeeks: random.integer(1, 10),
        ...(ribs ? { pain: 'chest' as const, painSide: side() } : {}),
        ...(random.chance(0.2) ? { primary: random.pick(['lung', 'colon', 'liver'] as const) } : {}),
      };
    }
    case 'insufficiency':
      if (random.chance(0.7)) addCompression(list, random, random.integer(1, 3));
      if (list.lesions.length === 0 || random.chance(0.45)) addPelvicInsufficiency(list, random);
      return {
        reason: 'back-pain',
        pain: 'back',
        ...(random.chance(0.5) ? { traumaKind: 'fall', traumaWeeks: 2 } : {}),
      };
    case 'stress-injury':
      addStressInjury(list, random);
      return { reason: 'stress-injury', pain: 'shin', painSide: side() };
    case 'paget':
      addPaget(list, random);
      return { reason: 'raised-alp', alp: random.integer(250, 900) };
    case 'primary-tumour':
      addPrimaryTumour(list, random);
      if (random.chance(0.15)) addMetastases(list, 2, random);
      return { reason: 'bone-tumour', pain: random.pick(['knee', 'thigh', 'shoulder'] as const) };
    case 'infection':
      addInfection(list, random);
      return { reason: 'infection', pain: 'foot', painSide: side() };
    case 'arthritis':
      addArthritis(list, random);
      return { reason: 'joint-pain', pain: 'foot' };
    case 'implant': {
      const implant = addProsthesis(list, random);
      return {
        reason: 'implant-pain',
        implant: { ...implant, yearsAgo: random.integer(1, 15) },
        pain: implant.joint,
        painSide: implant.side,
      };
    }
    case 'irradiated':
      addIrradiatedSpine(list, random);
      if (random.chance(0.7)) addMetastases(list, random.integer(1, 6), random);
      return { ...cancerBackground(sex, 4, random), treatment: 'radiotherapy', reason: 'follow-up' };
  }
}
