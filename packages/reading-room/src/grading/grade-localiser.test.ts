import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { views } from '@radiolect/findings';
import { readPack } from '@radiolect/findings/node';
import { makePhantomStudy } from '@radiolect/phantom';
import { afterAll, expect, test } from 'vitest';
import { regionsOfTruth } from '../dataset/phantom-regions.ts';
import { RefusedError } from '../errors.ts';
import { heatOverPicturePng } from '../reading/heat-png.ts';
import { findHotSpots } from '../reading/hot-spots.ts';
import { gradeLocaliser } from './grade-localiser.ts';

const localiser = fileURLToPath(new URL('../../../../models/localiser', import.meta.url));
const pack = await readPack('bone-scan');
const studies = [3, 8].map((index) => makePhantomStudy({ seed: 88, index, mix: 'training', pack }));
const folder = await mkdtemp(join(tmpdir(), 'radiolect-localiser-'));
await mkdir(join(folder, 'dicom'));
for (const { accessionNumber, dicom } of studies)
  await writeFile(join(folder, 'dicom', `${accessionNumber}.dcm`), dicom);
afterAll(() => rm(folder, { recursive: true }));

test('without a truth file nothing is graded', async () => {
  if (!existsSync(localiser)) return;
  await expect(gradeLocaliser([folder], localiser, pack)).rejects.toThrow(RefusedError);
});

test('the shipped localiser finds more than plain readers, on studies it never saw', async () => {
  const lines = studies.map(({ truth }) => `${JSON.stringify(truth)}\n`).join('');
  await writeFile(join(folder, 'truth.jsonl'), lines);
  const result = await gradeLocaliser([folder], localiser, pack);
  const outlines = studies.flatMap(({ truth }) => views.flatMap((view) => regionsOfTruth(truth)[view] ?? []));
  const hot = outlines.filter(({ uptake }) => uptake === 'increased');
  expect(result).toMatchObject({ scans: 2, pictures: 4, lesions: hot.length });
  // The first study is of diffuse disease, with 149 lesions.
  expect(result.focal).toMatchObject({ scans: 1, pictures: 2, lesions: 15 });
  const [trained, deviation, background] = result.readers.map(({ all }) => all.overlap.at[2]!.value);
  expect(trained).toBeGreaterThan(deviation!);
  expect(trained).toBeGreaterThan(background!);
  const multiples = result.readers[2]!.multiples!.map(({ sensitivity }) => sensitivity);
  expect(multiples).toEqual([...multiples].sort((a, b) => b - a));
}, 180_000);

test('hot spots bear names of the pack, and their outlines change the heat map', async () => {
  const { views: pictures, rendered } = studies[0]!;
  const spots = await findHotSpots(localiser, pictures, rendered.warp, pack);
  expect(spots.length).toBeGreaterThan(0);
  for (const { site, score, area } of spots) {
    if (site !== undefined) expect(pack.labelSpace.positions).toContain(site);
    expect(score).toBeLessThanOrEqual(1);
    expect(area).toBeGreaterThan(0);
  }
  const cold = new Float32Array(1024 * 256);
  const outlines = spots.filter(({ view }) => view === 'posterior').map(({ outline }) => outline);
  const plain = heatOverPicturePng(cold, pictures.posterior);
  expect(heatOverPicturePng(cold, pictures.posterior, [])).toEqual(plain);
  expect(heatOverPicturePng(cold, pictures.posterior, outlines)).not.toEqual(plain);
}, 180_000);
