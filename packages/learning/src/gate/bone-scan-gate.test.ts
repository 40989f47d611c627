import type { GreyImage } from '@radiolect/dicom';
import { readPack } from '@radiolect/findings/node';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import type { Plane } from '../input/plane.ts';
import { blur, plane } from '../input/plane.ts';
import { drawnTemplate } from '../warp/drawn-template.ts';
import { createWarpEstimator } from '../warp/warp-estimator.ts';
import { boneScanGate } from './bone-scan-gate.ts';

const { atlas } = await readPack('bone-scan');
const estimator = createWarpEstimator(atlas!);
const draws = 20;

const uniform = (seed: number): (() => number) => {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) / 2 ** 32;
};

/** Counts around a mean, by the normal approximation: good enough to be refused or accepted on. */
function counted(mean: Plane, random: () => number): GreyImage {
  const gauss = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  return {
    rows: mean.rows,
    columns: mean.columns,
    pixels: Uint16Array.from(mean.values, (value) => Math.max(0, Math.round(value + Math.sqrt(value) * gauss()))),
  };
}

function ellipse(target: Plane, x: number, y: number, a: number, b: number, turn: number, amount: number): void {
  for (let row = 0; row < target.rows; row++)
    for (let column = 0; column < target.columns; column++) {
      const dx = (column - x) * Math.cos(turn) + (row - y) * Math.sin(turn);
      const dy = (row - y) * Math.cos(turn) - (column - x) * Math.sin(turn);
      if ((dx / a) ** 2 + (dy / b) ** 2 < 1) target.values[row * target.columns + column]! += amount;
    }
}

const strangers: Record<string, (random: () => number) => GreyImage> = {
  noise: (random) => ({
    rows: 1024,
    columns: 256,
    pixels: Uint16Array.from({ length: 1024 * 256 }, () => Math.floor(random() * 20)),
  }),
  'even counts': (random) => counted({ ...plane(1024, 256), values: new Float32Array(1024 * 256).fill(4) }, random),
  blank: () => ({ rows: 1024, columns: 256, pixels: new Uint16Array(1024 * 256) }),
  'a thyroid': (random) => {
    const picture = plane(256, 256);
    const size = 20 + 20 * random();
    for (const side of [-1, 1])
      ellipse(picture, 128 + side * size, 120 + 20 * random(), size * 0.6, size * 1.6, side * 0.2, 30 + 30 * random());
    picture.values.forEach((_, i) => {
      picture.values[i]! += 1.5;
    });
    return counted(blur(picture, 3), random);
  },
  'a hand': (random) => {
    const [rows, columns] = random() < 0.5 ? [256, 256] : [512, 256];
    const picture = plane(rows!, columns!);
    const scale = rows! / 512;
    ellipse(picture, 128, 330 * scale, 55, 70 * scale, 0, 8);
    for (let finger = 0; finger < 5; finger++) {
      const turn = (finger - 2) * (0.18 + 0.1 * random());
      const [x, y] = [128 + (finger - 2) * 26, (170 + Math.abs(finger - 2) * 18) * scale];
      ellipse(picture, x, y, 9, 90 * scale, turn, 8);
      for (let joint = 0; joint < 3; joint++) ellipse(picture, x, y + (joint - 1) * 50 * scale, 8, 8, 0, 12 * random());
    }
    ellipse(picture, 128, 440 * scale, 40, 70 * scale, 0, 8);
    return counted(blur(picture, 2.5), random);
  },
};

describe.each(Object.entries(strangers))('%s', (_, draw) => {
  test(`is refused in all of ${draws} draws, in either view`, () => {
    for (let seed = 1; seed <= draws; seed++) {
      const image = draw(uniform(seed));
      for (const view of ['anterior', 'posterior'] as const)
        expect(boneScanGate({ [view]: estimator.estimate(image, view) }).probability).toBeLessThan(0.5);
    }
  });
});

test('a drawn skeleton passes, and one wrong picture beside it refuses the study', () => {
  const body = (view: 'anterior' | 'posterior') => {
    const mean = drawnTemplate(atlas!, view, 1);
    return estimator.estimate(counted({ ...mean, values: mean.values.map((v) => 5 * v * v) }, uniform(7)), view);
  };
  expect(boneScanGate({ anterior: body('anterior'), posterior: body('posterior') })).toMatchObject({
    reason: 'resembles-a-skeleton',
  });
  const hand = estimator.estimate(strangers['a hand']!(uniform(3)), 'posterior');
  expect(boneScanGate({ anterior: body('anterior'), posterior: hand }).probability).toBeLessThan(0.5);
});

test('no view at all is no scan', () => {
  expect(boneScanGate({})).toEqual({ probability: 0, reason: 'no-body-found' });
});
