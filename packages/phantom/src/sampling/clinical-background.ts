import type { RandomStream } from '../random-stream.ts';

export const primaryTumours = [
  'prostate',
  'breast',
  'lung',
  'kidney',
  'liver',
  'colon',
  'nasopharynx',
  'stomach',
  'bladder',
  'thyroid',
] as const;
export type PrimaryTumour = (typeof primaryTumours)[number];

/** What the request says of the patient, free of language. It goes with what is in the picture, as requests do. */
export interface ClinicalBackground {
  readonly primary?: PrimaryTumour;
  readonly reason:
    | 'staging'
    | 'follow-up'
    | 'rising-marker'
    | 'bone-pain'
    | 'trauma'
    | 'back-pain'
    | 'joint-pain'
    | 'implant-pain'
    | 'raised-alp'
    | 'dialysis'
    | 'infection'
    | 'bone-tumour'
    | 'stress-injury';
  readonly pain?: 'back' | 'hip' | 'chest' | 'shoulder' | 'knee' | 'thigh' | 'foot' | 'shin';
  readonly painSide?: 'right' | 'left';
  /** ng/mL. */
  readonly psa?: number;
  /** U/L. */
  readonly alp?: number;
  /** U/mL, CA 15-3. */
  readonly ca153?: number;
  /** pg/mL. */
  readonly pth?: number;
  readonly traumaWeeks?: number;
  readonly traumaKind?: 'fall' | 'traffic' | 'ladder';
  readonly implant?: { readonly joint: 'hip' | 'knee'; readonly side: 'right' | 'left'; readonly yearsAgo: number };
  readonly treatment?: 'surgery' | 'chemotherapy' | 'radiotherapy' | 'hormone';
  readonly yearsSinceDiagnosis?: number;
}

const byWoman: Readonly<Record<PrimaryTumour, number>> = {
  prostate: 0,
  breast: 45,
  lung: 20,
  kidney: 4,
  liver: 4,
  colon: 10,
  nasopharynx: 4,
  stomach: 5,
  bladder: 3,
  thyroid: 5,
};
const byMan: Readonly<Record<PrimaryTumour, number>> = {
  ...byWoman,
  prostate: 42,
  breast: 0,
  lung: 24,
  kidney: 7,
  liver: 9,
  nasopharynx: 8,
  thyroid: 2,
};

/** The background of a patient with cancer; `spread` is how many sites are metastatic, which raises the markers. */
export function cancerBackground(sex: 'female' | 'male', spread: number, random: RandomStream): ClinicalBackground {
  const primary = random.weighted(sex === 'female' ? byWoman : byMan);
  const reason = random.weighted(
    spread > 3
      ? { staging: 2, 'follow-up': 3, 'rising-marker': 3, 'bone-pain': 4 }
      : { staging: 6, 'follow-up': 4, 'rising-marker': 1.5, 'bone-pain': 1.5 },
  );
  const burden = Math.log2(1 + spread);
  return {
    primary,
    reason,
    yearsSinceDiagnosis: reason === 'staging' ? 0 : random.integer(1, 9),
    ...(reason === 'staging'
      ? {}
      : {
          treatment: random.weighted({
            surgery: 4,
            chemotherapy: 3,
            radiotherapy: 1.5,
            hormone: primary === 'prostate' || primary === 'breast' ? 4 : 0,
          }),
        }),
    ...(reason === 'bone-pain'
      ? {
          pain: random.pick(['back', 'back', 'hip', 'chest', 'shoulder', 'thigh'] as const),
          painSide: random.pick(['right', 'left'] as const),
        }
      : {}),
    ...(primary === 'prostate' && random.chance(0.8)
      ? { psa: rounded(Math.exp(random.normal(2 + 0.55 * burden, 0.9))) }
      : {}),
    ...(primary === 'breast' && random.chance(0.35)
      ? { ca153: rounded(Math.exp(random.normal(3.1 + 0.3 * burden, 0.5))) }
      : {}),
    ...(random.chance(spread > 3 ? 0.45 : 0.15)
      ? { alp: Math.round(Math.exp(random.normal(4.3 + 0.2 * burden, 0.3))) }
      : {}),
  };
}

function rounded(value: number): number {
  return value < 10 ? Math.round(value * 100) / 100 : value < 100 ? Math.round(value * 10) / 10 : Math.round(value);
}
