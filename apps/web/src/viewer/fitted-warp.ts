import type { Atlas, View, Warp } from '@radiolect/findings';
import { makeWarp } from '@radiolect/findings';
import type { Box } from './viewport.ts';

/**
 * A first guess at a picture's warp where nothing has estimated it: the atlas's body stretched over the body's box in
 * the picture. Good enough to suggest a site, which the reader then confirms; nothing is measured through it.
 */
export function fittedWarp(atlas: Atlas, view: View, body: Box): Warp {
  const points = atlas.views[view].body.flat();
  const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const scaleX = (body[2] - body[0]) / (Math.max(...xs) - left);
  const scaleY = (body[3] - body[1]) / (Math.max(...ys) - top);
  return makeWarp(2, 2, ([x, y]) => [body[0] + (x - left) * scaleX, body[1] + (y - top) * scaleY]);
}
