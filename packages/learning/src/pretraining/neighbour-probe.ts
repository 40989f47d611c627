import type { LabelState } from '@radiolect/findings';
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
  readonly positions: number;
}

/**
 * How well an image's labels follow from those of the images that look alike to the backbone, without training
 * anything. Each position's votes come from the neighbours that state it; where none does, the bank's share of present
 * decides. The queries must be of other patients than the bank: left in, an image would vote for itself, and left out
 * one at a time it would lower its own class's share.
 */
export function probeNeighbours(
  bank: LabelledFeatures,
  queries: LabelledFeatures,
  settings: ProbeSettings,
): ProbeResult {
  const near = nearest(normalised(bank.features), normalised(queries.features), settings);
  const positions = queries.labels[0]?.length ?? 0;
  const aurocs: number[] = [];
  for (let position = 0; position < positions; position++) {
    const stated = queries.labels.flatMap((states, row) => (isStated(states[position]) ? [row] : []));
    const positive = stated.map((row) => queries.labels[row]![position] === 'present');
    const positives = positive.filter(Boolean).length;
    if (positives < settings.fewest || stated.length - positives < settings.fewest) continue;
    const prior = share(bank.labels.map((states) => ({ state: states[position], weight: 1 }))) ?? 0;
    const scores = stated.map(
      (row) =>
        share(near[row]!.map(({ index, weight }) => ({ state: bank.labels[index]![position], weight }))) ?? prior,
    );
    const area = areaUnderCurve(scores, positive);
    if (area !== undefined) aurocs.push(area);
  }
  const auroc = aurocs.length === 0 ? null : aurocs.reduce((sum, one) => sum + one, 0) / aurocs.length;
  return { auroc, positions: aurocs.length };
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
