import type { BootstrapOptions, Estimate } from '../bootstrap.ts';
import { bootstrap } from '../bootstrap.ts';
import { patientUnits } from './patient-units.ts';

/** One scan as free-response analysis sees it. What a scan is (one picture, or both views) is the caller's choice. */
export interface MarkedScan {
  /** Scans of one patient are resampled together. */
  readonly patient: string;
  /** How many lesions are there. */
  readonly lesions: number;
  /** What a reader marked, each with a score of any scale and the indices of the lesions it finds; none is a false positive. */
  readonly marks: readonly { readonly score: number; readonly finds: readonly number[] }[];
}

export interface FreeResponsePoint {
  readonly falsePositivesPerScan: number;
  readonly sensitivity: number;
  /** Marks from this score on are shown. */
  readonly threshold: number;
}

export interface FreeResponse {
  readonly scans: number;
  readonly lesions: number;
  /** By falling threshold, from nothing shown to everything shown. */
  readonly points: readonly FreeResponsePoint[];
  /** Sensitivity at the false positives per scan that were asked for, 95 % interval over patients. */
  readonly at: readonly (Estimate & { readonly falsePositivesPerScan: number })[];
}

/**
 * Free-response curve (Bunch et al. 1978; Chakraborty 1989): sensitivity by lesion against false positives per scan as
 * the threshold falls. A lesion is found when any mark above the threshold finds it; a further mark on the same lesion
 * is neither found nor false. Sensitivity at a budget is the highest at any threshold that keeps it; nothing is
 * interpolated. Throws RangeError where a mark finds a lesion that is not there.
 */
export function freeResponse(
  scans: readonly MarkedScan[],
  budgets: readonly number[] = [0.3, 0.5, 1],
  options: BootstrapOptions = {},
): FreeResponse {
  const { unitOf, units } = patientUnits(scans);
  const scansOfUnit = new Float64Array(units);
  const lesionsOfUnit = new Float64Array(units);
  const events: Event[] = [];
  scans.forEach(({ lesions, marks, patient }, index) => {
    const unit = unitOf[index]!;
    scansOfUnit[unit]! += 1;
    lesionsOfUnit[unit]! += lesions;
    const found = new Map<number, number>();
    for (const { score, finds } of marks) {
      if (finds.length === 0) events.push({ unit, score, found: false });
      for (const lesion of finds) {
        if (!Number.isInteger(lesion) || lesion < 0 || lesion >= lesions)
          throw new RangeError(`a mark of patient ${patient} finds lesion ${lesion} of ${lesions}`);
        found.set(lesion, Math.max(score, found.get(lesion) ?? Number.NEGATIVE_INFINITY));
      }
    }
    for (const score of found.values()) events.push({ unit, score, found: true });
  });
  events.sort((a, b) => b.score - a.score);
  const tally: Tally = {
    unit: Int32Array.from(events, ({ unit }) => unit),
    found: Uint8Array.from(events, ({ found }) => (found ? 1 : 0)),
    lastOfTie: Uint8Array.from(events, ({ score }, place) => (events[place + 1]?.score === score ? 0 : 1)),
    scansOfUnit,
    lesionsOfUnit,
  };
  const even = new Uint16Array(units).fill(1);
  const points: FreeResponsePoint[] = [
    { falsePositivesPerScan: 0, sensitivity: 0, threshold: Number.POSITIVE_INFINITY },
  ];
  walk(tally, even, (falsePositivesPerScan, sensitivity, place) => {
    points.push({ falsePositivesPerScan, sensitivity, threshold: events[place]!.score });
  });
  return {
    scans: scans.length,
    lesions: lesionsOfUnit.reduce((sum, count) => sum + count, 0),
    points,
    at: budgets.map((budget) => ({
      falsePositivesPerScan: budget,
      ...bootstrap(units, (weights) => sensitivityWithin(tally, weights, budget), options),
    })),
  };
}

interface Event {
  readonly unit: number;
  readonly score: number;
  readonly found: boolean;
}

/** Events by falling score; typed, since a thousand resamples walk them. */
interface Tally {
  readonly unit: Int32Array;
  readonly found: Uint8Array;
  /** Whether the next event has a lower score. */
  readonly lastOfTie: Uint8Array;
  readonly scansOfUnit: Float64Array;
  readonly lesionsOfUnit: Float64Array;
}

function sensitivityWithin(tally: Tally, weights: Uint16Array, budget: number): number {
  let best = 0;
  const lesions = walk(tally, weights, (falsePositivesPerScan, sensitivity) => {
    // The tolerance keeps 3 of 10 within a budget of 0.3.
    if (falsePositivesPerScan <= budget + 1e-12) best = Math.max(best, sensitivity);
  });
  return lesions === 0 ? Number.NaN : best;
}

/** Visits every threshold that marks have, and returns the weighted number of lesions. */
function walk(
  { unit, found, lastOfTie, scansOfUnit, lesionsOfUnit }: Tally,
  weights: Uint16Array,
  visit: (falsePositivesPerScan: number, sensitivity: number, place: number) => void,
): number {
  const scans = scansOfUnit.reduce((sum, count, index) => sum + count * weights[index]!, 0);
  const lesions = lesionsOfUnit.reduce((sum, count, index) => sum + count * weights[index]!, 0);
  let right = 0;
  let falsePositives = 0;
  for (let place = 0; place < unit.length; place++) {
    const weight = weights[unit[place]!]!;
    if (found[place]) right += weight;
    else falsePositives += weight;
    if (lastOfTie[place]) visit(falsePositives / scans, lesions === 0 ? 0 : right / lesions, place);
  }
  return lesions;
}
