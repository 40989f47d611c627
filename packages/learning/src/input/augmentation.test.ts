import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import type { AugmentationSettings } from '../recipe.ts';
import { noiseTable, show } from './augmentation.ts';
import type { ModelInput } from './model-input.ts';
import type { ReadingGrid } from './reading-grid.ts';

const grid = { rows: 40, columns: 50 } as ReadingGrid;
const cells = grid.rows * grid.columns;
const ramp = Float32Array.from({ length: cells }, (_, index) => 1 + (index % grid.columns));
const input: ModelInput = {
  anterior: { values: ramp, countsPerUnit: 20 },
  posterior: { values: ramp, countsPerUnit: 20 },
};
const still: AugmentationSettings = { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0 };
const noise = noiseTable();

function shown(
  settings: AugmentationSettings,
  seed = 1,
): { images: Float32Array; seen: Float32Array; mirrored: boolean } {
  const images = new Float32Array(2 * cells);
  const seen = new Float32Array(2);
  const change = { settings, noise, random: randomStream(seed) };
  return { images, seen, ...show(input, grid, images, seen, change) };
}

test('without change a study is shown as it is', () => {
  const images = new Float32Array(2 * cells);
  const seen = new Float32Array(2);
  expect(show({ posterior: input.posterior! }, grid, images, seen)).toEqual({ mirrored: false });
  expect([...seen]).toEqual([0, 1]);
  expect(images.subarray(0, cells).every((value) => value === 0)).toBe(true);
  expect(images.subarray(cells)).toEqual(ramp);
});

test('mirroring reverses each row of both views', () => {
  const { images, mirrored } = shown({ ...still, mirror: 1 });
  expect(mirrored).toBe(true);
  for (const view of [0, 1])
    expect([...images.subarray(view * cells, view * cells + 50)]).toEqual([...ramp.subarray(0, 50)].reverse());
});

test('thinning keeps the mean and adds the variance that is missing', () => {
  const { images } = shown({ ...still, thinning: 0.25 }, 3);
  const differences = images.subarray(0, cells).map((value, index) => (value - ramp[index]!) / Math.sqrt(ramp[index]!));
  const mean = differences.reduce((a, b) => a + b, 0) / cells;
  const variance = differences.reduce((a, b) => a + (b - mean) ** 2, 0) / cells;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(variance).toBeGreaterThan(0);
  expect(variance).toBeLessThan(((1 - 0.25) / 0.25 / 20) * 1.15);
});

test('at most one view is left out, and its pixels with it', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { images, seen } = shown({ ...still, viewDropout: 1 }, seed);
    expect(seen[0]! + seen[1]!).toBe(1);
    const gone = seen[0] === 0 ? 0 : 1;
    expect(images.subarray(gone * cells, (gone + 1) * cells).every((value) => value === 0)).toBe(true);
  }
});

test('the same stream shows the same', () => {
  const settings = { mirror: 0.5, shift: 2, gain: 0.2, thinning: 0.5, viewDropout: 0.2, exports: 0.5 };
  expect(shown(settings, 9).images).toEqual(shown(settings, 9).images);
  expect(shown(settings, 9).images).not.toEqual(shown(settings, 10).images);
});

test('an export changes the picture of each view, and leaves its counts', () => {
  const { images } = shown({ ...still, exports: 1 }, 4);
  for (const view of [0, 1]) {
    const plane = images.subarray(view * cells, (view + 1) * cells);
    expect(plane).not.toEqual(ramp);
    const [mean, before] = [plane, ramp].map((values) => values.reduce((sum, value) => sum + value, 0) / cells);
    expect(Math.abs(mean! / before! - 1)).toBeLessThan(0.5);
  }
});
