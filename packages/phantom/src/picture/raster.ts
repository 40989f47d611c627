import type { Point } from '@radiolect/findings';
import { distanceToEdge } from '@radiolect/findings';

/** A rectangle of numbers on the atlas plane, seen from the front; `values` is row-major, (rows × columns). */
export interface Patch {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** Sub-samples per pixel side. */
const fine = 3;

/** The share of each pixel that lies inside any of the polygons (even-odd within one polygon), 0 to 1. */
export function coverage(polygons: readonly (readonly Point[])[], margin = 1): Patch {
  const xs = polygons.flatMap((polygon) => polygon.map((point) => point[0]));
  const ys = polygons.flatMap((polygon) => polygon.map((point) => point[1]));
  const left = Math.max(0, Math.floor(Math.min(...xs)) - margin);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - margin);
  const columns = Math.ceil(Math.max(...xs)) + margin - left;
  const rows = Math.ceil(Math.max(...ys)) + margin - top;
  const values = new Float32Array(rows * columns);
  const line = new Uint8Array(columns * fine);
  for (let subRow = 0; subRow < rows * fine; subRow++) {
    line.fill(0);
    const y = top + (subRow + 0.5) / fine;
    for (const polygon of polygons) {
      const crossings = crossingsAt(polygon, y);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const from = Math.max(0, Math.ceil((crossings[k]! - left) * fine - 0.5));
        const to = Math.min(line.length - 1, Math.floor((crossings[k + 1]! - left) * fine - 0.5));
        for (let x = from; x <= to; x++) line[x] = 1;
      }
    }
    const row = Math.floor(subRow / fine) * columns;
    for (let x = 0; x < line.length; x++) {
      const column = row + Math.floor(x / fine);
      values[column] = values[column]! + line[x]! / (fine * fine);
    }
  }
  return { left, top, columns, rows, values };
}

function crossingsAt(polygon: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y) crossings.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
  }
  return crossings.sort((a, b) => a - b);
}

/**
 * How much bone the camera looks through at each pixel, 0 to about 1.
 * - `round`: a solid that is as deep as it is wide, up to `radius` pixels from its edge
 * - `shell`: a hollow vault, seen edge-on at its rim
 */
export type Profile = { readonly kind: 'round' | 'shell'; readonly radius: number };

/** Turns a coverage into a depth profile, by each pixel's distance from the polygons' edge. */
export function depthProfile(polygons: readonly (readonly Point[])[], profile: Profile): Patch {
  const patch = coverage(polygons);
  const { left, top, columns, rows, values } = patch;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      if (values[at] === 0) continue;
      const centre: Point = [left + column + 0.5, top + row + 0.5];
      const distance = Math.min(...polygons.map((polygon) => distanceToEdge(polygon, centre)));
      values[at] = values[at]! * depthAt(distance, profile);
    }
  return patch;
}

function depthAt(distance: number, { kind, radius }: Profile): number {
  if (kind === 'shell') return 0.42 + 0.92 * Math.exp(-distance / radius);
  const share = Math.min(1, (distance + 0.4) / radius);
  return Math.sqrt(share * (2 - share));
}

/** The value of a patch at a place on the plane, bilinear between pixel centres; 0 outside it. */
export function sampleAt({ left, top, columns, rows, values }: Patch, x: number, y: number): number {
  const gx = x - left - 0.5;
  const gy = y - top - 0.5;
  const column = Math.floor(gx);
  const row = Math.floor(gy);
  if (column < -1 || row < -1 || column >= columns || row >= rows) return 0;
  const s = gx - column;
  const t = gy - row;
  const value = (r: number, c: number): number =>
    r < 0 || c < 0 || r >= rows || c >= columns ? 0 : values[r * columns + c]!;
  return (
    (value(row, column) * (1 - s) + value(row, column + 1) * s) * (1 - t) +
    (value(row + 1, column) * (1 - s) + value(row + 1, column + 1) * s) * t
  );
}
