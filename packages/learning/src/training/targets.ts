import type { LabelState } from '@radiolect/findings';
import type { Tensor } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';
import type { Example } from '../example.ts';
import { learntNatures } from '../model/geometry.ts';
import type { LabelPolicy, PositiveWeighting, SiteReaderRecipe } from '../recipe.ts';

/** How many training studies state a site present and absent, under the recipe's policy. */
export interface Prevalence {
  readonly present: Float64Array;
  readonly absent: Float64Array;
}

/** The share with which a state counts as present, or undefined where the loss leaves it out. */
export function shareOf(state: LabelState, policy: LabelPolicy): number | undefined {
  switch (state) {
    case 'present':
      return 1;
    case 'absent':
      return 0;
    case 'uncertain':
      return policy.uncertain === 'masked' ? undefined : policy.uncertain;
    case 'unmentioned':
      return policy.unmentioned === 'masked' ? undefined : 0;
  }
}

export function prevalenceOf(examples: readonly Example[], sites: number, policy: LabelPolicy): Prevalence {
  const present = new Float64Array(sites);
  const absent = new Float64Array(sites);
  for (const { labels } of examples)
    labels.states.forEach((state, site) => {
      const share = shareOf(state, policy);
      if (share === undefined) return;
      present[site]! += share;
      absent[site]! += 1 - share;
    });
  return { present, absent };
}

/** How much more a positive counts than a negative; 1 where a label is always or never present. */
export const positiveWeight = (
  present: number,
  absent: number,
  { positivePower, largestPositiveWeight }: PositiveWeighting,
): number => (present === 0 || absent === 0 ? 1 : Math.min((absent / present) ** positivePower, largestPositiveWeight));

/** (S): the positive weight of each site. */
export const positiveWeights = ({ present, absent }: Prevalence, { loss }: SiteReaderRecipe): Float64Array =>
  present.map((count, site) => positiveWeight(count, absent[site]!, loss));

/** (N): weight of each learnt cause, between a quarter and four; 1 where it never occurs. */
export function natureWeights(examples: readonly Example[], { loss }: SiteReaderRecipe): Float64Array {
  const counts = new Float64Array(learntNatures.length);
  for (const { natures } of examples)
    for (const cause of Object.values(natures)) {
      const index = learntNatures.indexOf(cause as (typeof learntNatures)[number]);
      if (index >= 0) counts[index]! += 1;
    }
  const known = counts.filter((count) => count > 0);
  const mean = known.reduce((a, b) => a + b, 0) / Math.max(known.length, 1);
  return counts.map((count) => (count === 0 ? 1 : Math.min(Math.max((mean / count) ** loss.naturePower, 0.25), 4)));
}

/** How much each label counts, from how often it occurs in training. */
export interface LabelWeights {
  /** (S) */
  readonly positive: Float64Array;
  /** (N) */
  readonly nature: Float64Array;
}

/** One study's labels after any mirroring, with the positions by which its sites are read. */
export interface TargetRow {
  readonly example: Example;
  /** (S): index of the label that stands at each site: its own, or its mirror's. */
  readonly order: readonly number[];
}

/** The target tensors of a batch. Weights of each part are averaged over what the batch states. */
export function targetTensors(
  rows: readonly TargetRow[],
  positions: readonly string[],
  weights: LabelWeights,
  recipe: SiteReaderRecipe,
): Record<'present' | 'absent' | 'nature' | 'metastatic' | 'notMetastatic', Tensor> {
  const batch = rows.length;
  const sites = positions.length;
  const natures = learntNatures.length;
  const present = new Float32Array(batch * sites);
  const absent = new Float32Array(batch * sites);
  const nature = new Float32Array(batch * sites * natures);
  const metastatic = new Float32Array(batch);
  const notMetastatic = new Float32Array(batch);
  rows.forEach(({ example, order }, row) => {
    order.forEach((label, site) => {
      const share = shareOf(example.labels.states[label]!, recipe.labels);
      if (share === undefined) return;
      present[row * sites + site] = share * weights.positive[label]!;
      absent[row * sites + site] = 1 - share;
      const cause = example.natures[positions[label]!];
      const index =
        cause === undefined || share === 0 ? -1 : learntNatures.indexOf(cause as (typeof learntNatures)[number]);
      if (index >= 0) nature[(row * sites + site) * natures + index] = weights.nature[index]!;
    });
    const share = shareOf(example.metastasis, recipe.labels);
    // Silence about metastasis is never its absence, whatever silence about a site means.
    if (share === undefined || example.metastasis === 'unmentioned') return;
    metastatic[row] = share;
    notMetastatic[row] = 1 - share;
  });
  average([present, absent], 1);
  average([nature], recipe.loss.nature);
  average([metastatic, notMetastatic], recipe.loss.metastasis);
  return {
    present: floatTensor([batch, sites], present),
    absent: floatTensor([batch, sites], absent),
    nature: floatTensor([batch, sites, natures], nature),
    metastatic: floatTensor([batch, 1], metastatic),
    notMetastatic: floatTensor([batch, 1], notMetastatic),
  };
}

/** Scales weights so that together they sum to `total`. */
export function average(parts: readonly Float32Array[], total: number): void {
  const sum = parts.reduce((all, part) => all + part.reduce((a, b) => a + b, 0), 0);
  if (sum === 0) return;
  for (const part of parts)
    part.forEach((value, index) => {
      part[index] = (value * total) / sum;
    });
}
