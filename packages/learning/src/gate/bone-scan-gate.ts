import type { View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { WarpEstimate } from '../warp/warp-estimator.ts';

/** Whether the pictures are a whole-body scan of a skeleton at all, before anything is read from them. */
export interface GateAnswer {
  /** 0 to 1; a study below 0.5 is refused. */
  readonly probability: number;
  readonly reason: 'resembles-a-skeleton' | 'no-body-found' | 'does-not-resemble-a-skeleton';
}

/**
 * Similarity to the drawn skeleton (mean local correlation) at which the answer is even, and the distance over which it
 * turns: whole-body bone scans lie above 0.5, pictures of anything else below 0.4 (`docs/log.md`, "The gate").
 */
const evenSimilarity = 0.48;
const turn = 0.025;

/**
 * Width over height of a standing body with its arms, with room for arms cut off and arms held away (real scans:
 * 0.22 to 0.36). What lies outside loses similarity by this much for each unit: a spread hand is wider than a body.
 */
const bodyAspect = { least: 0.18, most: 0.38, penalty: 2 } as const;

/**
 * Asks each view that was given how well the skeleton's drawing could be laid over it; the worst view decides, since
 * one wrong picture spoils the reading of both. `undefined` stands for a picture in which no body was found.
 */
export function boneScanGate(estimates: Readonly<Partial<Record<View, WarpEstimate | undefined>>>): GateAnswer {
  const given = views.filter((view) => view in estimates).map((view) => estimates[view]);
  if (given.length === 0 || given.includes(undefined)) return { probability: 0, reason: 'no-body-found' };
  const worst = Math.min(...given.map((estimate) => resemblance(estimate!)));
  const probability = 1 / (1 + Math.exp(-(worst - evenSimilarity) / turn));
  return { probability, reason: probability >= 0.5 ? 'resembles-a-skeleton' : 'does-not-resemble-a-skeleton' };
}

function resemblance({ similarity, aspect }: WarpEstimate): number {
  const outside = Math.max(0, bodyAspect.least - aspect, aspect - bodyAspect.most);
  return similarity - bodyAspect.penalty * outside;
}
