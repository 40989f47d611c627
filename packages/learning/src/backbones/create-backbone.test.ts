import { differentiate, encodeModel, floatTensor, Graph, Session, sizeOf } from '@radiolect/onnx';
import { expect, test } from 'vitest';
import { TrainingParameters } from '../network/training-parameters.ts';
import { randomStream } from '../random.ts';
import type { BackboneSettings } from './create-backbone.ts';
import { createBackbone } from './create-backbone.ts';

type Picture = readonly [number, number];

/** Every kind, slim, with its usual patch or the one given. */
const kinds: readonly ((picture: Picture, patch?: number) => BackboneSettings)[] = [
  (picture, patch = 16) => ({ kind: 'vit', picture, channels: 1, patch, width: 12, depth: 1, heads: 2 }),
  (picture, patch = 4) => ({
    kind: 'swin',
    picture,
    channels: 1,
    patch,
    width: 4,
    depths: [2, 2, 1, 1],
    heads: [1, 1, 2, 2],
  }),
  (picture, patch = 4) => ({
    kind: 'convnext',
    picture,
    channels: 1,
    patch,
    widths: [4, 4, 8, 8],
    depths: [1, 1, 1, 1],
  }),
];
/** Whole-body scans in two sizes, small squares as of MedMNIST, a clinical square. */
const pictures: readonly { readonly picture: Picture; readonly patch?: number }[] = [
  { picture: [512, 128] },
  { picture: [256, 64] },
  { picture: [28, 28], patch: 2 },
  { picture: [224, 224] },
];

test.each(pictures)('every backbone takes pictures of $picture', ({ picture, patch }) => {
  for (const make of kinds) {
    const settings = make(picture, patch);
    const backbone = createBackbone(settings);
    const g = new Graph();
    const outputs = backbone.build(g, new TrainingParameters(g), g.input('pictures', 'float32', [2, 1, ...picture]));
    expect(outputs.tokens.shape).toEqual([2, sizeOf(outputs.lattice), backbone.width]);
    expect(outputs.pooled.shape).toEqual([2, backbone.width]);
    expect(Object.values(outputs.taps).at(-1)!.shape).toEqual([2, ...outputs.lattice, backbone.width]);
  }
});

test('a gradient reaches every parameter', async () => {
  for (const make of kinds) {
    const g = new Graph();
    const p = new TrainingParameters(g);
    const shape = [2, 1, 64, 32];
    const { pooled } = createBackbone(make([64, 32], 2)).build(g, p, g.input('pictures', 'float32', shape));
    // A loss that no norm makes constant.
    const loss = g.mean(g.op('Sigmoid', pooled), [0, 1]);
    const values = p.trained.map(({ value }) => value);
    differentiate(g, loss, values).forEach((gradient, index) => {
      g.output(`gradient/${values[index]!.name}`, gradient);
    });
    const random = randomStream(3);
    const start = p.start(new Map(), random);
    for (const { data } of start.values()) for (const index of data.keys()) data[index]! += random() - 0.5;
    const feed = floatTensor(
      shape,
      Float32Array.from({ length: sizeOf(shape) }, () => random() - 0.5),
    );
    const session = await Session.create(encodeModel(g));
    const gradients = await session.run({ pictures: feed, ...Object.fromEntries(start) });
    await session.dispose();
    const still = Object.entries(gradients).filter(([, { data }]) =>
      (data as Float32Array).every((value) => value === 0),
    );
    // Where one window spans a lattice, the outer offsets are never met, but some always are.
    expect(still.map(([name]) => name)).toEqual([]);
    expect(Object.keys(gradients)).toHaveLength(p.specs.size);
  }
});
