import type { ScoredLabels } from '../calibration/scored-labels.ts';
import type { Example } from '../example.ts';
import { learntNatures } from '../model/geometry.ts';
import type { LabelPolicy, SiteReaderRecipe } from '../recipe.ts';
import { areaUnderCurve } from './ranking.ts';
import { shareOf } from './targets.ts';
import type { EpochScore } from './training-task.ts';

interface Logits {
  readonly presence: Float32Array;
  readonly nature: Float32Array;
  readonly metastasis: number;
}

/** A site is scored where validation has at least this many of either state. */
const enough = 3;

/** The scores of an epoch: mean AUROC over the sites with enough labels, and the weighted presence loss. */
export function scoreValidation(
  examples: readonly Example[],
  logits: readonly Logits[],
  positions: readonly string[],
  positive: Float64Array,
  { labels }: SiteReaderRecipe,
): EpochScore {
  let loss = 0;
  let weights = 0;
  examples.forEach((example, study) => {
    example.labels.states.forEach((state, site) => {
      const share = shareOf(state, labels);
      if (share === undefined) return;
      const logit = logits[study]!.presence[site]!;
      loss += share * positive[site]! * softplus(-logit) + (1 - share) * softplus(logit);
      weights += share * positive[site]! + 1 - share;
    });
  });
  const areas: number[] = [];
  for (const { logits: scores, positive: states } of validate(examples, logits, positions, labels).positions.values()) {
    const positives = states.filter(Boolean).length;
    if (positives < enough || states.length - positives < enough) continue;
    const area = areaUnderCurve(scores, states);
    if (area !== undefined) areas.push(area);
  }
  const validationLoss = weights > 0 ? loss / weights : 0;
  const validationAuroc = areas.length > 0 ? areas.reduce((a, b) => a + b, 0) / areas.length : null;
  return {
    score: validationAuroc ?? -validationLoss,
    measures: { validationLoss, validationAuroc, sites: areas.length },
  };
}

/** Logits beside labels, by position; uncertain labels are left out, since they are neither. */
export function validate(
  examples: readonly Example[],
  logits: readonly Logits[],
  positions: readonly string[],
  policy: LabelPolicy,
): {
  readonly positions: ReadonlyMap<string, ScoredLabels>;
  readonly metastasis: ScoredLabels;
  readonly natures: readonly { readonly probability: number; readonly right: boolean }[];
} {
  const byPosition = new Map<string, ScoredLabels>();
  const natures: { probability: number; right: boolean }[] = [];
  positions.forEach((id, site) => {
    const scores: number[] = [];
    const positive: boolean[] = [];
    examples.forEach((example, study) => {
      const state = example.labels.states[site]!;
      const share = state === 'uncertain' ? undefined : shareOf(state, policy);
      if (share === undefined) return;
      scores.push(logits[study]!.presence[site]!);
      positive.push(share === 1);
      const cause = example.natures[id];
      if (share === 1 && cause !== undefined) {
        const count = learntNatures.length;
        const probabilities = softmax(logits[study]!.nature.subarray(site * count, (site + 1) * count));
        const best = probabilities.indexOf(Math.max(...probabilities));
        natures.push({ probability: probabilities[best]!, right: learntNatures[best] === cause });
      }
    });
    byPosition.set(id, { logits: scores, positive });
  });
  const stated = examples.flatMap((example, study) =>
    example.metastasis === 'present' || example.metastasis === 'absent'
      ? [{ logit: logits[study]!.metastasis, positive: example.metastasis === 'present' }]
      : [],
  );
  return {
    positions: byPosition,
    metastasis: { logits: stated.map((one) => one.logit), positive: stated.map((one) => one.positive) },
    natures,
  };
}

export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
