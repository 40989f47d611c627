import { convKernelGradient, convPictureGradient } from './convolution-gradients.ts';
import { encodeModel } from './encode.ts';
import type { Value } from './graph.ts';
import { Graph } from './graph.ts';
import type { ConvAttributes } from './operator.ts';
import { Session } from './session.ts';
import type { FloatTensor } from './tensor.ts';
import { floatTensor, sizeOf } from './tensor.ts';

// The depthwise 7 × 7 convolutions of ConvNeXt-T at 224 px, 16 pictures on two threads: forward, both gradients, and the
// forms of them that were not taken. The best of eight rounds, the forms taking turns.

type Build = (g: Graph, x: Value, kernel: Value, dy: Value, a: ConvAttributes) => Value;
type Sides = readonly [number, number, number, number];

const batch = 16;
const rounds = 8;
const stages = [
  [96, 56],
  [192, 28],
  [384, 14],
  [768, 7],
] as const;
const sides = (value: Value): Sides => value.shape as Sides;

const forms: Readonly<Record<string, Build>> = {
  forward: (g, x, kernel, _dy, a) => g.apply('Conv', [x, kernel], a)[0]!,
  'by the picture': (g, x, kernel, dy, a) => convPictureGradient(g, dy, kernel, sides(x), a),
  '  as ConvTranspose': (g, _x, kernel, dy, a) =>
    g.apply('ConvTranspose', [dy, kernel], { ...a, outputPadding: [0, 0] })[0]!,
  'by the kernel': (g, x, kernel, dy, a) => convKernelGradient(g, x, dy, sides(kernel), a),
  '  a group per channel': (g, x, kernel, dy, a) => {
    const [, channels, side] = sides(x);
    const pictures = g.reshape(g.transpose(x, [1, 0, 2, 3]), [1, channels * batch, side, side]);
    return g.reshape(g.apply('Conv', [pictures, g.transpose(dy, [1, 0, 2, 3])], a)[0]!, kernel.shape);
  },
  '  a group per picture and channel': (g, x, kernel, dy, a) => {
    const [, channels, side] = sides(x);
    const all = batch * channels;
    const inputs = [g.reshape(x, [1, all, side, side]), g.reshape(dy, [all, 1, side, side])];
    const each = g.apply('Conv', inputs, { ...a, groups: all })[0]!;
    return g.sum(g.reshape(each, [batch, ...kernel.shape]), [0]);
  },
};

const wave = (shape: readonly number[]): FloatTensor =>
  floatTensor(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, at) => Math.sin(at)),
  );

const milliseconds: Record<string, Record<string, number>> = {};
for (const [channels, side] of stages) {
  const picture = [batch, channels, side, side];
  const kernel = [channels, 1, 7, 7];
  const data = { x: wave(picture), kernel: wave(kernel), dy: wave(picture) };
  const attributes: ConvAttributes = { strides: [1, 1], pads: [3, 3, 3, 3], dilations: [1, 1], groups: channels };
  const sessions = new Map<string, Session>();
  for (const [name, build] of Object.entries(forms)) {
    const g = new Graph();
    const [x, w, dy] = [
      g.input('x', 'float32', picture),
      g.input('kernel', 'float32', kernel),
      g.input('dy', 'float32', picture),
    ];
    g.output('y', build(g, x, w, dy, attributes));
    sessions.set(name, await Session.create(encodeModel(g), { threads: 2 }));
  }
  for (let round = 0; round < rounds; round++)
    for (const [name, session] of sessions) {
      const feeds = Object.fromEntries(Object.entries(data).filter(([key]) => session.inputNames.includes(key)));
      const start = performance.now();
      await session.run(feeds);
      const passed = performance.now() - start;
      const row = milliseconds[name] ?? {};
      milliseconds[name] = row;
      const column = `${channels} × ${side}²`;
      row[column] = Math.min(row[column] ?? Number.POSITIVE_INFINITY, Number(passed.toFixed(1)));
    }
  for (const session of sessions.values()) await session.dispose();
}
console.log('Depthwise 7 × 7, 16 pictures, ms:');
console.table(milliseconds);
