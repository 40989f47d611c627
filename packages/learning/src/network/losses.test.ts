import { readFileSync } from 'node:fs';
import { differentiate, encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { describe, expect, test } from 'vitest';
import type { LossSettings } from './losses.ts';
import { multiLabelLoss } from './losses.ts';

// Golden numbers: scripts/make-supervised-reference.py.
// In float64 there, in float32 here.
interface Reference {
  readonly batch: Readonly<Record<'logits' | 'positive' | 'negative', readonly number[]>>;
  readonly losses: readonly {
    readonly settings: LossSettings;
    readonly loss: number;
    readonly gradient: readonly number[];
  }[];
}
const reference = JSON.parse(
  readFileSync(new URL('../../../../fixtures/supervised-reference.json', import.meta.url), 'utf8'),
) as Reference;

/** A function that gives loss and gradient by the logits, all of (1, count). */
async function lossOf(
  settings: LossSettings | undefined,
  count: number,
): Promise<(batch: Reference['batch']) => Promise<{ loss: number; gradient: number[] }>> {
  const g = new Graph();
  const logits = g.input('logits', 'float32', [1, count]);
  const positive = g.input('positive', 'float32', [1, count]);
  const negative = g.input('negative', 'float32', [1, count]);
  const loss = multiLabelLoss(g, logits, { positive, negative }, settings);
  g.output('loss', loss);
  g.output('gradient', differentiate(g, loss, [logits])[0]!);
  const session = await Session.create(encodeModel(g), { threads: 1 });
  return async (batch) => {
    const row = (values: readonly number[]) => floatTensor([1, count], values);
    const results = await session.run({
      logits: row(batch.logits),
      positive: row(batch.positive),
      negative: row(batch.negative),
    });
    return { loss: Number(results.loss!.data[0]), gradient: Array.from(results.gradient!.data, Number) };
  };
}

describe('losses and gradients are those of PyTorch', () => {
  const { batch } = reference;
  test.each(reference.losses)('$settings', async ({ settings, loss, gradient }) => {
    const run = await lossOf(settings, batch.logits.length);
    const own = await run(batch);
    expect(Math.abs(own.loss - loss) / loss).toBeLessThan(1e-5);
    const largest = Math.max(...gradient.map(Math.abs));
    own.gradient.forEach((value, index) => {
      expect(Math.abs(value - gradient[index]!) / largest, `logit ${index}`).toBeLessThan(1e-5);
    });
  });
  test.each(reference.losses)('the gradient is the slope of the loss: $settings', async ({ settings }) => {
    const run = await lossOf(settings, batch.logits.length);
    const { gradient } = await run(batch);
    const step = 2e-2;
    for (const index of [2, 5, 9]) {
      const moved = async (by: number): Promise<number> =>
        (await run({ ...batch, logits: batch.logits.map((x, at) => (at === index ? x + by : x)) })).loss;
      const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
      expect(slope).toBeCloseTo(gradient[index]!, 2);
    }
  });
});

test('by hand: at p = 0.8, focus 2, a positive costs 0.04 · 0.223 and a negative 0.64 · 1.609', async () => {
  const run = await lossOf({ kind: 'focal', focus: 2 }, 1);
  const logits = [Math.log(4)];
  expect((await run({ logits, positive: [1], negative: [0] })).loss).toBeCloseTo(0.04 * -Math.log(0.8), 6);
  expect((await run({ logits, positive: [0], negative: [1] })).loss).toBeCloseTo(0.64 * -Math.log(0.2), 6);
});

test('by hand: with shift 0.3, a negative at p = 0.8 counts as 0.5, and one at p = 0.2 not at all', async () => {
  const run = await lossOf({ kind: 'asymmetric', positiveFocus: 0, negativeFocus: 2, shift: 0.3 }, 2);
  const logits = [Math.log(4), -Math.log(4)];
  const { loss, gradient } = await run({ logits, positive: [0, 0], negative: [1, 1] });
  expect(loss).toBeCloseTo(0.25 * Math.LN2, 6);
  expect(gradient[1]).toBe(0);
});

const kinds: readonly LossSettings[] = [
  {},
  { kind: 'focal', focus: 2, balance: 0.25 },
  { kind: 'focal', focus: 0.5 },
  { kind: 'asymmetric', positiveFocus: 1, negativeFocus: 4, shift: 0.05 },
  { kind: 'asymmetric', positiveFocus: 0, negativeFocus: 0.5, shift: 0.05 },
  { kind: 'asymmetric', positiveFocus: 0, negativeFocus: 4, shift: 0 },
];
test.each(kinds)('nothing overflows at any logit: %o', async (settings) => {
  const logits = [-1e4, -200, -90, -17, 0, 17, 90, 200, 1e4];
  const run = await lossOf(settings, logits.length);
  const ones = logits.map(() => 1);
  const { loss, gradient } = await run({ logits, positive: ones, negative: ones });
  expect(Number.isFinite(loss)).toBe(true);
  expect(gradient.every(Number.isFinite)).toBe(true);
  // And what is not stated costs nothing, however wild its logit.
  const zeros = logits.map(() => 0);
  expect(await run({ logits, positive: zeros, negative: zeros })).toEqual({ loss: 0, gradient: zeros.map(Math.abs) });
});

test('a negative focus and a shift of 1 are refused', () => {
  const build = (settings: LossSettings) => () => {
    const g = new Graph();
    const x = g.input('x', 'float32', [1, 2]);
    return multiLabelLoss(g, x, { positive: x, negative: x }, settings);
  };
  expect(build({ kind: 'focal', focus: -1 })).toThrow(/loss\.focus/);
  expect(build({ kind: 'asymmetric', positiveFocus: 0, negativeFocus: 4, shift: 1 })).toThrow(/loss\.shift/);
});
