import { innerPoint, siteOutline } from '@radiolect/findings';
import { readSafetensors } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import { atlas, draw, drawnTraining, recipe, spotted, stream, warps } from './drawn-studies.fixture.ts';
import { ResumeMismatchError, UnusableDatasetError } from './errors.ts';
import { loadModel } from './loaded-model.ts';
import type { ModelFiles } from './model-files.ts';
import { trainModel } from './train.ts';
import { MemoryRunFolder } from './training/run-folder.ts';
import { learningRateAt } from './training/schedule.ts';

const { examples, context } = await drawnTraining(64);

describe('a run', () => {
  const run = new MemoryRunFolder();
  test('learns, and leaves what a model needs', async () => {
    const seen: number[] = [];
    const result = await trainModel(recipe, stream(examples), run, {
      ...context,
      watcher: { onStep: ({ step }) => void seen.push(step) },
    });
    expect(result.finished).toBe(true);
    expect(result.history[result.bestEpoch - 1]!.measures.validationAuroc).toBeGreaterThan(0.8);
    expect(result.history.at(-1)!.trainingLoss).toBeLessThan(result.history[0]!.trainingLoss * 0.7);
    expect(seen.at(-1)).toBe(6 * recipe.epochs);
    expect([...run.files.keys()].sort()).toEqual([
      'checkpoint.safetensors',
      'curves.svg',
      'manifest.json',
      'metrics.jsonl',
      'model.onnx',
      'operating-points.json',
    ]);
  }, 120_000);

  test('reads a new study: probabilities, and a map that peaks at the spot', async () => {
    const files = Object.fromEntries(run.files) as unknown as ModelFiles;
    const model = await loadModel(files, { atlas, name: 'drawn', threads: 1 });
    let agree = 0;
    let near = 0;
    let hits = 0;
    for (let index = 100; index < 112; index++) {
      const { pictures, present } = draw(index);
      const prediction = await model.predict(pictures, warps);
      for (const site of spotted) if (prediction.presence[site]! > 0.4 === present.has(site)) agree += 1;
      for (const site of present) {
        const map = (await model.heatMap(pictures, site, warps)).posterior!;
        const peak = map.reduce((best, value, at) => (value > map[best]! ? at : best), 0);
        const [x, y] = innerPoint(siteOutline(atlas, 'posterior', site)[0]!);
        hits += 1;
        if (Math.hypot((peak % 256) - x, Math.floor(peak / 256) - y) < 18) near += 1;
      }
    }
    expect(agree / (12 * spotted.length)).toBeGreaterThan(0.75);
    expect(near / hits).toBeGreaterThan(0.6);
    const { anterior } = draw(120).pictures;
    const alone = await model.predict({ anterior: anterior! }, { anterior: warps.anterior });
    expect(Object.values(alone.presence).every((p) => p > 0 && p < 1)).toBe(true);
    expect(Object.values(alone.nature.l4!).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    await model.dispose();
  }, 120_000);

  test('refuses a checkpoint of other settings', async () => {
    await expect(trainModel({ ...recipe, seed: 2 }, stream(examples), run, context)).rejects.toThrow(
      ResumeMismatchError,
    );
  });
});

test('a run that is stopped and resumed ends in the same state as an unbroken one', async () => {
  const short = { ...recipe, epochs: 2 };
  const whole = new MemoryRunFolder();
  await trainModel(short, stream(examples), whole, context);
  const broken = new MemoryRunFolder();
  // Stopped in the middle of an epoch, after the checkpoint of step 5 was overtaken by step 8.
  const stop = new AbortController();
  const first = await trainModel(short, stream(examples), broken, {
    ...context,
    signal: stop.signal,
    watcher: {
      onStep: ({ step }) => {
        if (step === 8) stop.abort();
      },
    },
  });
  expect(first.finished).toBe(false);
  await trainModel(short, stream(examples), broken, context);
  // And killed: only what the last checkpoint held is left.
  const killed = new MemoryRunFolder();
  let copy: Uint8Array | undefined;
  await trainModel(short, stream(examples), killed, {
    ...context,
    watcher: {
      onStep: ({ step }) => {
        if (step === 7) copy = killed.files.get('checkpoint.safetensors');
      },
    },
  });
  const revived = new MemoryRunFolder();
  await revived.write('checkpoint.safetensors', copy!);
  await trainModel(short, stream(examples), revived, context);
  const parameters = (folder: MemoryRunFolder): unknown =>
    readSafetensors(folder.files.get('checkpoint.safetensors')!).tensors;
  expect(parameters(broken)).toEqual(parameters(whole));
  expect(parameters(revived)).toEqual(parameters(whole));
  expect(new TextDecoder().decode(revived.files.get('metrics.jsonl'))).toBe(
    new TextDecoder().decode(whole.files.get('metrics.jsonl')),
  );
}, 120_000);

test('a data set without validation studies is refused with the fix', async () => {
  const training = examples.filter(({ split }) => split === 'train');
  await expect(trainModel(recipe, stream(training), new MemoryRunFolder(), context)).rejects.toThrow(
    UnusableDatasetError,
  );
});

test('the learning rate warms up and falls', () => {
  const rates = [0, 1, 3, 4, 27, 50].map((step) => learningRateAt(step, 50, recipe));
  expect(rates[0]).toBeCloseTo(5e-3 / 4);
  expect(rates[2]).toBeCloseTo(5e-3);
  expect(rates[3]).toBeCloseTo(5e-3);
  expect(rates[4]).toBeCloseTo(5e-3 * 0.505, 4);
  expect(rates[5]).toBeCloseTo(5e-5, 5);
});
