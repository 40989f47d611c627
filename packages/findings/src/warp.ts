import type { Warp } from './atlas.ts';
import type { Point } from './evidence.ts';

/** The atlas plane that every warp's lattice spans, in atlas pixels of 2.26 mm. */
export const atlasWidth = 256;
export const atlasHeight = 1024;

/** Samples any smooth map from the atlas plane to a picture on a lattice of control points. Needs at least 2 × 2. */
export function makeWarp(rows: number, columns: number, toPicture: (atlasPoint: Point) => Point): Warp {
  const points: Point[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      points.push(toPicture([(column / (columns - 1)) * atlasWidth, (row / (rows - 1)) * atlasHeight]));
  return { rows, columns, points };
}

/** The warp of a picture that is the atlas itself. */
export const identityWarp: Warp = makeWarp(2, 2, (point) => point);

/** A point and the derivatives of the map there: [x, y, dx/du, dx/dv, dy/du, dy/dv] for atlas point (u, v). */
type Tangent = [x: number, y: number, xu: number, xv: number, yu: number, yv: number];

function tangentAt(warp: Warp, u: number, v: number): Tangent {
  const { rows, columns, points } = warp;
  const gridX = (u / atlasWidth) * (columns - 1);
  const gridY = (v / atlasHeight) * (rows - 1);
  // Outside the plane the outermost cell goes on, so the map has no edge.
  const column = Math.min(Math.max(Math.floor(gridX), 0), columns - 2);
  const row = Math.min(Math.max(Math.floor(gridY), 0), rows - 2);
  const s = gridX - column;
  const t = gridY - row;
  const at = row * columns + column;
  const a = points[at]!;
  const b = points[at + 1]!;
  const c = points[at + columns]!;
  const d = points[at + columns + 1]!;
  const scaleX = (columns - 1) / atlasWidth;
  const scaleY = (rows - 1) / atlasHeight;
  const top: Point = [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s];
  const bottom: Point = [c[0] + (d[0] - c[0]) * s, c[1] + (d[1] - c[1]) * s];
  return [
    top[0] + (bottom[0] - top[0]) * t,
    top[1] + (bottom[1] - top[1]) * t,
    ((b[0] - a[0]) * (1 - t) + (d[0] - c[0]) * t) * scaleX,
    (bottom[0] - top[0]) * scaleY,
    ((b[1] - a[1]) * (1 - t) + (d[1] - c[1]) * t) * scaleX,
    (bottom[1] - top[1]) * scaleY,
  ];
}

/** Where an atlas point lies in the picture, in pixels of the picture. */
export function warpToPicture(warp: Warp, atlasPoint: Point): Point {
  const [x, y] = tangentAt(warp, atlasPoint[0], atlasPoint[1]);
  return [x, y];
}

/** Largest distance, in pixels of the picture, at which an inverse counts as found. */
const tolerance = 1e-3;

/** Newton's steps from a first guess; undefined where they do not arrive. */
function newton(warp: Warp, picturePoint: Point, guess: Point, steps: number): Point | undefined {
  let [u, v] = guess;
  for (let step = 0; step < steps; step++) {
    const [x, y, xu, xv, yu, yv] = tangentAt(warp, u, v);
    const dx = picturePoint[0] - x;
    const dy = picturePoint[1] - y;
    if (Math.hypot(dx, dy) < tolerance) return [u, v];
    const determinant = xu * yv - xv * yu;
    if (Math.abs(determinant) < 1e-9) return undefined;
    // Late steps are halved: where two lattice cells take turns, full steps would circle for ever.
    const damping = step < 8 ? 1 : 0.5;
    u += (damping * (dx * yv - dy * xv)) / determinant;
    v += (damping * (dy * xu - dx * yu)) / determinant;
  }
  return undefined;
}

/** The lattice point whose picture lies nearest. */
function nearestLatticePoint(warp: Warp, [x, y]: Point): Point {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  warp.points.forEach((point, index) => {
    const distance = (point[0] - x) ** 2 + (point[1] - y) ** 2;
    if (distance < bestDistance) {
      best = index;
      bestDistance = distance;
    }
  });
  return [
    ((best % warp.columns) / (warp.columns - 1)) * atlasWidth,
    (Math.floor(best / warp.columns) / (warp.rows - 1)) * atlasHeight,
  ];
}

/**
 * The atlas point shown at a point of the picture: the numerical inverse of {@link warpToPicture}, exact to 0.001
 * pixels of the picture wherever the warp does not fold. Where it folds, the nearest point that was found.
 */
export function warpToAtlas(warp: Warp, picturePoint: Point): Point {
  const start = nearestLatticePoint(warp, picturePoint);
  const found = newton(warp, picturePoint, start, 40);
  if (found) return found;
  const stepX = atlasWidth / (warp.columns - 1);
  const stepY = atlasHeight / (warp.rows - 1);
  for (const [dx, dy] of [
    [0.5, 0.5],
    [-0.5, 0.5],
    [0.5, -0.5],
    [-0.5, -0.5],
  ] as const) {
    const again = newton(warp, picturePoint, [start[0] + dx * stepX, start[1] + dy * stepY], 40);
    if (again) return again;
  }
  return start;
}

/**
 * {@link warpToAtlas} of every pixel's centre: (rows × columns × 2) atlas coordinates, x before y, row-major. Faster
 * than single calls, because each pixel starts from its neighbour's answer and nothing is allocated.
 */
export function atlasPositions(warp: Warp, rows: number, columns: number): Float32Array {
  const positions = new Float32Array(rows * columns * 2);
  const lattice = Float64Array.from(warp.points.flat());
  const scaleX = (warp.columns - 1) / atlasWidth;
  const scaleY = (warp.rows - 1) / atlasHeight;
  let [u, v] = warpToAtlas(warp, [0.5, 0.5]);
  for (let row = 0; row < rows; row++) {
    // Odd rows run backwards, so that every pixel has a neighbour before it.
    const backwards = row % 2 === 1;
    for (let step = 0; step < columns; step++) {
      const column = backwards ? columns - 1 - step : step;
      const x = column + 0.5;
      const y = row + 0.5;
      let arrived = false;
      for (let round = 0; round < 8; round++) {
        const gridX = u * scaleX;
        const gridY = v * scaleY;
        const cellX = Math.min(Math.max(Math.floor(gridX), 0), warp.columns - 2);
        const cellY = Math.min(Math.max(Math.floor(gridY), 0), warp.rows - 2);
        const s = gridX - cellX;
        const t = gridY - cellY;
        const a = 2 * (cellY * warp.columns + cellX);
        const c = a + 2 * warp.columns;
        const topX = lattice[a]! + (lattice[a + 2]! - lattice[a]!) * s;
        const topY = lattice[a + 1]! + (lattice[a + 3]! - lattice[a + 1]!) * s;
        const bottomX = lattice[c]! + (lattice[c + 2]! - lattice[c]!) * s;
        const bottomY = lattice[c + 1]! + (lattice[c + 3]! - lattice[c + 1]!) * s;
        const dx = x - topX - (bottomX - topX) * t;
        const dy = y - topY - (bottomY - topY) * t;
        if (dx * dx + dy * dy < tolerance * tolerance) {
          arrived = true;
          break;
        }
        const xu = ((lattice[a + 2]! - lattice[a]!) * (1 - t) + (lattice[c + 2]! - lattice[c]!) * t) * scaleX;
        const yu = ((lattice[a + 3]! - lattice[a + 1]!) * (1 - t) + (lattice[c + 3]! - lattice[c + 1]!) * t) * scaleX;
        const xv = (bottomX - topX) * scaleY;
        const yv = (bottomY - topY) * scaleY;
        const determinant = xu * yv - xv * yu;
        u += (dx * yv - dy * xv) / determinant;
        v += (dy * xu - dx * yu) / determinant;
      }
      if (!arrived) [u, v] = warpToAtlas(warp, [x, y]);
      const at = (row * columns + column) * 2;
      positions[at] = u;
      positions[at + 1] = v;
    }
  }
  return positions;
}

/** The same body seen in a mirrored picture (`width` pixels wide) of the mirrored atlas: anterior ⇄ posterior. */
export function mirrorWarp(warp: Warp, width: number): Warp {
  const { rows, columns, points } = warp;
  return {
    rows,
    columns,
    points: points.map((_, index) => {
      const row = Math.floor(index / columns);
      const [x, y] = points[row * columns + (columns - 1 - (index % columns))]!;
      return [width - x, y] as const;
    }),
  };
}
