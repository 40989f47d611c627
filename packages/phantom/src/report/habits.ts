import type { Intensity, Nature } from '@radiolect/findings';

/** What a house leaves out and gets wrong. Each number is a share, 0 to 1, of the findings that it could touch. */
export interface Habits {
  /** Left out on purpose, by cause, for faint and mild uptake (moderate half as often, intense never). */
  readonly leavesOut: Readonly<Partial<Record<Nature, number>>>;
  /** Not seen, by intensity. */
  readonly misses: Readonly<Record<Intensity, number>>;
  /** Called one vertebra or rib too high or too low. */
  readonly wrongLevel: number;
  /** Called the neighbouring site: the ilium for the sacroiliac joint. */
  readonly wrongNeighbour: number;
  readonly wrongSide: number;
  /** A cause other than the true one. */
  readonly wrongCause: number;
  /** Studies in which wear is stated that is not in the picture. */
  readonly imagines: number;
  /** Faint uptake that is called questionable. */
  readonly doubts: number;
  /** Groups of findings whose intensity is named. */
  readonly namesIntensity: number;
  /** Studies with many metastases in which ribs or vertebrae are only summed up ("multiple ribs"). */
  readonly sumsUp: number;
  /** Worn stretches of the spine that are told without their levels ("the lower lumbar spine"). */
  readonly sumsUpWear: number;
  /** Reports that end the findings with a negative for all the rest; else some regions; else nothing. */
  readonly closesWithAll: number;
  readonly closesWithRegions: number;
  /** Where causes are named: with the finding, or only in the impression. */
  readonly causesInImpression: number;
  /** A paired site without its side. */
  readonly losesSide: number;
  /** The other side in the impression than in the findings. */
  readonly contradictsSide: number;
  /** "The 5th or 6th rib". */
  readonly wavers: number;
  /** Reports that name normal uptake that is often seen (sternoclavicular, sacroiliac). */
  readonly namesPhysiologic: number;
  /** Reports on cancer that name a CT lesion without uptake. */
  readonly namesCt: number;
  /** Follow-ups whose comparison recalls what the study before showed. */
  readonly recallsPrior: number;
  /** Common words that come out with a typing error. */
  readonly typos: number;
}

const careful: Habits = {
  leavesOut: { degenerative: 0.22, traumatic: 0.06, inflammatory: 0.25 },
  misses: { faint: 0.25, mild: 0.09, moderate: 0.04, intense: 0.01 },
  wrongLevel: 0.05,
  wrongNeighbour: 0.025,
  wrongSide: 0.008,
  wrongCause: 0.06,
  imagines: 0.06,
  doubts: 0.22,
  namesIntensity: 0.6,
  sumsUp: 0.15,
  sumsUpWear: 0.12,
  closesWithAll: 0.72,
  closesWithRegions: 0.14,
  causesInImpression: 0.2,
  losesSide: 0,
  contradictsSide: 0.015,
  wavers: 0.02,
  namesPhysiologic: 0.12,
  namesCt: 0.04,
  recallsPrior: 0.2,
  typos: 0.002,
};

/** The houses and what they are like. */
export const habitsOf = {
  'english-long': careful,
  'english-terse': {
    ...careful,
    leavesOut: { degenerative: 0.42, traumatic: 0.15, inflammatory: 0.6 },
    misses: { faint: 0.4, mild: 0.15, moderate: 0.06, intense: 0.015 },
    wrongLevel: 0.07,
    wrongNeighbour: 0.04,
    wrongSide: 0.015,
    namesIntensity: 0.2,
    sumsUp: 0.3,
    sumsUpWear: 0.3,
    closesWithAll: 0.45,
    closesWithRegions: 0.2,
    causesInImpression: 0.15,
    losesSide: 0.008,
    contradictsSide: 0.02,
    namesPhysiologic: 0.03,
    typos: 0.02,
  },
  'taiwanese-english': {
    ...careful,
    leavesOut: { degenerative: 0.28, traumatic: 0.1, inflammatory: 0.35 },
    misses: { faint: 0.35, mild: 0.12, moderate: 0.05, intense: 0.01 },
    wrongLevel: 0.06,
    wrongNeighbour: 0.03,
    wrongSide: 0.012,
    namesIntensity: 0.4,
    sumsUp: 0.2,
    sumsUpWear: 0.25,
    closesWithAll: 0.5,
    closesWithRegions: 0.1,
    causesInImpression: 0.1,
    losesSide: 0.01,
    contradictsSide: 0.02,
    namesPhysiologic: 0.06,
    typos: 0.015,
  },
  'traditional-chinese': {
    ...careful,
    leavesOut: { degenerative: 0.32, traumatic: 0.1, inflammatory: 0.5 },
    misses: { faint: 0.32, mild: 0.12, moderate: 0.05, intense: 0.01 },
    wrongLevel: 0.055,
    wrongSide: 0.01,
    namesIntensity: 0.5,
    closesWithAll: 0.68,
    closesWithRegions: 0.16,
    causesInImpression: 0.15,
    losesSide: 0.004,
    typos: 0.002,
  },
  'simplified-chinese': {
    ...careful,
    leavesOut: { degenerative: 0.36, traumatic: 0.12, inflammatory: 0.5 },
    misses: { faint: 0.32, mild: 0.12, moderate: 0.05, intense: 0.01 },
    wrongLevel: 0.06,
    wrongSide: 0.01,
    namesIntensity: 0.45,
    sumsUp: 0.25,
    sumsUpWear: 0.25,
    closesWithAll: 0.72,
    closesWithRegions: 0.12,
    causesInImpression: 0.7,
    losesSide: 0.004,
    typos: 0.002,
  },
} as const satisfies Record<string, Habits>;
export type HouseStyle = keyof typeof habitsOf;
export const houseStyles = Object.keys(habitsOf) as HouseStyle[];
