import type { Tensor } from '@radiolect/onnx';
import { encodeModel, floatTensor, Graph, Session } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import type { VitSettings } from '../backbones/backbone-settings.ts';
import { vitShape } from '../backbones/vit.ts';
import { TrainingParameters } from '../network/training-parameters.ts';
import { normal, randomStream } from '../random.ts';
import { drawMasks, maskedAutoencoderLoss, maskInputs, visiblePatches } from './masked-autoencoder-loss.ts';

const vit: VitSettings = { kind: 'vit', picture: [16, 8], channels: 1, patch: 4, width: 12, depth: 2, heads: 2 };
const patches = 8;
const visible = visiblePatches(patches, { maskRatio: 0.75 });
const batch = 3;

async function lossOf(pictures: Float32Array, masks: Record<string, Tensor>, normalisedPatches = false) {
  const g = new Graph();
  const p = new TrainingParameters(g);
  const settings = { maskRatio: 0.75, normalisedPatches, decoder: { width: 8, depth: 1, heads: 2 } };
  const input = g.input('pictures', 'float32', [batch, 1, 16, 8]);
  g.output('loss', maskedAutoencoderLoss(g, p, vitShape(vit), input, maskInputs(g, batch, patches, visible), settings));
  const session = await Session.create(encodeModel(g));
  const start = Object.fromEntries(p.start(new Map(), randomStream(4)));
  const results = await session.run({ ...start, ...masks, pictures: floatTensor([batch, 1, 16, 8], pictures) });
  await session.dispose();
  return Number(results.loss!.data[0]);
}

const noise = (seed: number, scale = 1): Float32Array => {
  const random = randomStream(seed);
  return Float32Array.from({ length: batch * 128 }, () => scale * normal(random));
};

test('a mask shows so many patches of each picture, and hides the others', () => {
  expect(visible).toBe(2);
  const masks = drawMasks(batch, patches, visible, randomStream(1));
  const numbers = (name: 'visible' | 'masked' | 'restored'): number[] => Array.from(masks[name].data, Number);
  const seen = numbers('visible');
  expect(seen.map((row) => Math.floor(row / patches))).toEqual([0, 0, 1, 1, 2, 2]);
  expect([...seen, ...numbers('masked')].sort((a, b) => a - b)).toEqual(
    Array.from({ length: batch * patches }, (_, row) => row),
  );
  numbers('restored').forEach((at, row) => {
    expect(at).toBe(seen.includes(row) ? seen.indexOf(row) : batch * visible);
  });
});

/** Pictures whose masked patches alone are changed, pixel by pixel; `row` numbers the patches of the batch. */
function maskedChanged(pictures: Float32Array, masked: Tensor, change: (pixel: number, row: number) => number) {
  const changed = pictures.slice();
  for (const row of Array.from(masked.data, Number)) {
    const picture = Math.floor(row / patches);
    const [down, across] = [Math.floor((row % patches) / 2), row % 2];
    for (let r = 0; r < 4; r++)
      for (let c = 0; c < 4; c++) {
        const at = picture * 128 + (down * 4 + r) * 8 + across * 4 + c;
        changed[at] = change(changed[at]!, row);
      }
  }
  return changed;
}

test('masked patches are what is to be told, and are not seen', async () => {
  const masks = drawMasks(batch, patches, visible, randomStream(1));
  const pictures = noise(1);
  const moved = (by: number) =>
    lossOf(
      maskedChanged(pictures, masks.masked, (pixel) => pixel + by),
      masks,
    );
  // What is told does not move with them: (t − x − 10)² + (t − x + 10)² = 2 (t − x)² + 200.
  expect((await moved(10)) + (await moved(-10))).toBeCloseTo(2 * (await moved(0)) + 200, 2);
  const loss = await moved(0);
  const seenToo = await lossOf(
    pictures.map((pixel) => pixel + 10),
    masks,
  );
  expect(Math.abs(seenToo - (await moved(10)))).toBeGreaterThan(0.01);
  expect(loss).toBeLessThan(5);
});

test('normalised patches are told up to their own mean and deviation', async () => {
  const masks = drawMasks(batch, patches, visible, randomStream(1));
  const pictures = noise(3);
  const changed = maskedChanged(pictures, masks.masked, (pixel, row) => 3 * pixel + row);
  const before = await lossOf(pictures, masks, true);
  expect(await lossOf(changed, masks, true)).toBeCloseTo(before, 3);
  expect(before).toBeGreaterThan(0.5);
  expect(Math.abs((await lossOf(changed, masks)) - before)).toBeGreaterThan(5);
});
