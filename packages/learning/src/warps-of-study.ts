import type { View, Warp } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { StudyViews } from './input/model-input.ts';
import type { WarpEstimate, WarpEstimator } from './warp/warp-estimator.ts';

/** What registration found of each view that is there; undefined where the view holds no body. */
export type ViewEstimates = Readonly<Partial<Record<View, WarpEstimate | undefined>>>;

export function estimateViews(estimator: WarpEstimator, pictures: StudyViews): ViewEstimates {
  const estimates: Partial<Record<View, WarpEstimate | undefined>> = {};
  for (const view of views) {
    const picture = pictures[view];
    if (picture) estimates[view] = estimator.estimate(picture, view);
  }
  return estimates;
}

/** The warps of the views that hold a body. */
export function warpsOf(estimates: ViewEstimates): Partial<Record<View, Warp>> {
  const warps: Partial<Record<View, Warp>> = {};
  for (const view of views) {
    const estimate = estimates[view];
    if (estimate) warps[view] = estimate.warp;
  }
  return warps;
}

export const estimateWarps = (estimator: WarpEstimator, pictures: StudyViews): Partial<Record<View, Warp>> =>
  warpsOf(estimateViews(estimator, pictures));
