import type { GreyImage } from '@radiolect/dicom';
import type { Point, View } from '@radiolect/findings';
import { innerPoint, siteOutline, warpToPicture } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { describe, expect, test } from 'vitest';
import { sample } from '../input/plane.ts';
import { drawnTemplate } from './drawn-template.ts';
import { createWarpEstimator } from './warp-estimator.ts';

const { atlas, sites } = await readPack('bone-scan');
if (!atlas) throw new Error('the bone-scan pack has an atlas');
const estimator = createWarpEstimator(atlas);

/** A body drawn smaller, shifted, leaning and bowed: where an atlas point lies in the picture. */
const bowed = ([u, v]: Point, scale: number): Point => [
  scale * (128 + (u - 128) * 0.93 + 7 * Math.sin(v / 130) + 0.02 * (v - 400)),
  scale * (30 + v * 0.95 + 5 * Math.sin(u / 60)),
];

/** The drawing seen through that map (its inverse by iteration), with counting noise from a fixed sequence. */
function pictureOf(view: View, scale: number, mirrored = false): GreyImage {
  const template = drawnTemplate(atlas!, view, 1);
  const columns = 256 * scale;
  const rows = 1024 * scale;
  const pixels = new Uint16Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let [u, v]: [number, number] = [128, 512];
      for (let step = 0; step < 12; step++) {
        const [x, y] = bowed([u, v], scale);
        u += (column + 0.5 - x) / scale;
        v += (row + 0.5 - y) / scale;
      }
      const mean = 6 * sample(template, u, v) ** 2;
      const noise = (Math.abs(Math.sin((row * columns + column) * 12.9898) * 43758.5453) % 1) - 0.5;
      const at = row * columns + (mirrored ? columns - 1 - column : column);
      pixels[at] = Math.max(0, Math.round(4 * (mean + 1.7 * noise * Math.sqrt(mean))));
    }
  return { rows, columns, pixels };
}

/** Distance in pixels at 256 × 1024 between where each site is and where it is said to be; ascending. */
function errors(view: View, scale: number): number[] {
  const estimate = estimator.estimate(pictureOf(view, scale), view);
  if (!estimate) throw new Error('no body was found');
  return sites
    .map(({ id }) => innerPoint(siteOutline(atlas!, view, id)[0]!))
    .map((point) => {
      const [x, y] = warpToPicture(estimate.warp, point);
      const [truthX, truthY] = bowed(point, scale);
      return Math.hypot(x - truthX, y - truthY) / scale;
    })
    .sort((a, b) => a - b);
}

describe('a drawn body, warped and noisy', () => {
  test.each([
    ['anterior', 1],
    ['posterior', 1],
    ['anterior', 0.5],
  ] as const)('%s at scale %d: every site is found close to where it is', (view, scale) => {
    const all = errors(view, scale);
    expect(all[Math.floor(all.length / 2)]).toBeLessThan(3);
    expect(all[Math.floor(all.length * 0.9)]).toBeLessThan(6);
  });
});

test('a blank picture holds no body', () => {
  expect(
    estimator.estimate({ rows: 1024, columns: 256, pixels: new Uint16Array(1024 * 256) }, 'anterior'),
  ).toBeUndefined();
});

test('a body resembles the drawing, noise does not', () => {
  const pixels = Uint16Array.from(
    { length: 1024 * 256 },
    (_, i) => (Math.abs(Math.sin(i * 78.233) * 43758.5453) % 1) * 20,
  );
  const body = estimator.estimate(pictureOf('anterior', 1), 'anterior')!.similarity;
  expect(body).toBeGreaterThan(0.7);
  expect(estimator.estimate({ rows: 1024, columns: 256, pixels }, 'anterior')?.similarity ?? 0).toBeLessThan(
    body - 0.3,
  );
});
