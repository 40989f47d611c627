import { fileURLToPath } from 'node:url';
import { mirrorSite } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { atlas, draw, warps } from './drawn-studies.fixture.ts';
import { ensemble } from './ensemble.ts';
import { InvalidModelError } from './errors.ts';
import type { StudyViews } from './input/model-input.ts';
import { loadModel } from './loaded-model.ts';
import type { ModelFiles } from './model-files.ts';
import { readModelFolder } from './node/read-model-folder.ts';
import type { RunManifest } from './training/manifest.ts';
import type { OperatingPoints } from './training/operating-points.ts';

// The shipped model, and others made of it: the same network, calibrated in another way.

const files = await readModelFolder(fileURLToPath(new URL('../../../models/bone-scan', import.meta.url)));
const decode = <T>(name: 'operating-points.json' | 'manifest.json'): T =>
  JSON.parse(new TextDecoder().decode(files[name])) as T;
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Files of a model whose probabilities are pushed by so many logits, thresholds with them. */
function pushed(by: number): ModelFiles {
  const points = decode<OperatingPoints>('operating-points.json');
  const positions = Object.fromEntries(
    Object.entries(points.positions).map(([id, one]) => [
      id,
      { ...one, offset: one.offset + by, low: one.low / 2, high: one.high / 2 },
    ]),
  );
  return { ...files, 'operating-points.json': encode({ ...points, positions }) };
}
const load = (from: ModelFiles, name: string, mirror = false) =>
  loadModel(from, { atlas, name, threads: 1, ...(mirror ? { mirror } : {}) });

// With air above the head, as scans have it: where there is none, its level is estimated from some of the pixels, and
// they are others in a mirrored picture.
const pictures: StudyViews = Object.fromEntries(
  Object.entries(draw(3).pictures).map(([view, { rows, columns, pixels }]) => [
    view,
    { rows, columns, pixels: pixels.map((value, at) => (at < 40 * columns ? 0 : value)) },
  ]),
);

test('an ensemble of two: mean probabilities, thresholds and heat maps', async () => {
  const [a, b] = [await load(files, 'a'), await load(pushed(1.5), 'b')];
  const both = ensemble([a, b], 'both');
  const [one, two, read] = [
    await a.predict(pictures, warps),
    await b.predict(pictures, warps),
    await both.predict(pictures, warps),
  ];
  expect(read.model).toBe('both');
  for (const site of ['l4', 'femur-left', 'calvarium']) {
    expect(one.presence[site]).not.toBeCloseTo(two.presence[site]!, 2);
    expect(read.presence[site]).toBeCloseTo((one.presence[site]! + two.presence[site]!) / 2, 12);
    expect(both.operatingPoints[site]!.high).toBeCloseTo(a.operatingPoints[site]!.high * 0.75, 12);
    expect(Object.values(read.nature[site]!).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  }
  const maps = [await a.heatMap(pictures, 'l4', warps), await b.heatMap(pictures, 'l4', warps)];
  const mean = (await both.heatMap(pictures, 'l4', warps)).posterior!;
  for (let pixel = 0; pixel < mean.length; pixel += 997)
    expect(mean[pixel]).toBeCloseTo((maps[0]!.posterior![pixel]! + maps[1]!.posterior![pixel]!) / 2, 6);
  await both.dispose();
});

test('models of other positions are refused by name', async () => {
  const manifest = decode<RunManifest>('manifest.json');
  const labelSpace = { ...manifest.labelSpace, positions: manifest.labelSpace.positions.toReversed() };
  const other = await load({ ...files, 'manifest.json': encode({ ...manifest, labelSpace }) }, 'turned');
  const own = await load(files, 'own');
  expect(() => ensemble([own, other], 'both')).toThrow(InvalidModelError);
  expect(() => ensemble([own, other], 'both')).toThrow(/turned reads other positions than own/);
  expect(() => ensemble([], 'none')).toThrow(RangeError);
  await Promise.all([own.dispose(), other.dispose()]);
});

test('a model that reads mirrored too says the same of a patient and of their mirror image', async () => {
  const turned: StudyViews = Object.fromEntries(
    Object.entries(pictures).map(([view, { rows, columns, pixels }]) => [
      view,
      { rows, columns, pixels: pixels.map((_, at) => pixels[at - 2 * (at % columns) + columns - 1]!) },
    ]),
  );
  const plain = await load(files, 'plain');
  const model = await load(files, 'mirrored', true);
  const [own, other] = [await model.predict(pictures, warps), await model.predict(turned, warps)];
  let largest = 0;
  for (const [site, value] of Object.entries(own.presence))
    largest = Math.max(largest, Math.abs(value - (other.presence[mirrorSite(site)] ?? other.presence[site])!));
  expect(largest).toBeLessThan(1e-4);
  expect(own.metastasis).toBeCloseTo(other.metastasis, 4);
  // The plain model does not: mirroring is a change.
  const [first, second] = [await plain.predict(pictures, warps), await plain.predict(turned, warps)];
  expect(Math.abs(first.presence['femur-left']! - second.presence['femur-right']!)).toBeGreaterThan(1e-3);
  expect(own.presence['femur-left']).toBeCloseTo(
    (first.presence['femur-left']! + second.presence['femur-right']!) / 2,
    4,
  );
  const map = (await model.heatMap(pictures, 'femur-left', warps)).anterior!;
  const back = (await model.heatMap(turned, 'femur-right', warps)).anterior!;
  const peak = map.reduce((best, value, at) => (value > map[best]! ? at : best), 0);
  const mirrored = peak - 2 * (peak % 256) + 255;
  expect(back[mirrored]).toBeCloseTo(map[peak]!, 4);
  await Promise.all([plain.dispose(), model.dispose()]);
});

test('a model of another kind is refused by name', async () => {
  const manifest = { ...decode<RunManifest>('manifest.json'), kind: 'classifier' };
  await expect(load({ ...files, 'manifest.json': encode(manifest) }, 'other')).rejects.toThrow(/of a classifier/);
});

test('a position with isotonic steps reads by them', async () => {
  const points = decode<OperatingPoints>('operating-points.json');
  const steps = { at: [-100, 100], value: [0.2, 0.4] };
  const positions = { ...points.positions, l4: { ...points.positions.l4!, steps } };
  const model = await load({ ...files, 'operating-points.json': encode({ ...points, positions }) }, 'steps');
  const plain = await load(files, 'plain');
  const [read, before] = [await model.predict(pictures, warps), await plain.predict(pictures, warps)];
  const scaled = Math.log(before.presence.l4! / (1 - before.presence.l4!));
  expect(read.presence.l4).toBeCloseTo(0.3 + scaled / 1000, 5);
  expect(read.presence.l5).toBe(before.presence.l5);
  await Promise.all([model.dispose(), plain.dispose()]);
});
