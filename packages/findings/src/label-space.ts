import type { Finding } from './finding.ts';
import { makeFinding } from './finding.ts';
import type { ReportReading, SiteLabel } from './report.ts';
import type { LabelState, Presence } from './vocabulary.ts';

/** The named, versioned, ordered list of positions that a model and a data set share. */
export interface LabelSpace {
  readonly name: string;
  readonly version: string;
  readonly positions: readonly string[];
}

/** One state per position of its label space, in that order. */
export interface LabelVector {
  readonly labelSpace: { readonly name: string; readonly version: string };
  readonly states: readonly LabelState[];
}

/** Two thresholds of one position on the calibrated probability: absent below `low`, present at or above `high`. */
export interface OperatingPoint {
  readonly low: number;
  readonly high: number;
}

const precedence = { present: 3, uncertain: 2, absent: 1 } as const satisfies Record<Presence, number>;

/**
 * Lays findings out over the positions. Several findings at one position give the strongest state: present before
 * uncertain before absent. A position without a finding is `unmentioned`. Sites outside the space throw a RangeError.
 */
export function labelVectorOf(findings: readonly Finding[], space: LabelSpace): LabelVector {
  const states: LabelState[] = space.positions.map(() => 'unmentioned');
  const indexOf = new Map(space.positions.map((id, index) => [id, index]));
  for (const finding of findings) {
    const index = indexOf.get(finding.site);
    if (index === undefined) throw new RangeError(`site "${finding.site}" is not in label space ${space.name}`);
    const state = states[index]!;
    if (state === 'unmentioned' || precedence[finding.presence] > precedence[state]) states[index] = finding.presence;
  }
  return { labelSpace: { name: space.name, version: space.version }, states };
}

/** One finding per mentioned position: the inverse of {@link labelVectorOf} for findings without attributes. */
export function findingsOfLabelVector(vector: LabelVector, space: LabelSpace, source: Finding['source']): Finding[] {
  if (vector.states.length !== space.positions.length)
    throw new RangeError(`${vector.states.length} states for ${space.positions.length} positions of ${space.name}`);
  return space.positions.flatMap((site, index) => {
    const state = vector.states[index]!;
    return state === 'unmentioned' ? [] : [makeFinding({ site, presence: state, source })];
  });
}

/** present at or above `high`, absent below `low`, uncertain between. Probability and thresholds are 0 to 1. */
export function stateOfProbability(probability: number, point: OperatingPoint): Presence {
  if (!(point.low <= point.high)) throw new RangeError(`thresholds out of order: ${point.low} > ${point.high}`);
  if (probability >= point.high) return 'present';
  return probability < point.low ? 'absent' : 'uncertain';
}

/** One finding per position from calibrated probabilities, each with its probability as evidence. */
export function findingsOfProbabilities(
  probabilities: Readonly<Record<string, number>>,
  points: Readonly<Record<string, OperatingPoint>>,
  model: string,
): Finding[] {
  return Object.entries(probabilities).map(([site, value]) => {
    const point = points[site];
    if (!point) throw new RangeError(`no operating point for "${site}"`);
    return makeFinding({
      site,
      presence: stateOfProbability(value, point),
      evidence: [{ kind: 'probability', model, value }],
      source: { kind: 'model', name: model },
    });
  });
}

/** The labels by site of a reading, as `radiolect label` writes them. Several foci at a site give the strongest one. */
export function siteLabelsOf(reading: Pick<ReportReading, 'findings'>): Record<string, SiteLabel> {
  const strongest = new Map<string, Finding>();
  for (const finding of reading.findings) {
    const known = strongest.get(finding.site);
    if (!known || precedence[finding.presence] > precedence[known.presence]) strongest.set(finding.site, finding);
  }
  return Object.fromEntries([...strongest].map(([site, finding]) => [site, siteLabel(finding)]));
}

function siteLabel(finding: Finding): SiteLabel {
  const { nature, likelihood, change, uptake, intensity } = finding;
  const span = finding.evidence.find((evidence) => evidence.kind === 'text');
  return {
    state: finding.presence,
    ...(nature ? { nature } : {}),
    ...(likelihood ? { likelihood } : {}),
    ...(change ? { change } : {}),
    ...(uptake ? { uptake } : {}),
    ...(intensity ? { intensity } : {}),
    ...(span ? { evidence: { start: span.start, end: span.end, text: span.text } } : {}),
  };
}
