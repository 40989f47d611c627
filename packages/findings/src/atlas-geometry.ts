import type { Atlas, Warp } from './atlas.ts';
import type { Point } from './evidence.ts';
import type { View } from './vocabulary.ts';
import { warpToPicture } from './warp.ts';

type Polygon = readonly Point[];

/** Area of a closed polygon without self-crossing, in square pixels. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [x0, y0] = polygon[i]!;
    const [x1, y1] = polygon[(i + 1) % polygon.length]!;
    twice += x0 * y1 - x1 * y0;
  }
  return Math.abs(twice) / 2;
}

/** Whether a point lies inside a closed polygon (even-odd rule). */
export function insidePolygon(polygon: Polygon, [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Distance from a point to the nearest edge of a polygon, in pixels; 0 inside it. */
export function distanceToPolygon(polygon: Polygon, point: Point): number {
  return insidePolygon(polygon, point) ? 0 : distanceToEdge(polygon, point);
}

/** Distance from a point to the nearest edge of a polygon, in pixels, from inside or outside. */
export function distanceToEdge(polygon: Polygon, [x, y]: Point): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, ay] = polygon[j]!;
    const [bx, by] = polygon[i]!;
    const dx = bx - ax;
    const dy = by - ay;
    const lengthSquared = dx * dx + dy * dy;
    let share = lengthSquared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / lengthSquared;
    if (share < 0) share = 0;
    else if (share > 1) share = 1;
    const gapX = x - ax - share * dx;
    const gapY = y - ay - share * dy;
    const squared = gapX * gapX + gapY * gapY;
    if (squared < best) best = squared;
  }
  return Math.sqrt(best);
}

/**
 * A point well inside a polygon, for labels and tests: the point of a fine grid that lies farthest from the edge.
 * Works for curved bands, whose centroid may lie outside.
 */
export function innerPoint(polygon: Polygon): Point {
  const xs = polygon.map((point) => point[0]);
  const ys = polygon.map((point) => point[1]);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let best: Point = polygon[0] ?? [0, 0];
  let bestDistance = -1;
  const steps = 40;
  for (let row = 1; row < steps; row++)
    for (let column = 1; column < steps; column++) {
      const point: Point = [left + ((right - left) * column) / steps, top + ((bottom - top) * row) / steps];
      if (!insidePolygon(polygon, point)) continue;
      const distance = distanceToEdge(polygon, point);
      if (distance > bestDistance) {
        best = point;
        bestDistance = distance;
      }
    }
  return best;
}

/** The outline of one site in atlas coordinates; empty where the atlas does not know the site. */
export function siteOutline(atlas: Atlas, view: View, site: string): readonly Polygon[] {
  return atlas.views[view].outlines.find((outline) => outline.site === site)?.polygons ?? [];
}

/** All sites whose outline holds an atlas point, smallest outline first. Outlines overlap in projection. */
export function siteAt(atlas: Atlas, view: View, point: Point): string[] {
  return atlas.views[view].outlines
    .filter((outline) => outline.polygons.some((polygon) => insidePolygon(polygon, point)))
    .map((outline) => ({
      site: outline.site,
      area: outline.polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0),
    }))
    .sort((a, b) => a.area - b.area)
    .map(({ site }) => site);
}

/** The outline of a site in one picture, in pixels of that picture. */
export function outlineInPicture(atlas: Atlas, view: View, site: string, warp: Warp): Point[][] {
  return siteOutline(atlas, view, site).map((polygon) => polygon.map((point) => warpToPicture(warp, point)));
}
