import type { Atlas, Point, View, Warp } from '@radiolect/findings';
import { makeWarp, siteAt, warpToAtlas } from '@radiolect/findings';
import { RefusedError } from '../errors.ts';

/** The warp of a picture that nothing has estimated yet: the atlas stretched over the frame. */
export const stretchedWarp = (atlas: Atlas, rows: number, columns: number): Warp =>
  makeWarp(2, 2, ([x, y]) => [(x / atlas.width) * columns, (y / atlas.height) * rows]);

/** All sites that hold a point of the picture, the smallest first. */
export const sitesAtPicturePoint = (atlas: Atlas, view: View, warp: Warp, point: Point): string[] =>
  siteAt(atlas, view, warpToAtlas(warp, point));

/**
 * The site of an outline on the picture: the one that holds most of its points and its middle, the smallest where several
 * do. Throws RefusedError where the outline lies on no site.
 */
export function siteOfOutline(atlas: Atlas, view: View, warp: Warp, polygon: readonly Point[]): string {
  const middle: Point = [mean(polygon.map(([x]) => x)), mean(polygon.map(([, y]) => y))];
  const votes = new Map<string, number>();
  const vote = (point: Point, weight: number): void => {
    for (const site of sitesAtPicturePoint(atlas, view, warp, point)) votes.set(site, (votes.get(site) ?? 0) + weight);
  };
  vote(middle, Math.max(1, polygon.length));
  for (const point of polygon) vote(point, 1);
  const most = Math.max(0, ...votes.values());
  const winner = [...votes].find(([, count]) => count === most)?.[0];
  if (polygon.length < 3 || winner === undefined)
    throw new RefusedError('the outline lies on no bone of the body map', 'name the site on the body map');
  return winner;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
