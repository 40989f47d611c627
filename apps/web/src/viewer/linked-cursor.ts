import type { Atlas, Point, View, Warp } from '@radiolect/findings';
import { warpToAtlas, warpToPicture } from '@radiolect/findings';

/** A view's picture size and, where it was estimated, its warp from the atlas. */
export interface PlacedView {
  readonly view: View;
  readonly columns: number;
  readonly rows: number;
  readonly warp?: Warp;
}

/**
 * The point of `to` that lies at the same height and on the same side of the body as `point` of `from`. Goes through
 * the atlas where both warps are known; without them pictures of equal frame are taken to match, mirrored where the
 * views are opposite.
 */
export function linkedPoint(
  atlas: Pick<Atlas, 'width' | 'height'> | undefined,
  from: PlacedView,
  to: PlacedView,
  point: Point,
): Point {
  const opposite = from.view !== to.view;
  if (atlas && from.warp && to.warp) {
    const [x, y] = warpToAtlas(from.warp, point);
    return warpToPicture(to.warp, [opposite ? atlas.width - x : x, y]);
  }
  const x = (point[0] / from.columns) * to.columns;
  return [opposite ? to.columns - x : x, (point[1] / from.rows) * to.rows];
}
