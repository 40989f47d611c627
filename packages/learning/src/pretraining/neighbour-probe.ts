import type { LabelState } from '@radiolect/findings';
import type { Random } from '../random.ts';
import { areaUnderCurve } from '../training/ranking.ts';
import type { FeatureTable } from './feature-table.ts';
import { normalised } from './feature-table.ts';

export interface ProbeSettings {
  /** k: how many of the bank's most similar images vote. */
  readonly neighbours: number;
  /** A neighbour of cosine similarity s votes with e^(s ÷ temperature) (Wu et al. 2018, section 3.4: 0.07). */
  readonly temperature: number;
  /** A position counts where the queries state it present and absent at least so often. */
  readonly fewest: number;
}

/** Images whose features and labels are known. `labels` are per image, in the order of the label space. */
export interface LabelledFeatures {
  readonly features: FeatureTable;
  readonly labels: readonly (readonly LabelState[])[];
}

export interface ProbeResult {
  /** Mean AUROC over the positions that count; null where none does. */
  readonly auroc: number | null;
  /** 95 % bootstrap interval of it over the queries; null where there is no AUROC. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly positions: number;
}

/** Scores of the queries that state one position. */
interface ScoredPosition {
  readonly rows: readonly number[];
  readonly scores: readonly number[];
  readonly positive: readonly boolean[];
}

/**
 * How well an image's labels follow from those of the images that look alike to the backbone, without training
 * anything. Each position's votes come from the neighbours that state it; where none does, the bank's share of present
 * decides. The queries must be of other patients than the bank: left in, an image would vote for itself, and left out
 * one at a time it would lower its own class's share. `random` draws the resamples of the interval.
 */
export function probeNeighbours(
  bank: LabelledFeatures,
  queries: LabelledFeatures,
  settings: ProbeSettings,
  random: Random,
): ProbeResult {
  const near = nearest(normalised(bank.features), normalised(queries.features), settings);
  const positions = queries.labels[0]?.length ?? 0;
  const scored: ScoredPosition[] = [];
  for (let position = 0; position < positions; position++) {
    const rows = queries.labels.flatMap((states, row) => (isStated(states[position]) ? [row] : []));
    const positive = rows.map((row) => queries.labels[row]![position] === 'present');
    const positives = positive.filter(Boolean).length;
    if (positives < settings.fewest || rows.length - positives < settings.fewest) continue;
    const prior = share(bank.labels.map((states) => ({ state: states[position], weight: 1 }))) ?? 0;
    const votes = (row: number) =>
      near[row]!.map(({ index, weight }) => ({ state: bank.labels[index]![position], weight }));
    scored.push({ rows, positive, scores: rows.map((row) => share(votes(row)) ?? prior) });
  }
  const once = new Array<number>(queries.features.count).fill(1);
  const auroc = meanAuroc(scored, once);
  return { auroc, interval: auroc === null ? null : interval(scored, once.length, random), positions: scored.length };
}

/** Mean over the positions, each query counted so many times. */
function meanAuroc(scored: readonly ScoredPosition[], times: readonly number[]): number | null {
  const areas = scored.flatMap(({ rows, scores, positive }) => {
    const drawn = rows.flatMap((row, index) => new Array<number>(times[row]!).fill(index));
    const area = areaUnderCurve(
      drawn.map((index) => scores[index]!),
      drawn.map((index) => positive[index]!),
    );
    return area === undefined ? [] : [area];
  });
  return areas.length === 0 ? null : areas.reduce((sum, one) => sum + one, 0) / areas.length;
}

const resamples = 200;

function interval(scored: readonly ScoredPosition[], queries: number, random: Random): readonly [number, number] {
  const values = Array.from({ length: resamples }, () => {
    const times = new Array<number>(queries).fill(0);
    for (let draw = 0; draw < queries; draw++) times[Math.floor(random() * queries)]! += 1;
    return meanAuroc(scored, times) ?? 0.5;
  }).sort((a, b) => a - b);
  return [values[Math.floor(0.025 * resamples)]!, values[Math.ceil(0.975 * resamples) - 1]!];
}

const isStated = (state: LabelState | undefined): boolean => state === 'present' || state === 'absent';

/** Weight of present among present and absent, or undefined where neither is stated. */
function share(
  votes: readonly { readonly state: LabelState | undefined; readonly weight: number }[],
): number | undefined {
  let present = 0;
  let total = 0;
  for (const { state, weight } of votes) {
    if (!isStated(state)) continue;
    total += weight;
    if (state === 'present') present += weight;
  }
  return total === 0 ? undefined : present / total;
}

interface Neighbour {
  readonly index: number;
  readonly weight: number;
}

/** For every query its most similar bank images, nearest first. Weights are relative to the nearest one's. */
function nearest(bank: FeatureTable, queries: FeatureTable, { neighbours, temperature }: ProbeSettings): Neighbour[][] {
  return Array.from({ length: queries.count }, (_, row) => {
    const similarity = Float64Array.from({ length: bank.count }, (_, other) => {
      let sum = 0;
      for (let d = 0; d < bank.width; d++)
        sum += bank.values[other * bank.width + d]! * queries.values[row * bank.width + d]!;
      return sum;
    });
    const order = Array.from(similarity.keys()).sort((a, b) => similarity[b]! - similarity[a]! || a - b);
    const best = similarity[order[0] ?? 0] ?? 0;
    return order
      .slice(0, neighbours)
      .map((index) => ({ index, weight: Math.exp((similarity[index]! - best) / temperature) }));
  });
}
