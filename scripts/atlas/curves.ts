import type { Point } from '@radiolect/findings';

/** Length of the straight pieces that a curve is cut into, in atlas pixels. */
const pieceLength = 3;

const round = (value: number): number => Math.round(value * 10) / 10;

function catmullRom(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  const at = (axis: 0 | 1): number => {
    const [a, b, c, d] = [p0[axis], p1[axis], p2[axis], p3[axis]];
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
  };
  return [at(0), at(1)];
}

/** A smooth closed curve through the points. */
export function blob(points: readonly Point[]): Point[] {
  const n = points.length;
  const at = (i: number): Point => points[(i + n) % n]!;
  const result: Point[] = [];
  for (let i = 0; i < n; i++) {
    const pieces = Math.max(1, Math.ceil(Math.hypot(at(i + 1)[0] - at(i)[0], at(i + 1)[1] - at(i)[1]) / pieceLength));
    for (let k = 0; k < pieces; k++) {
      const [x, y] = catmullRom(at(i - 1), at(i), at(i + 1), at(i + 2), k / pieces);
      result.push([round(x), round(y)]);
    }
  }
  return result;
}

/** A smooth open curve through [x, y, width] points, sampled finely. */
function spine(points: readonly (readonly [number, number, number])[]): [number, number, number][] {
  const at = (i: number): readonly [number, number, number] => points[Math.min(Math.max(i, 0), points.length - 1)]!;
  const result: [number, number, number][] = [];
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b] = [at(i), at(i + 1)];
    const pieces = Math.max(2, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / pieceLength));
    for (let k = 0; k < pieces; k++) {
      const t = k / pieces;
      const [x, y] = catmullRom(
        [at(i - 1)[0], at(i - 1)[1]],
        [a[0], a[1]],
        [b[0], b[1]],
        [at(i + 2)[0], at(i + 2)[1]],
        t,
      );
      result.push([x, y, a[2] + (b[2] - a[2]) * t]);
    }
  }
  const last = at(points.length - 1);
  result.push([last[0], last[1], last[2]]);
  return result;
}

/** A band of changing width along a smooth curve through [x, y, width] points, with rounded ends. */
export function band(points: readonly (readonly [number, number, number])[]): Point[] {
  const line = spine(points);
  const left: Point[] = [];
  const right: Point[] = [];
  line.forEach(([x, y, width], i) => {
    const before = line[Math.max(i - 1, 0)]!;
    const after = line[Math.min(i + 1, line.length - 1)]!;
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    const nx = -(after[1] - before[1]) / length;
    const ny = (after[0] - before[0]) / length;
    left.push([x + (nx * width) / 2, y + (ny * width) / 2]);
    right.push([x - (nx * width) / 2, y - (ny * width) / 2]);
  });
  // Half a turn of five points, flattened a little, from one side of the tip to the other.
  const cap = (tip: readonly [number, number, number], inner: readonly [number, number, number]): Point[] => {
    const outward = Math.atan2(tip[1] - inner[1], tip[0] - inner[0]);
    return [1, 2, 3, 4, 5].map((k) => {
      const angle = (Math.PI / 2) * (1 - k / 3);
      const [along, across] = [Math.cos(angle) * 0.38 * tip[2], Math.sin(angle) * 0.5 * tip[2]];
      return [
        tip[0] + along * Math.cos(outward) - across * Math.sin(outward),
        tip[1] + along * Math.sin(outward) + across * Math.cos(outward),
      ];
    });
  };
  const outline = [...left, ...cap(line.at(-1)!, line.at(-2)!), ...right.reverse(), ...cap(line[0]!, line[1]!)];
  return outline.map(([x, y]) => [round(x), round(y)]);
}

/** An ellipse; `turn` in degrees turns it clockwise on the plane. */
export function ellipse(x: number, y: number, radiusX: number, radiusY: number, turn = 0): Point[] {
  const steps = Math.max(12, Math.ceil((Math.PI * (radiusX + radiusY)) / pieceLength));
  const angle = (turn * Math.PI) / 180;
  return Array.from({ length: steps }, (_, i) => {
    const t = (2 * Math.PI * i) / steps;
    const [dx, dy] = [radiusX * Math.cos(t), radiusY * Math.sin(t)];
    return [
      round(x + dx * Math.cos(angle) - dy * Math.sin(angle)),
      round(y + dx * Math.sin(angle) + dy * Math.cos(angle)),
    ];
  });
}

/** A box with rounded corners whose sides are drawn in at the waist, as vertebral bodies are. */
export function vertebraBox(y0: number, y1: number, halfWidth: number, waist: number): Point[] {
  const corner = Math.min(1.6, (y1 - y0) / 4);
  const middle = (y0 + y1) / 2;
  const half: Point[] = [
    [halfWidth - corner, y0],
    [halfWidth, y0 + corner],
    [halfWidth - waist, middle],
    [halfWidth, y1 - corner],
    [halfWidth - corner, y1],
  ];
  return [...half, ...half.toReversed().map(([x, y]): Point => [-x, y])].map(([x, y]) => [round(x), round(y)]);
}
