import { expect, test } from 'vitest';
import { UnusableDatasetError } from '../errors.ts';
import { randomStream } from '../random.ts';
import type { LabelledPictures } from './plain-pictures.ts';
import { plainPictures, standardise } from './plain-pictures.ts';

const still = { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0 };

/** Two pictures of 8 × 8: a bright left half, labelled; noise, not labelled. */
const left = Uint8Array.from({ length: 64 }, (_, at) => (at % 8 < 4 ? 200 : 20));
const grain = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 251);
const data: LabelledPictures = {
  rows: 8,
  columns: 8,
  outputs: ['1'],
  splits: { train: { count: 2, pixels: Uint8Array.of(...left, ...grain), labels: Uint8Array.of(1, 0) } },
};
const shown = async (source: ReturnType<typeof plainPictures>, seed?: number): Promise<Float32Array> => {
  const example = source.examples.train.find(({ states }) => states[0] === 'present')!;
  const target = new Float32Array(64);
  await source.show(example, target, new Float32Array(1), seed === undefined ? undefined : randomStream(seed));
  return target;
};

test('a picture is shown with mean 0 and deviation 1, whatever its exposure', async () => {
  const dark: LabelledPictures = {
    ...data,
    splits: {
      train: {
        count: 2,
        pixels: Float64Array.from([...left, ...grain], (v) => v / 4 + 3),
        labels: Uint8Array.of(1, 0),
      },
    },
  };
  const [one, other] = [
    await shown(plainPictures(data, [8, 8], still)),
    await shown(plainPictures(dark, [8, 8], still)),
  ];
  expect(one.reduce((sum, value) => sum + value) / 64).toBeCloseTo(0, 5);
  expect(one.reduce((sum, value) => sum + value * value) / 64).toBeCloseTo(1, 5);
  for (const [at, value] of one.entries()) expect(other[at]).toBeCloseTo(value, 4);
  const even = new Float32Array(9).fill(7);
  standardise(even);
  expect([...even]).toEqual(new Array(9).fill(0));
});

test('without changes a picture shown at random is the picture; a mirrored one has its sides swapped', async () => {
  const plain = await shown(plainPictures(data, [8, 8], still));
  for (const [at, value] of (await shown(plainPictures(data, [8, 8], still), 1)).entries())
    expect(value).toBeCloseTo(plain[at]!, 5);
  const mirrored = await shown(plainPictures(data, [8, 8], { ...still, mirror: 1 }), 1);
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++)
      expect(mirrored[row * 8 + column]).toBeCloseTo(plain[row * 8 + 7 - column]!, 5);
});

test('distortions change the picture, keep its scale, and come again from the same seed', async () => {
  const distortion = { rotation: 10, scale: 0.1, gamma: 0.4, noise: 0.1, erased: 1 };
  const source = plainPictures(data, [8, 8], { ...still, shift: 1 }, distortion);
  const [one, again, other] = [await shown(source, 3), await shown(source, 3), await shown(source, 4)];
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect(one.every(Number.isFinite)).toBe(true);
  const power = one.reduce((sum, value) => sum + value * value) / 64;
  expect(power).toBeGreaterThan(0.4);
  expect(power).toBeLessThan(1.6);
  // The left stays the brighter side.
  const side = (from: number): number =>
    one.filter((_, at) => at % 8 >= from && at % 8 < from + 4).reduce((a, b) => a + b);
  expect(side(0)).toBeGreaterThan(side(4));
});

test('pictures of another size than the backbone takes are refused with the setting to change', () => {
  expect(() => plainPictures(data, [28, 28], still)).toThrow(UnusableDatasetError);
  expect(() => plainPictures(data, [28, 28], still)).toThrow(/backbone\.picture to \[8, 8\]/);
});

test('other pixels are other data', () => {
  const changed = { ...data, splits: { train: { ...data.splits.train!, pixels: Uint8Array.of(...grain, ...left) } } };
  expect(plainPictures(changed, [8, 8], still).dataKey).not.toBe(plainPictures(data, [8, 8], still).dataKey);
});
