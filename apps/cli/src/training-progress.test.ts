import { PassThrough } from 'node:stream';
import type { RunStart, StepReport } from '@radiolect/learning';
import { expect, test } from 'vitest';
import { timeLeft, trainingProgress } from './training-progress.ts';

const start: RunStart = {
  name: 'small',
  kind: 'site-reader',
  steps: 8,
  stepsPerEpoch: 4,
  step: 0,
  batchSize: 8,
  examples: { train: 32, validation: 10 },
  parameters: 12_345,
  device: 'cpu',
  threads: 2,
  recipe: {},
};
const step = (number: number): StepReport => ({
  step: number,
  epoch: Math.ceil(number / 4),
  loss: 0.5,
  learningRate: 0.01,
  gradientNorm: 1,
  imagesPerSecond: 31.25,
  secondsLeft: 125,
});
const epoch = {
  epoch: 1,
  step: 4,
  trainingLoss: 0.5,
  learningRate: 0.01,
  score: 0.8,
  validationAuroc: 0.8,
  rank: null,
};

/** A stream that keeps what is written; with `columns` it is a terminal. */
function screen(columns?: number): { stream: NodeJS.WriteStream; text: () => string } {
  const through = new PassThrough();
  const stream = Object.assign(
    through,
    columns
      ? {
          isTTY: true,
          columns,
          rows: 24,
          cursorTo: () => true,
          moveCursor: () => true,
          clearLine: () => true,
          clearScreenDown: () => true,
        }
      : {},
  );
  const chunks: Buffer[] = [];
  through.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => Buffer.concat(chunks).toString() };
}

test('on no terminal: a line an epoch, and one every half minute', async () => {
  const { stream, text } = screen();
  let now = 0;
  const progress = trainingProgress(stream, () => now);
  await progress.onStart!(start);
  for (let number = 1; number <= 8; number++) {
    now += 11_000;
    await progress.onStep!(step(number));
    if (number === 4) await progress.onEpoch!([epoch]);
  }
  await progress.onEnd!({ finished: false, bestEpoch: 1, history: [epoch], reason: 'interrupted' });
  expect(text().split('\n')).toEqual([
    'small on cpu, 2 threads: 32 studies to train on, 10 to validate on, 12,345 parameters',
    'step 3/8  epoch 1  loss 0.5000  31.3 images/s  2 min left',
    'epoch 1: loss 0.5000, score 0.8000 (best), validationAuroc 0.8',
    'step 7/8  epoch 2  loss 0.5000  31.3 images/s  2 min left  score 0.8000 (epoch 1)',
    'stopped; --resume goes on: best epoch 1 of 1, score 0.8000 (interrupted)',
    '',
  ]);
});

test('on a terminal: one bar, with the speed and the time left', async () => {
  const { stream, text } = screen(120);
  let now = 0;
  const progress = trainingProgress(stream, () => now);
  await progress.onStart!(start);
  await progress.onStep!(step(3));
  await progress.onEpoch!([epoch]);
  now += 5000;
  await progress.onStep!(step(5));
  await progress.onEnd!({ finished: true, bestEpoch: 1, history: [epoch] });
  expect(text()).toContain('5/8  epoch 2  loss 0.5000  31.3 images/s  2 min left  score 0.8000 (epoch 1)');
  expect(text()).toContain('epoch 1: loss 0.5000');
  expect(text().trimEnd().endsWith('finished: best epoch 1 of 1, score 0.8000')).toBe(true);
});

test('a run that breaks off gives the terminal back', async () => {
  const { stream, text } = screen(120);
  const progress = trainingProgress(stream);
  await progress.onStart!(start);
  await progress.onStep!(step(3));
  progress.close();
  // The cursor is shown again, and lines wrap.
  expect(text().lastIndexOf('\u001b[?25h')).toBeGreaterThan(text().lastIndexOf('\u001b[?25l'));
  expect(text().lastIndexOf('\u001b[?7h')).toBeGreaterThan(text().lastIndexOf('\u001b[?7l'));
});

test('time left in words', () => {
  expect([5, 4000, 7200, Number.POSITIVE_INFINITY].map(timeLeft)).toEqual([
    '5 s',
    '1 h 7 min',
    '2 h 0 min',
    'unknown time',
  ]);
});
