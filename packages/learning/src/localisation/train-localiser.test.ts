import type { Point } from '@radiolect/findings';
import { innerPoint, makeWarp, siteAt, siteOutline, views } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { atlas, drawnTraining, stream } from '../drawn-studies.fixture.ts';
import { InvalidModelError, UnusableDatasetError } from '../errors.ts';
import type { Example, Region } from '../example.ts';
import { noiseTable } from '../input/augmentation.ts';
import type { ModelInput } from '../input/model-input.ts';
import { readingGrid, toGrid } from '../input/reading-grid.ts';
import { randomStream } from '../random.ts';
import { trainModel } from '../train.ts';
import { MemoryRunFolder } from '../training/run-folder.ts';
import type { HotSpot } from './hot-spot.ts';
import { loadLocaliser } from './load-localiser.ts';
import type { LocaliserFiles } from './localiser-files.ts';
import type { LocaliserRecipe } from './localiser-recipe.ts';
import { plainReaders, plainSpots } from './plain-readers.ts';

// Drawn studies: an even body with noise. In it spots of 2 × 2 pixels are lesions; large, soft ones are not.

const recipe: LocaliserRecipe = {
  kind: 'localiser',
  name: 'drawn spots',
  seed: 3,
  pack: 'bone-scan',
  grid: { rows: 384, columns: 120 },
  model: { width: 32, blocks: 1, heads: 2 },
  placesPerStudy: 12,
  augmentation: { mirror: 0.5, gain: 0.1, thinning: 0.7, viewDropout: 0.1 },
  loss: { lesion: 2, malignant: 1 },
  optimizer: {
    beta1: 0.9,
    beta2: 0.98,
    epsilon: 1e-8,
    weightDecay: 0.01,
    clipNorm: 1,
    learningRate: 8e-3,
    warmupSteps: 4,
    averaging: 0.8,
  },
  batchSize: 4,
  epochs: 16,
  patience: 16,
  checkpointEverySteps: 100,
  normalisationStudies: 12,
  validationStudies: 4,
};

const grid = readingGrid(atlas, recipe.grid.rows, recipe.grid.columns);
/** Pictures of half the usual size, so that a cell is about a pixel. */
const half = makeWarp(2, 2, ([x, y]) => [x / 2, y / 2]);
const warps = { anterior: half, posterior: half };
const noise = noiseTable();
const sites = ['l4', 't8', 'femur-left', 'calvarium', 'rib-7-left', 'ilium-right', 'sternum-body'];

/** One view on a plane of so many columns: counts, and the corner of every lesion. Spots lie off their site's middle. */
function draw(index: number, v: number, rows: number, columns: number, placeOf: (point: Point) => Point) {
  const random = randomStream(7, index, v);
  const from = Math.floor(random() * noise.length);
  const pixels = Float32Array.from({ length: rows * columns }, (_, i) => 20 + 4 * noise[(from + i) % noise.length]!);
  const corners: { site: string; x: number; y: number }[] = [];
  for (const site of sites) {
    const outline = siteOutline(atlas, views[v]!, site)[0];
    const draws = random();
    const [jitterX, jitterY] = [Math.round(4 * random() - 2), Math.round(4 * random() - 2)];
    if (!outline || draws > 0.8) continue;
    const middle = placeOf(innerPoint(outline));
    const [x, y] = [Math.round(middle[0]) + jitterX, Math.round(middle[1]) + jitterY];
    const small = draws < 0.4;
    for (let dy = -6; dy <= 6; dy++)
      for (let dx = -6; dx <= 6; dx++) {
        const inside = small ? dx >= 0 && dx < 2 && dy >= 0 && dy < 2 : Math.hypot(dx, dy) <= 6;
        if (inside) pixels[(y + dy) * columns + x + dx]! += small ? 80 : 25;
      }
    if (small) corners.push({ site, x, y });
  }
  return { pixels, corners };
}

const regionsOf = (corners: ReturnType<typeof draw>['corners']): Region[] =>
  corners.map(({ site, x, y }) => {
    const polygon = [[x, y] as const, [x + 2, y] as const, [x + 2, y + 2] as const, [x, y + 2] as const];
    return { site, nature: 'metastatic', uptake: 'increased', polygon };
  });

/** Studies drawn on the grid itself: nothing has to be warped. */
async function drawn(
  count: number,
): Promise<{ examples: Example[]; inputs: (example: Example) => Promise<ModelInput> }> {
  const { examples: labelled } = await drawnTraining(1);
  const examples: Example[] = [];
  const inputs = new Map<string, ModelInput>();
  for (let index = 0; index < count; index++) {
    const studyKey = `spots-${String(index).padStart(3, '0')}`;
    const [anterior, posterior] = views.map((_, v) => {
      const { pixels, corners } = draw(index, v, grid.rows, grid.columns, (point) => toGrid(grid, point));
      return { values: pixels.map((value) => value / 20), countsPerUnit: 20, regions: regionsOf(corners) };
    });
    inputs.set(studyKey, { anterior: anterior!, posterior: posterior! });
    const split = index % 6 === 0 ? 'validation' : 'train';
    examples.push({ ...labelled[0]!, studyKey, patientKey: studyKey, regions: {}, split });
  }
  return { examples, inputs: async (example) => inputs.get(example.studyKey)! };
}

/** The same as pictures. */
function drawnPictures(index: number) {
  const made = views.map((_, v) => draw(index, v, 512, 128, ([x, y]) => [x / 2, y / 2]));
  const [anterior, posterior] = made.map(({ pixels }) => ({ rows: 512, columns: 128, pixels }));
  return { pictures: { anterior: anterior!, posterior: posterior! }, corners: made.map(({ corners }) => corners) };
}

const { context } = await drawnTraining(1);

test('lesions of four pixels are found, named and outlined; large soft spots are not lesions', async () => {
  const { examples, inputs } = await drawn(28);
  const run = new MemoryRunFolder();
  const outcome = await trainModel(recipe, stream(examples), run, { ...context, inputs, threads: 2 });
  expect(outcome.finished).toBe(true);
  expect(outcome.history.at(-1)!.measures.cellPrecision).toBeGreaterThan(0.5);

  const files = Object.fromEntries(run.files) as unknown as LocaliserFiles;
  const localiser = await loadLocaliser(files, { atlas });
  let lesions = 0;
  let found = 0;
  let named = 0;
  for (const index of [100, 101, 102]) {
    const { pictures, corners } = drawnPictures(index);
    // The surest, three more than there are lesions.
    const spots = (await localiser.localise(pictures, warps)).slice(0, corners.flat().length + 3);
    views.forEach((view, v) => {
      for (const { site, x, y } of corners[v]!) {
        lesions += 1;
        const near = ({ peak }: HotSpot): boolean => Math.hypot(peak[0] - x - 1, peak[1] - y - 1) < 3;
        const spot = spots.find((one) => one.view === view && near(one));
        if (!spot) continue;
        found += 1;
        expect(spot.area).toBeLessThan(30);
        expect(spot.contrast).toBeGreaterThan(2);
        expect(spot.box.left).toBeLessThan(x + 1);
        expect(spot.box.right).toBeGreaterThan(x + 1);
        if (spot.site === siteAt(atlas, view, [2 * x + 2, 2 * y + 2])[0] || spot.site === site) named += 1;
      }
    });
  }
  expect(lesions).toBeGreaterThan(10);
  expect(found / lesions).toBeGreaterThan(0.8);
  expect(named / found).toBeGreaterThan(0.9);

  // One view alone is read; the plain readers find spots of both kinds.
  const { pictures } = drawnPictures(100);
  const prepared = localiser.prepare({ posterior: pictures.posterior! }, { posterior: half });
  expect((await localiser.localisePrepared(prepared)).every(({ view }) => view === 'posterior')).toBe(true);
  for (const reader of plainReaders)
    expect(plainSpots(reader, localiser.prepare(pictures, warps), localiser, atlas).length).toBeGreaterThan(2);
  await localiser.dispose();
}, 120_000);

test('studies without outlines are refused with the fix, and a folder of another kind too', async () => {
  const { examples } = await drawnTraining(8);
  await expect(trainModel(recipe, stream(examples), new MemoryRunFolder(), context)).rejects.toThrow(
    UnusableDatasetError,
  );
  const manifest = new TextEncoder().encode('{"kind":"site-reader"}');
  const files = { 'manifest.json': manifest, 'model.onnx': manifest, 'normal.safetensors': manifest };
  await expect(loadLocaliser(files, { atlas })).rejects.toThrow(InvalidModelError);
});
