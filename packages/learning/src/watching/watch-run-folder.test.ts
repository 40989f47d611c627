import { decodePng } from '@radiolect/dicom';
import { expect, test } from 'vitest';
import { MemoryRunFolder } from '../training/run-folder.ts';
import type { CaseView, EpochLine, RunEnd, RunStart } from './run-watcher.ts';
import { watchRunFolder } from './watch-run-folder.ts';

const start: RunStart = {
  name: 'small <run>',
  kind: 'site-reader',
  steps: 12,
  stepsPerEpoch: 4,
  step: 0,
  batchSize: 8,
  examples: { train: 32, validation: 10 },
  parameters: 12_345,
  device: 'cpu',
  threads: 2,
  recipe: { name: 'small', note: '</script><b>' },
};
const text = (folder: MemoryRunFolder, name: string): string => new TextDecoder().decode(folder.files.get(name));
const eventFiles = (folder: MemoryRunFolder): string[] =>
  [...folder.files.keys()].filter((name) => name.includes('tfevents'));
const epochLine = (epoch: number): EpochLine => ({
  epoch,
  step: 4 * epoch,
  trainingLoss: 1 / epoch,
  learningRate: 0.01,
  score: epoch === 2 ? 0.9 : 0.8,
  validationLoss: 1.1 / epoch,
  meanDistance: epoch,
  neverKnown: null,
});
const step = (number: number) => ({
  step: number,
  epoch: Math.ceil(number / 4),
  loss: 1 / number,
  learningRate: 0.01,
  gradientNorm: 2,
  imagesPerSecond: 33,
  secondsLeft: 5,
  logged: { natureLoss: 0.25 },
});

function view(name: string): CaseView {
  const pixels = new Float32Array(6 * 4).fill(1);
  const heat = new Float32Array(6 * 4);
  heat[5] = 1;
  return { view: name, rows: 6, columns: 4, pixels, heat };
}
const end: RunEnd = {
  finished: true,
  bestEpoch: 2,
  history: [1, 2, 3].map(epochLine),
  manifest: { kind: 'site-reader' },
  report: {
    sites: [
      { site: 'l4', auroc: 0.912, positives: 12, negatives: 30, prevalence: 0.25 },
      { site: 'c1', auroc: null, positives: 0, negatives: 42, prevalence: null },
    ],
    cases: [
      {
        study: 'study-7',
        site: 'l4',
        label: 'present',
        probability: 0.02,
        views: [view('anterior'), view('posterior')],
      },
    ],
  },
};

test('a run leaves a page, its steps and an event file', async () => {
  const folder = new MemoryRunFolder();
  let now = 1_700_000_000_000;
  const watcher = watchRunFolder(folder, {
    wallClock: () => now,
    siteName: (site) =>
      site === 'l4' ? { en: 'L4 vertebra', 'zh-Hant': '第四腰椎', 'zh-Hans': '第四腰椎' } : undefined,
  });
  await watcher.onStart!(start);
  expect(text(folder, 'run.html')).toContain('No epoch is finished yet.');
  for (let number = 1; number <= 12; number++) {
    now += 1000;
    await watcher.onStep!(step(number));
    if (number % 4 === 0) await watcher.onEpoch!(Array.from({ length: number / 4 }, (_, i) => epochLine(i + 1)));
  }
  const running = text(folder, 'run.html');
  expect(running).toContain('id="reload"');
  expect(text(folder, 'steps.jsonl').trim().split('\n')).toHaveLength(12);
  await watcher.onEnd!(end);

  const page = text(folder, 'run.html');
  for (const part of [
    'Validation loss',
    '驗證損失',
    'Mean feature distance',
    '第四腰椎',
    '25.0 %',
    '0.912',
    'study-7',
    '12 s',
  ])
    expect(page).toContain(part);
  expect(page).not.toContain('id="reload"');
  // A measure without a value in any epoch has no curve but stands in the table.
  expect(page.match(/<figure class="chart">/g)).toHaveLength(3 + 4);
  // Nothing of a recipe is read as markup, and nothing is fetched.
  expect(page).toContain('small &#60;run&#62;');
  expect(page.match(/<script>/g)).toHaveLength(1);
  expect(page).not.toMatch(/(src|href)="(?!data:|#)/);
  const pictures = [...page.matchAll(/data:image\/png;base64,([^"]+)"/g)].map((match) =>
    decodePng(Buffer.from(match[1]!, 'base64')),
  );
  expect(pictures).toHaveLength(2);
  expect(pictures[0]).toMatchObject({ rows: 6, columns: 4 });
  // Full counts are black; where the heat is, the picture is bright orange.
  expect(pictures[0]!.pixels[0]).toBe(0);
  expect(pictures[0]!.pixels[5]).toBeGreaterThan(100);
  expect(eventFiles(folder)).toEqual(['events.out.tfevents.1700000000.radiolect']);
});

test('a resumed run drops the steps beyond its checkpoint and begins an event file of its own', async () => {
  const folder = new MemoryRunFolder();
  let now = 1_700_000_000_000;
  const first = watchRunFolder(folder, { wallClock: () => now });
  await first.onStart!(start);
  for (let number = 1; number <= 7; number++) {
    now += 16_000;
    await first.onStep!(step(number));
  }
  await folder.append('steps.jsonl', new TextEncoder().encode('{"step":8,"ep'));
  now += 60_000;
  const second = watchRunFolder(folder, { wallClock: () => now });
  await second.onStart!({ ...start, step: 4, history: [epochLine(1)] });
  expect(text(folder, 'run.html')).toContain('Training loss');
  await second.onStep!(step(5));
  await second.onEnd!({ finished: false, bestEpoch: 1, history: [epochLine(1)] });
  const steps = text(folder, 'steps.jsonl')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { step: number }).step);
  expect(steps).toEqual([1, 2, 3, 4, 5]);
  expect(eventFiles(folder)).toHaveLength(2);
  expect(text(folder, 'run.html')).toContain('Stopped; --resume goes on');
});

test('a long run leaves no long file: a line is the mean of its steps', async () => {
  const folder = new MemoryRunFolder();
  const watcher = watchRunFolder(folder, { wallClock: () => 0 });
  await watcher.onStart!({ ...start, steps: 20_000 });
  for (let number = 1; number <= 20; number++) await watcher.onStep!({ ...step(number), loss: number });
  await watcher.onEnd!({ finished: false, bestEpoch: 0, history: [] });
  const lines = text(folder, 'steps.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);
  expect(lines.map((line) => [line.step, line.loss, line.natureLoss])).toEqual([
    [10, 5.5, 0.25],
    [20, 15.5, 0.25],
  ]);
});
