import type { GreyImage } from '@radiolect/dicom';
import type { Atlas, Prediction, View } from '@radiolect/findings';
import { outlineInPicture, views } from '@radiolect/findings';
import { outlinePixels } from './outline-pixels.ts';

/** Mean count of each site by view, in units of the body's median: what the simplest reader looks at. */
export type SiteMeans = Readonly<Record<string, Readonly<Partial<Record<View, number>>>>>;

/** Measures every site under the estimated warp. */
export function siteMeans(
  pictures: Readonly<Partial<Record<View, GreyImage>>>,
  warps: Prediction['warps'],
  atlas: Atlas,
): SiteMeans {
  const means: Record<string, Partial<Record<View, number>>> = {};
  for (const view of views) {
    const picture = pictures[view];
    const warp = warps[view];
    if (!picture || !warp) continue;
    const lit = Float32Array.from(picture.pixels.filter((value) => value > 0)).sort();
    const unit = Math.max(lit[Math.floor(lit.length / 2)] ?? 1, 1e-6);
    for (const { site } of atlas.views[view].outlines) {
      const pixels = outlinePixels(outlineInPicture(atlas, view, site, warp), picture.rows, picture.columns);
      const sum = pixels.reduce((total, at) => total + picture.pixels[at]!, 0);
      means[site] ??= {};
      if (pixels.length > 0) means[site][view] = sum / pixels.length / unit;
    }
  }
  return means;
}

/**
 * The floor: how many robust standard deviations (1.4826 × median absolute deviation) a site's mean count lies above
 * the median of all studies, in the view where it is most. One score per study.
 */
export function zScores(studies: readonly SiteMeans[], site: string): number[] {
  const scores = studies.map(() => Number.NEGATIVE_INFINITY);
  for (const view of views) {
    const values = studies.map((means) => means[site]?.[view]);
    const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
    const centre = middle(known);
    const spread = 1.4826 * middle(known.map((value) => Math.abs(value - centre)).sort((a, b) => a - b));
    for (const [study, value] of values.entries())
      if (value !== undefined) scores[study] = Math.max(scores[study]!, (value - centre) / Math.max(spread, 1e-9));
  }
  return scores;
}

const middle = (ascending: readonly number[]): number => ascending[Math.floor(ascending.length / 2)] ?? 0;
