import type { Point } from '@radiolect/findings';

/** An upright box in pixels of a picture: `right` and `bottom` are the far edges. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const boxArea = ({ left, top, right, bottom }: Box): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

/** Intersection over union, 0 to 1; 0 for two empty boxes. */
export function boxIou(a: Box, b: Box): number {
  const shared = boxArea({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const union = boxArea(a) + boxArea(b) - shared;
  return union === 0 ? 0 : shared / union;
}

/** The smallest upright box around an outline. Throws RangeError for an outline without points. */
export function boxOf(polygon: readonly Point[]): Box {
  if (polygon.length === 0) throw new RangeError('an outline without points has no box');
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
