import type { Atlas, Point, Prediction, View } from '@radiolect/findings';
import { distanceToPolygon, innerPoint, siteOutline, views, warpToPicture } from '@radiolect/findings';
import type { PhantomStudy } from '@radiolect/phantom';
import type { ReadyModel } from '../reading/models.ts';

/** How near the peak of one finding's heat map lies to the lesion that is there. */
export interface Localisation {
  readonly site: string;
  /** Longest extent of the site's true outline in the peak's view, pixels at 256 × 1024. */
  readonly siteLength: number;
  /** Pixels from the peak to the nearest outline of a lesion at the site; 0 inside one. */
  readonly distance: number;
  /** The same for a reader that points at the middle of the site under the estimated warp, in the same view. */
  readonly baselineDistance: number;
  /** Peak of the heat map when the site's lesions are taken out of the picture, over the peak with them. */
  readonly peakWithoutLesion?: number;
}

/**
 * Points at a true positive: the peak of the site's heat map over both views against the true lesion outlines. With
 * `redraw`, the same acquisition is drawn again without the site's lesions and read again. Undefined where no lesion of
 * the site has an outline in a view that was read.
 */
export async function localise(
  study: PhantomStudy,
  site: string,
  model: ReadyModel,
  warps: Prediction['warps'],
  atlas: Atlas,
  redraw: boolean,
): Promise<Localisation | undefined> {
  const map = await model.heatMap(study.views, site, warps);
  const peak = peakOf(map);
  if (!peak) return undefined;
  const { view, point } = peak;
  const polygons = study.truth.image.findings.flatMap((finding) => {
    const polygon = finding.site === site ? finding.views[view]?.polygon : undefined;
    return polygon && polygon.length > 2 ? [polygon] : [];
  });
  const warp = warps[view];
  const outline = siteOutline(atlas, view, site)[0];
  if (polygons.length === 0 || !warp || !outline) return undefined;
  const distance = (from: Point): number => Math.min(...polygons.map((polygon) => distanceToPolygon(polygon, from)));
  const middle = warpToPicture(warp, innerPoint(outline));
  const own = study.truth.image.sites[site]?.[view]?.flat() ?? [];
  const ids = study.phantomCase.lesions.filter((lesion) => lesion.site === site).map(({ id }) => id);
  const again = redraw ? peakOf(await model.heatMap(study.rendered.redrawWithout(ids), site)) : undefined;
  return {
    site,
    siteLength: extent(own),
    distance: distance(point),
    baselineDistance: distance(middle),
    ...(redraw ? { peakWithoutLesion: (again?.value ?? 0) / peak.value } : {}),
  };
}

function peakOf(
  map: Readonly<Partial<Record<View, Float32Array>>>,
): { readonly view: View; readonly point: Point; readonly value: number } | undefined {
  let best: { view: View; at: number; value: number } | undefined;
  for (const view of views)
    for (const [at, value] of map[view]?.entries() ?? []) if (value > (best?.value ?? 0)) best = { view, at, value };
  return (
    best && { view: best.view, point: [(best.at % 256) + 0.5, Math.floor(best.at / 256) + 0.5], value: best.value }
  );
}

function extent(points: readonly Point[]): number {
  const side = (axis: 0 | 1): number => {
    const values = points.map((point) => point[axis]);
    return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
  };
  return Math.hypot(side(0), side(1));
}
