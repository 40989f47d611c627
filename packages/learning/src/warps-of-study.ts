import type { View, Warp } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { StudyViews } from './input/model-input.ts';
import type { WarpEstimator } from './warp/warp-estimator.ts';

/** The warp of each view that holds a body. */
export function estimateWarps(estimator: WarpEstimator, pictures: StudyViews): Partial<Record<View, Warp>> {
  const warps: Partial<Record<View, Warp>> = {};
  for (const view of views) {
    const picture = pictures[view];
    const estimate = picture && estimator.estimate(picture, view);
    if (estimate) warps[view] = estimate.warp;
  }
  return warps;
}
