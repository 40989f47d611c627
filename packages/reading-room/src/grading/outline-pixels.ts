import type { Point } from '@radiolect/findings';
import { fillPolygon } from '@radiolect/findings';

/** Indices (row · columns + column) of the pixels whose centre lies in any of the polygons. */
export function outlinePixels(polygons: readonly (readonly Point[])[], rows: number, columns: number): number[] {
  const found = new Set<number>();
  for (const polygon of polygons)
    fillPolygon(polygon, rows, columns, (row, column) => found.add(row * columns + column));
  return [...found];
}
