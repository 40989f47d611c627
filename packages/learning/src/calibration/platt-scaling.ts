import type { ScoredLabels } from './scored-labels.ts';
import { sigmoid, softTargets } from './scored-labels.ts';

/** probability = σ(slope · logit + offset). */
export interface LogisticFit {
  readonly slope: number;
  readonly offset: number;
}

/** A calibration may flatten what the model says, never turn it around. */
const leastSlope = 0.05;

/**
 * Platt scaling: slope and offset that fit the labels best, held near (`slope`, `offset`) by a ridge worth `weight`
 * labels. Newton's method on Platt's softened targets.
 */
export function plattScaling(scored: ScoredLabels, near: LogisticFit, weight: number): LogisticFit {
  const targets = softTargets(scored);
  let { slope, offset } = near;
  for (let iteration = 0; iteration < 50; iteration++) {
    let [gs, go] = [weight * (slope - near.slope), weight * (offset - near.offset)];
    let [hss, hso, hoo] = [weight + 1e-6, 0, weight + 1e-6];
    scored.logits.forEach((logit, index) => {
      const p = sigmoid(slope * logit + offset);
      const error = p - targets[index]!;
      const curvature = Math.max(p * (1 - p), 1e-6);
      gs += error * logit;
      go += error;
      hss += curvature * logit * logit;
      hso += curvature * logit;
      hoo += curvature;
    });
    const determinant = hss * hoo - hso * hso;
    const [ds, dO] = [(hoo * gs - hso * go) / determinant, (hss * go - hso * gs) / determinant];
    // Long steps are cut: far from the optimum the curvature says little.
    const cut = Math.min(1, 2 / Math.max(Math.abs(ds), Math.abs(dO), 1e-9));
    slope -= cut * ds;
    offset -= cut * dO;
    if (Math.abs(ds) + Math.abs(dO) < 1e-6) break;
  }
  return { slope: Math.max(slope, leastSlope), offset };
}

/**
 * Temperature scaling (Guo et al. 2017): the slope alone, 1 ÷ temperature, held near `near` by a ridge worth `weight`
 * labels. An even chance stays where the model has it, so the shift that positive weights bring is not undone.
 */
export function temperatureScaling(scored: ScoredLabels, near: number, weight: number): LogisticFit {
  const targets = softTargets(scored);
  let slope = near;
  for (let iteration = 0; iteration < 50; iteration++) {
    let gradient = weight * (slope - near);
    let curvature = weight + 1e-6;
    scored.logits.forEach((logit, index) => {
      const p = sigmoid(slope * logit);
      gradient += (p - targets[index]!) * logit;
      curvature += Math.max(p * (1 - p), 1e-6) * logit * logit;
    });
    const step = gradient / curvature;
    slope -= Math.min(Math.max(step, -2), 2);
    if (Math.abs(step) < 1e-9) break;
  }
  return { slope: Math.max(slope, leastSlope), offset: 0 };
}
