import { siteOutline } from '@radiolect/findings';
import { expect, test } from 'vitest';
import { drawnPictures, pictureRecipe } from '../drawn-pictures.fixture.ts';
import { atlas, drawnTraining, recipe, spotted, stream } from '../drawn-studies.fixture.ts';
import { readingGrid, toGrid } from '../input/reading-grid.ts';
import { trainModel } from '../train.ts';
import { trainClassifier } from '../training/classifier-task.ts';
import { MemoryRunFolder } from '../training/run-folder.ts';
import type { RunEnd, RunWatcher } from './run-watcher.ts';
import { watchTogether } from './run-watcher.ts';
import { watchRunFolder } from './watch-run-folder.ts';

// Whole runs, looked on: what the loop and the tasks tell, and what is left in the folder.

function listener(): RunWatcher & { readonly told: string[]; readonly ends: RunEnd[] } {
  const told: string[] = [];
  const ends: RunEnd[] = [];
  return {
    told,
    ends,
    onStart: ({ step, steps }) => void told.push(`start ${step}/${steps}`),
    onStep: ({ step, gradientNorm }) => void told.push(gradientNorm > 0 ? `step ${step}` : 'no gradient'),
    onEpoch: (history) => void told.push(`epoch ${history.length}`),
    onEnd: (end) => void ends.push(end),
  };
}

test('a site reader: told in order, stopped and resumed, and ended with sites and worst cases', async () => {
  const { examples, context } = await drawnTraining(24);
  const short = { ...recipe, epochs: 4 };
  const run = new MemoryRunFolder();
  const stop = new AbortController();
  const first = listener();
  let now = 1_700_000_000_000;
  const watch = (listening: RunWatcher): RunWatcher =>
    watchTogether(listening, watchRunFolder(run, { wallClock: () => (now += 1000) }));
  await trainModel(short, stream(examples), run, {
    ...context,
    signal: stop.signal,
    watcher: watch({
      ...first,
      onStep: async (report) => {
        await first.onStep!(report);
        if (report.step === 3) stop.abort();
      },
    }),
  });
  expect(first.told).toEqual(['start 0/8', 'step 1', 'step 2', 'epoch 1', 'step 3']);
  expect(first.ends).toMatchObject([{ finished: false, bestEpoch: 1 }]);

  const second = listener();
  await trainModel(short, stream(examples), run, { ...context, watcher: watch(second) });
  expect(second.told[0]).toBe('start 3/8');
  expect(second.told.at(-1)).toBe('epoch 4');
  const [end] = second.ends;
  expect(second.ends).toHaveLength(1);
  expect(end).toMatchObject({ finished: true, manifest: { kind: 'site-reader' } });
  expect(end!.history).toHaveLength(4);
  const { sites, cases } = end!.report!;
  expect(sites.map(({ site }) => site)).toEqual(context.labelSpace.positions);
  const l4 = sites.find(({ site }) => site === 'l4')!;
  expect(l4.positives + l4.negatives).toBe(6);
  expect(l4.prevalence).toBeGreaterThan(0);
  // Only what was drawn is stated, so only that can be got wrong; the map lies on the site in question.
  const grid = readingGrid(atlas, recipe.windows.rows, recipe.windows.columns);
  for (const { site, views } of cases) {
    expect(spotted).toContain(site);
    for (const { view, columns, heat } of views) {
      const peak = heat!.reduce((best, value, at) => (value > heat![best]! ? at : best), 0);
      if (heat![peak] === 0) continue;
      const outline = siteOutline(atlas, view as 'anterior' | 'posterior', site)
        .flat()
        .map((point) => toGrid(grid, point));
      const spans = [0, 1].map((axis) => outline.map((point) => point[axis]!));
      [peak % columns, Math.floor(peak / columns)].forEach((place, axis) => {
        expect(place).toBeGreaterThan(Math.min(...spans[axis]!) - 8);
        expect(place).toBeLessThan(Math.max(...spans[axis]!) + 8);
      });
    }
  }
  expect(cases.some(({ views }) => views.some(({ heat }) => heat!.some((value) => value > 0)))).toBe(true);
  expect([...run.files.keys()].filter((name) => name.includes('tfevents'))).toHaveLength(2);
  expect(new TextDecoder().decode(run.files.get('steps.jsonl')).trim().split('\n')).toHaveLength(8);
  expect(new TextDecoder().decode(run.files.get('run.html'))).toContain('data:image/png;base64,');
}, 120_000);

test('a classifier: the same, with what spoke for an output in the picture that the backbone sees', async () => {
  const source = drawnPictures(32);
  const watcher = listener();
  await trainClassifier({ ...pictureRecipe, epochs: 2, patience: 2 }, source, new MemoryRunFolder(), {
    now: () => 0,
    threads: 1,
    watcher,
  });
  const { report, manifest } = watcher.ends[0]!;
  expect(manifest).toMatchObject({ kind: 'classifier' });
  expect(report!.sites.map(({ site }) => site)).toEqual(source.outputs);
  expect(report!.cases.length).toBeGreaterThan(0);
  const [rows, columns] = source.picture;
  for (const { views } of report!.cases)
    for (const { pixels, heat } of views) {
      expect([pixels.length, heat!.length]).toEqual([rows * columns, rows * columns]);
      expect(heat!.every((value) => value >= 0)).toBe(true);
    }
}, 120_000);
