import type { Tensor } from '@radiolect/onnx';
import { encodeModel, floatTensor, Graph, intTensor, Session } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { TrainingParameters } from '../network/training-parameters.ts';
import { normal, randomStream } from '../random.ts';
import { imageReportLoss } from './image-report-loss.ts';
import type { ImageReportSettings } from './image-report-settings.ts';
import { encodeTexts } from './text-encoder.ts';

const settings: ImageReportSettings = {
  vocabulary: 8,
  statements: 2,
  tokens: 3,
  width: 8,
  depth: 1,
  heads: 2,
  joint: 4,
  temperature: 0.1,
  agreementTemperature: 0.1,
  attentionTemperature: 0.1,
  local: 1,
};
const [batch, views, regions, width] = [2, 2, 3, 5];
const texts = batch * settings.statements;

async function run(changes: Record<string, Tensor>) {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const ids = g.input('ids', 'int64', [texts, 3]);
  const mask = g.input('mask', 'float32', [texts, 3]);
  const encoded = encodeTexts(g, p, ids, mask, 10, settings);
  const outputs = {
    tokens: g.input('tokens', 'float32', [batch * views, regions, width]),
    pooled: g.input('pooled', 'float32', [batch * views, width]),
  };
  const inputs = {
    seen: g.input('seen', 'float32', [batch, views]),
    stated: g.input('stated', 'float32', [batch, settings.statements]),
    agreement: g.input('agreement', 'float32', [batch, batch]),
    holding: g.input('holding', 'float32', [batch, texts]),
    failing: g.input('failing', 'float32', [batch, texts]),
  };
  const { global, local } = imageReportLoss(g, p, outputs, encoded, inputs, settings);
  g.output('global', global);
  g.output('local', local);
  g.output('weights', encoded.weights);
  const session = await Session.create(encodeModel(g));
  const random = randomStream(8);
  const noise = (shape: readonly number[]) =>
    floatTensor(
      shape,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => normal(random)),
    );
  const feeds = {
    ids: intTensor([texts, 3], [2, 3, 0, 4, 0, 0, 5, 6, 7, 0, 0, 0]),
    mask: floatTensor([texts, 3], [1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0]),
    tokens: noise([batch * views, regions, width]),
    pooled: noise([batch * views, width]),
    seen: floatTensor([batch, views], [1, 1, 1, 0]),
    stated: floatTensor([batch, 2], [0.5, 0.5, 1, 0]),
    agreement: floatTensor([2, 2], [1, 0, 0, 1]),
    holding: floatTensor([2, 4], [0.25, 0, 0, 0, 0, 0, 0.25, 0]),
    failing: floatTensor([2, 4], [0, 0, 0.25, 0, 0.25, 0, 0, 0]),
  };
  const results = await session.run({
    ...Object.fromEntries(p.start(new Map(), randomStream(3))),
    ...feeds,
    ...changes,
  });
  await session.dispose();
  return {
    global: Number(results.global!.data[0]),
    local: Number(results.local!.data[0]),
    weights: Array.from(results.weights!.data as Float32Array),
  };
}

test('what stands at padding, in a statement that is not there, or in a missing view does not matter', async () => {
  const plain = await run({});
  const other = await run({ ids: intTensor([texts, 3], [2, 3, 9, 4, 9, 9, 5, 6, 7, 9, 9, 9]) });
  expect(other.global).toBeCloseTo(plain.global, 5);
  expect(other.local).toBeCloseTo(plain.local, 5);
  const random = randomStream(8);
  const tokens = floatTensor(
    [batch * views, regions, width],
    Array.from({ length: batch * views * regions * width }, () => normal(random)),
  );
  tokens.data.fill(7, 3 * regions * width);
  const changed = await run({ tokens });
  expect(changed.local).toBeCloseTo(plain.local, 5);
  expect(plain.weights[0]! + plain.weights[1]!).toBeCloseTo(1, 5);
  expect([plain.weights[2], plain.weights[4], plain.weights[9]]).toEqual([0, 0, 0]);
  expect(plain.weights[3]).toBe(1);
});

test('findings decide which pairs belong together', async () => {
  const own = await run({});
  const crossed = await run({ agreement: floatTensor([2, 2], [0, 1, 1, 0]) });
  const even = await run({ agreement: floatTensor([2, 2], [0.5, 0.5, 0.5, 0.5]) });
  // Cross-entropy is linear in its target.
  expect(own.global + crossed.global).toBeCloseTo(2 * even.global, 4);
  expect(Math.abs(own.global - crossed.global)).toBeGreaterThan(0.01);
  const none = await run({ holding: floatTensor([2, 4]), failing: floatTensor([2, 4]) });
  expect(none.local).toBe(0);
});
