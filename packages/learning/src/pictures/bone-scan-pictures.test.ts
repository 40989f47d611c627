import { readPack } from '@radiolect/findings/node';
import { expect, test } from 'vitest';
import type { Example } from '../example.ts';
import type { ModelInput } from '../input/model-input.ts';
import { level } from '../input/normalisation.ts';
import { randomStream } from '../random.ts';
import { boneScanPictures } from './bone-scan-pictures.ts';

const { atlas, labelSpace } = await readPack('bone-scan');
const [rows, columns] = [256, 64];
const cells = rows * columns;
const still = { mirror: 0, shift: 0, gain: 0, thinning: 1, viewDropout: 0 };

/** Counts rise from left to right, in blocks of 2 × 2 whose cells differ. */
const ramp = Float32Array.from({ length: 512 * 128 }, (_, at) => 4 + (at % 128) / 8 + (Math.floor(at / 128) % 2));
const study: ModelInput = {
  anterior: { values: ramp, countsPerUnit: 20 },
  posterior: { values: ramp, countsPerUnit: 20 },
};
const example: Example = {
  studyKey: 'one',
  patientKey: 'patient',
  labels: {
    labelSpace: { name: labelSpace.name, version: labelSpace.version },
    states: labelSpace.positions.map((_, index) => (index === 0 ? 'present' : 'absent')),
  },
  natures: {},
  metastasis: 'absent',
  views: {},
  split: 'train',
};

function source(augmentation: typeof still, input: ModelInput = study) {
  let reads = 0;
  const pictures = boneScanPictures(
    { train: [example], validation: [], test: [] },
    { picture: [rows, columns], outputs: 'positions', augmentation },
    {
      atlas: atlas!,
      labelSpace,
      inputs: () => {
        reads += 1;
        return Promise.resolve(input);
      },
    },
  );
  const show = async (seed?: number) => {
    const target = new Float32Array(2 * cells);
    const seen = new Float32Array(2);
    const random = seed === undefined ? [] : [randomStream(seed)];
    const { mirrored } = await pictures.show(pictures.examples.train[0]!, target, seen, ...random);
    return { target, seen, mirrored };
  };
  return { pictures, show, reads: () => reads };
}

/** What a block of the ramp holds on average, on the level scale. */
const shown = (column: number): number => level(4 + (2 * column + 0.5) / 8 + 0.5);

test('a view is block means on the level scale, the posterior one mirrored', async () => {
  const { target, seen } = await source(still).show();
  expect([...seen]).toEqual([1, 1]);
  for (const column of [0, 17, 63]) {
    expect(target[40 * columns + column]).toBeCloseTo(shown(column), 5);
    expect(target[cells + 40 * columns + (columns - 1 - column)]).toBeCloseTo(shown(column), 5);
  }
});

test('a mirrored patient has its sides, and the labels of its sides, exchanged', async () => {
  const { pictures, show } = source({ ...still, mirror: 1 });
  const { target, mirrored } = await show(1);
  expect(mirrored).toBe(true);
  expect(target[40 * columns]).toBeCloseTo(shown(columns - 1), 5);
  const at = labelSpace.positions.indexOf('rib-3-left');
  expect(pictures.outputs[pictures.mirror[at]!]).toBe('rib-3-right');
});

test('a block of four cells holds four times the counts, so thinning adds a quarter of the variance', async () => {
  const flat: ModelInput = { anterior: { values: new Float32Array(512 * 128).fill(4), countsPerUnit: 20 } };
  const { show } = source({ ...still, thinning: 0.5 }, flat);
  let [most, least] = [0, 1];
  for (let seed = 0; seed < 20; seed++) {
    const { target, seen } = await show(seed);
    expect([...seen]).toEqual([1, 0]);
    const counts = target.subarray(0, cells).map((value) => Math.expm1(value) / 2);
    const mean = counts.reduce((a, b) => a + b, 0) / cells;
    const variance = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / cells;
    expect(Math.abs(mean - 4)).toBeLessThan(0.02);
    most = Math.max(most, variance);
    least = Math.min(least, variance);
  }
  // Thinned to a share k, n counts keep (1 − k) / k of their variance on top; here the share is 0.5 to 1.
  const largest = 4 / (20 * 4);
  expect(most).toBeLessThan(largest * 1.05);
  expect(most).toBeGreaterThan(largest * 0.8);
  expect(least).toBeLessThan(largest * 0.2);
});

test('a study is read once and stays in memory', async () => {
  const { show, reads } = source(still);
  await show();
  await show();
  expect(reads()).toBe(1);
});
