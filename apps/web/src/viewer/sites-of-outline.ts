import type { Atlas, Point, View, Warp } from '@radiolect/findings';
import { siteAt, warpToAtlas } from '@radiolect/findings';

/**
 * The sites under an outline on a picture, the one that most of it lies on first. The middle, the drawn points and the
 * points half-way between them vote, since the middle alone may fall between two vertebrae. Empty beside the skeleton.
 */
export function sitesOfOutline(atlas: Atlas, view: View, warp: Warp, polygon: readonly Point[]): readonly string[] {
  const sum = polygon.reduce<Point>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  const middle: Point = [sum[0] / polygon.length, sum[1] / polygon.length];
  const halfWay = polygon.map(([x, y]): Point => [(x + middle[0]) / 2, (y + middle[1]) / 2]);
  const votes = new Map<string, number>();
  for (const point of [middle, ...halfWay, ...halfWay, ...polygon])
    for (const site of siteAt(atlas, view, warpToAtlas(warp, point))) votes.set(site, (votes.get(site) ?? 0) + 1);
  return [...votes].sort((a, b) => b[1] - a[1]).map(([site]) => site);
}
