import type { Point } from './evidence.ts';

/**
 * Visits the cells of a `rows` × `columns` grid whose centre lies inside a closed polygon (even-odd rule), row by row.
 * The polygon is in cells: cell (row, column) spans column to column + 1 and row to row + 1. Crossings are found once a
 * row, so the cost is that of the polygon's height times its points.
 */
export function fillPolygon(
  polygon: readonly Point[],
  rows: number,
  columns: number,
  visit: (row: number, column: number) => void,
): void {
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const [, y] of polygon) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  for (let row = Math.max(0, Math.floor(top - 0.5)); row < Math.min(rows, Math.ceil(bottom + 0.5)); row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
      const [xi, yi] = polygon[i]!;
      const [xj, yj] = polygon[j]!;
      if (yi > y !== yj > y) crossings.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const first = Math.max(0, Math.ceil(crossings[pair]! - 0.5));
      const last = Math.min(columns, Math.ceil(crossings[pair + 1]! - 0.5));
      for (let column = first; column < last; column++) visit(row, column);
    }
  }
}
