import type { Point } from '@radiolect/findings';
import { insidePolygon } from '@radiolect/findings';

/** Indices (row · columns + column) of the pixels whose centre lies in any of the polygons. */
export function outlinePixels(polygons: readonly (readonly Point[])[], rows: number, columns: number): number[] {
  const found = new Set<number>();
  for (const polygon of polygons) {
    const xs = polygon.map(([x]) => x);
    const ys = polygon.map(([, y]) => y);
    const lastRow = Math.min(Math.ceil(Math.max(...ys)), rows - 1);
    const lastColumn = Math.min(Math.ceil(Math.max(...xs)), columns - 1);
    for (let row = Math.max(Math.floor(Math.min(...ys)), 0); row <= lastRow; row++)
      for (let column = Math.max(Math.floor(Math.min(...xs)), 0); column <= lastColumn; column++)
        if (insidePolygon(polygon, [column + 0.5, row + 0.5])) found.add(row * columns + column);
  }
  return [...found];
}
