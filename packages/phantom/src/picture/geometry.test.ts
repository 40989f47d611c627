import type { Point, Warp } from '@radiolect/findings';
import { polygonArea, warpToPicture } from '@radiolect/findings';
import { describe, expect, test } from 'vitest';
import type { PhantomBody } from '../phantom-case.ts';
import { RandomStream } from '../random-stream.ts';
import { blur } from './blur.ts';
import { contour } from './contour.ts';
import { poseWarp } from './pose.ts';
import { coverage, depthProfile, sampleAt } from './raster.ts';

const upright: PhantomBody = {
  sex: 'male',
  age: 50,
  heightCm: 166,
  build: 1,
  stoutness: 1,
  lean: 0,
  headTilt: 0,
  headTurn: 0,
  scoliosis: 0,
  armSpread: { right: 0, left: 0 },
  shoulderRaise: { right: 0, left: 0 },
  legSpread: 0,
  footTurn: { right: 0, left: 0 },
  shift: { x: 0, y: 0 },
};

/** Cells of the lattice that are turned inside out, within the body. */
const folded = (warp: Warp): number => {
  let count = 0;
  for (let v = 20; v < 770; v += 8)
    for (let u = 20; u < 236; u += 8) {
      const [x0, y0] = warpToPicture(warp, [u, v]);
      const [x1, y1] = warpToPicture(warp, [u + 4, v]);
      const [x2, y2] = warpToPicture(warp, [u, v + 4]);
      if ((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) <= 0) count++;
    }
  return count;
};

describe('poses', () => {
  test('an upright typical patient lies as the atlas is drawn', () => {
    const warp = poseWarp(upright);
    for (const point of [
      [128, 40],
      [60, 150],
      [200, 600],
    ] as const) {
      const [x, y] = warpToPicture(warp, point);
      expect(Math.hypot(x - point[0], y - point[1])).toBeLessThan(0.2);
    }
  });
  test('no pose of the stated ranges folds the plane', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = RandomStream.of('pose', seed);
      const either = (low: number, high: number): number =>
        random.chance(0.4) ? random.pick([low, high]) : random.between(low, high);
      const sides = (low: number, high: number) => ({ right: either(low, high), left: either(low, high) });
      const body: PhantomBody = {
        ...upright,
        heightCm: either(140, 195),
        build: either(0.85, 1.25),
        lean: either(-8, 8),
        headTilt: either(-20, 20),
        headTurn: either(-20, 20),
        scoliosis: either(-20, 20),
        armSpread: sides(-15, 60),
        shoulderRaise: sides(-10, 14),
        legSpread: either(-25, 80),
        footTurn: sides(-10, 60),
      };
      expect(folded(poseWarp(body)), JSON.stringify(body)).toBe(0);
    }
  });
  test('positive numbers point to the left of the patient, which is the right of the picture', () => {
    const tilted = warpToPicture(poseWarp({ ...upright, headTilt: 10 }), [128, 30]);
    expect(tilted[0]).toBeGreaterThan(135);
    const turned = warpToPicture(poseWarp({ ...upright, footTurn: { right: 0, left: 40 } }), [156, 750]);
    expect(turned[0]).toBeGreaterThan(170);
    expect(warpToPicture(poseWarp({ ...upright, armSpread: { right: 0, left: 30 } }), [224, 420])[0]).toBeGreaterThan(
      234,
    );
    expect(warpToPicture(poseWarp({ ...upright, heightCm: 183 }), [128, 700])[1]).toBeCloseTo(
      22 + 678 * (183 / 166),
      0,
    );
  });
});

describe('pictures of shapes', () => {
  test('a blur keeps the sum and widens a point to its standard deviation', () => {
    const values = new Float32Array(61 * 61);
    values[30 * 61 + 30] = 100;
    blur(values, 61, 61, 2.5);
    let [total, square] = [0, 0];
    values.forEach((value, at) => {
      total += value;
      square += value * ((at % 61) - 30) ** 2;
    });
    expect(total).toBeCloseTo(100, 3);
    expect(Math.sqrt(square / total)).toBeCloseTo(2.5, 1);
  });
  test('coverage of a box with broken pixels is its area', () => {
    const box: Point[] = [
      [10, 10],
      [20.5, 10],
      [20.5, 14],
      [10, 14],
    ];
    const patch = coverage([box]);
    expect(patch.values.reduce((a, b) => a + b, 0)).toBeCloseTo(42, -0.5);
    expect(sampleAt(patch, 15, 12)).toBe(1);
    expect(sampleAt(patch, 25, 12)).toBe(0);
  });
  test('a solid is deepest in its middle, a vault at its rim', () => {
    const circle = Array.from(
      { length: 60 },
      (_, i): Point => [50 + 20 * Math.cos((i * Math.PI) / 30), 50 + 20 * Math.sin((i * Math.PI) / 30)],
    );
    const solid = depthProfile([circle], { kind: 'round', radius: 20 });
    const vault = depthProfile([circle], { kind: 'shell', radius: 4 });
    expect(sampleAt(solid, 50, 50)).toBeGreaterThan(1.3 * sampleAt(solid, 67, 50));
    expect(sampleAt(vault, 68, 50)).toBeGreaterThan(1.4 * sampleAt(vault, 50, 50));
  });
  test('a contour runs round what is above its level', () => {
    const [rows, columns, radius] = [40, 50, 11];
    const values = Float32Array.from({ length: rows * columns }, (_, at) =>
      Math.max(0, 2 - Math.hypot((at % columns) - 24.5, Math.floor(at / columns) - 19.5) / radius),
    );
    const line = contour({ left: 100, top: 300, columns, rows, values }, 1)!;
    expect(polygonArea(line)).toBeGreaterThan(0.95 * Math.PI * radius * radius);
    expect(polygonArea(line)).toBeLessThan(1.02 * Math.PI * radius * radius);
    for (const [x, y] of line) expect(Math.abs(Math.hypot(x - 125, y - 320) - radius)).toBeLessThan(0.4);
    expect(contour({ left: 0, top: 0, columns, rows, values }, 5)).toBeUndefined();
  });
  test('of two spots the larger is outlined, and one that leaves the patch is closed', () => {
    const values = new Float32Array(20 * 20);
    for (let row = 0; row < 8; row++) for (let column = 0; column < 9; column++) values[row * 20 + column] = 2;
    values[15 * 20 + 15] = 3;
    const line = contour({ left: 0, top: 0, columns: 20, rows: 20, values }, 1)!;
    expect(polygonArea(line)).toBeGreaterThan(60);
    expect(Math.max(...line.map((point) => point[0]))).toBeLessThan(10);
  });
});
