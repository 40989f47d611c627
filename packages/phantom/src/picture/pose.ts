import type { Point, Warp } from '@radiolect/findings';
import { makeWarp } from '@radiolect/findings';
import type { PhantomBody } from '../phantom-case.ts';

const midline = 128;
const typicalHeightCm = 166;
const pixelMm = 2.26;
const headTop = 22;
/** Lattice of the true warp: a control point every 16 pixels both ways. */
const latticeRows = 65;
const latticeColumns = 17;

const degrees = Math.PI / 180;
const smooth = (edge0: number, edge1: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - edge0) / (edge1 - edge0)));
  return t * t * (3 - 2 * t);
};

/** Turns [u, y] about a pivot by an angle in radians, by a weight of 0 to 1. */
function turn([u, y]: Point, [pu, py]: Point, angle: number, weight: number): Point {
  const a = angle * weight;
  const [du, dy] = [u - pu, y - py];
  return [pu + du * Math.cos(a) - dy * Math.sin(a), py + du * Math.sin(a) + dy * Math.cos(a)];
}

/** Where the foot begins, below the ankle. */
const heelLine = 694;

/** The line between arm and trunk, as a distance from the midline. */
const armpitLine = (y: number): number => 69.5 + 13 * smooth(260, 400, y);

/**
 * Where the body of a patient lies in the anterior picture of 256 × 1024. Positive u is the patient's left. The map is
 * smooth and does not fold within the ranges that PhantomBody states.
 */
export function poseWarp(body: PhantomBody): Warp {
  const tall = body.heightCm / typicalHeightCm;
  const wide = body.build * Math.sqrt(tall);
  return makeWarp(latticeRows, latticeColumns, ([x, y]) => {
    let point: Point = [x - midline, y];
    point = bendHead(point, body);
    point = moveArm(point, body);
    point = moveLeg(point, body);
    const bow =
      (body.scoliosis / pixelMm) * Math.exp(-(((point[1] - 225) / 75) ** 2)) * smooth(95, 30, Math.abs(point[0]));
    point = [point[0] + bow, point[1]];
    // A heavier build widens the trunk more than head and feet.
    const trunk = smooth(110, 170, y) * (1 - 0.6 * smooth(430, 640, y));
    const widen = 1 + (wide - 1) * (0.35 + 0.65 * trunk);
    point = [point[0] * widen, headTop + (point[1] - headTop) * tall];
    point = turn(point, [0, 400 * tall], -body.lean * degrees, 1);
    return [midline + point[0] + body.shift.x / pixelMm, point[1] + body.shift.y / pixelMm];
  });
}

function bendHead(point: Point, body: PhantomBody): Point {
  // Beside the head the bend fades, or the plane would fold above a shoulder.
  const weight = smooth(148, 96, point[1]) * smooth(125, 45, Math.abs(point[0]));
  if (weight === 0) return point;
  const face = Math.exp(-((point[0] / 30) ** 2));
  const turned: Point = [point[0] + 0.22 * body.headTurn * weight * face, point[1]];
  return turn(turned, [0, 128], body.headTilt * degrees, weight);
}

function moveArm([u, y]: Point, body: PhantomBody): Point {
  const side = u >= 0 ? 'left' : 'right';
  const line = armpitLine(y);
  const weight = smooth(line - 10, line + 12, Math.abs(u));
  const spread = (body.armSpread[side] / pixelMm) * smooth(150, 420, y) * weight * smooth(560, 470, y);
  const raise =
    (body.shoulderRaise[side] / pixelMm) * smooth(25, 70, Math.abs(u)) * smooth(110, 140, y) * smooth(420, 150, y);
  return [u + Math.sign(u) * spread, y - raise];
}

function moveLeg([u, y]: Point, body: PhantomBody): Point {
  const side = u >= 0 ? 'left' : 'right';
  const spread = (body.legSpread / 2 / pixelMm) * smooth(390, 720, y);
  // A shear that keeps the foot's length: unlike a turn of the plane it cannot fold, whatever lies beside the foot.
  const angle = body.footTurn[side] * degrees;
  const below = Math.max(0, y - heelLine) * smooth(heelLine, heelLine + 20, y);
  // Between the legs there is room for so much and no more.
  const outward = Math.max(-9, spread + Math.sin(angle) * below);
  return [u + Math.sign(u) * outward * smooth(0, 14, Math.abs(u)), y - (1 - Math.cos(angle)) * below];
}
