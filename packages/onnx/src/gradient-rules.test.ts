import { describe, expect, test } from 'vitest';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import type { Value } from './graph.ts';
import { Graph } from './graph.ts';
import type { Operator } from './operator.ts';
import { Session } from './session.ts';
import type { FloatTensor } from './tensor.ts';
import { floatTensor, intTensor, sizeOf } from './tensor.ts';

// Every operator's gradient rule against central finite differences of a random weighting of its output.

interface Case {
  readonly shapes: readonly (readonly number[])[];
  /** Values stay within this range: away from poles and kinks. */
  readonly range?: readonly [number, number];
  readonly build: (g: Graph, x: readonly Value[]) => Value | readonly Value[];
}

const unary = (operator: 'Exp' | 'Neg' | 'Tanh' | 'Sigmoid' | 'Softplus' | 'Erf' | 'Gelu' | 'Log' | 'Sqrt'): Case => ({
  shapes: [[3, 4]],
  build: (g, x) => g.op(operator, x[0]!),
  ...(operator === 'Log' || operator === 'Sqrt' ? { range: [0.5, 2] } : {}),
});
const binary = (operator: 'Add' | 'Sub' | 'Mul' | 'Div' | 'Max' | 'Min'): Case[] =>
  [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [
      [2, 1, 3],
      [4, 1],
    ],
    [[], [2, 2]],
  ].map((shapes) => ({
    shapes,
    build: (g, x) => g.op(operator, x[0]!, x[1]!),
    ...(operator === 'Div' ? { range: [0.5, 2] as const } : {}),
  }));
const bool = (operator: 'Greater' | 'Equal'): Case => ({
  shapes: [[6], [6]],
  build: (g, x) => g.mul(g.cast(g.op(operator, x[0]!, x[1]!), 'float32'), x[0]!),
});
const transposes = [
  { transA: false, transB: false },
  { transA: true, transB: false },
  { transA: false, transB: true },
  { transA: true, transB: true },
];
const matrix = (rows: number, columns: number, turned: boolean): number[] =>
  turned ? [columns, rows] : [rows, columns];

const cases = {
  Add: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div'),
  Max: binary('Max'),
  Min: binary('Min'),
  Neg: [unary('Neg')],
  Abs: [{ shapes: [[5]], range: [0.2, 1], build: (g, x) => g.op('Abs', g.op('Neg', x[0]!)) }],
  Sign: [{ shapes: [[5]], range: [0.2, 1], build: (g, x) => g.mul(g.op('Sign', x[0]!), x[0]!) }],
  Exp: [unary('Exp')],
  Log: [unary('Log')],
  Sqrt: [unary('Sqrt')],
  Tanh: [unary('Tanh')],
  Sigmoid: [unary('Sigmoid')],
  Softplus: [unary('Softplus')],
  Erf: [unary('Erf')],
  Relu: [
    { shapes: [[5]], range: [0.2, 1], build: (g, x) => g.op('Relu', x[0]!) },
    { shapes: [[5]], range: [-1, -0.2], build: (g, x) => g.op('Relu', x[0]!) },
  ],
  Gelu: [unary('Gelu')],
  Greater: [bool('Greater')],
  Equal: [bool('Equal')],
  Where: [
    {
      shapes: [[4], [2, 4], [4]],
      build: (g, x) => g.op('Where', g.op('Greater', x[0]!, g.scalar(0)), x[1]!, x[2]!),
    },
  ],
  Cast: [{ shapes: [[4]], range: [0.2, 0.8], build: (g, x) => g.mul(g.cast(g.cast(x[0]!, 'bool'), 'float32'), x[0]!) }],
  Reshape: [{ shapes: [[2, 6]], build: (g, x) => g.reshape(x[0]!, [3, 4]) }],
  Expand: [{ shapes: [[1, 3]], build: (g, x) => g.expand(x[0]!, [2, 4, 3]) }],
  Transpose: [{ shapes: [[2, 3, 4]], build: (g, x) => g.transpose(x[0]!, [2, 0, 1]) }],
  Concat: [
    {
      shapes: [
        [2, 1],
        [2, 3],
        [2, 2],
      ],
      build: (g, x) => g.concat(x, 1),
    },
  ],
  Split: [
    { shapes: [[2, 6]], build: (g, x) => g.split(x[0]!, 1, [1, 3, 2]) },
    { shapes: [[2, 6]], build: (g, x) => g.split(x[0]!, 1, [1, 3, 2])[1]! },
  ],
  Slice: [{ shapes: [[2, 5]], build: (g, x) => g.slice(x[0]!, 1, 1, 4) }],
  Gather: [
    { shapes: [[4, 3]], build: (g, x) => g.gather(x[0]!, g.indices([2, 2], [3, 1, 1, 0]), 0) },
    { shapes: [[2, 4, 3]], build: (g, x) => g.gather(x[0]!, g.indices([3], [3, 1, 1]), 1) },
    { shapes: [[2, 3]], build: (g, x) => g.gather(x[0]!, g.indices([2, 2], [2, 1, 1, 0]), 1) },
  ],
  GatherND: [{ shapes: [[3, 4, 2]], build: (g, x) => g.op('GatherND', x[0]!, g.indices([3, 2], [0, 1, 2, 3, 0, 1])) }],
  ScatterND: [
    {
      shapes: [
        [4, 2],
        [3, 2],
      ],
      build: (g, x) => g.op('ScatterND', x[0]!, g.indices([3, 1], [1, 1, 3]), x[1]!),
    },
  ],
  ReduceSum: [
    { shapes: [[2, 3, 4]], build: (g, x) => g.sum(x[0]!, [0, 2]) },
    { shapes: [[2, 3]], build: (g, x) => g.sum(x[0]!, [1], true) },
  ],
  ReduceMean: [{ shapes: [[2, 3, 4]], build: (g, x) => g.mean(x[0]!, [0, 2]) }],
  ReduceMax: [{ shapes: [[2, 3, 4]], build: (g, x) => g.max(x[0]!, [2]) }],
  Softmax: [{ shapes: [[3, 5]], build: (g, x) => g.op('Softmax', x[0]!) }],
  LogSoftmax: [{ shapes: [[3, 5]], build: (g, x) => g.op('LogSoftmax', x[0]!) }],
  LayerNormalization: [{ shapes: [[2, 3, 6], [6], [6]], build: (g, x) => g.layerNorm(x[0]!, x[1]!, x[2]!) }],
  Gemm: transposes.flatMap(({ transA, transB }): Case[] => [
    {
      shapes: [matrix(2, 3, transA), matrix(3, 4, transB), [4]],
      build: (g, x) => g.gemm(x[0]!, x[1]!, x[2]!, { transA, transB }),
    },
    {
      shapes: [matrix(2, 3, transA), matrix(3, 4, transB)],
      build: (g, x) => g.gemm(x[0]!, x[1]!, undefined, { transA, transB }),
    },
  ]),
  FusedMatMul: transposes.map(
    ({ transA, transB }): Case => ({
      shapes: [
        [2, 2, ...matrix(2, 3, transA)],
        [2, ...matrix(3, 4, transB)],
      ],
      build: (g, x) => g.matmul(x[0]!, x[1]!, { transA, transB, alpha: 0.7 }),
    }),
  ),
  Pow: [
    {
      shapes: [[2, 3], [3]],
      range: [0.5, 2],
      build: (g, x) => g.op('Pow', x[0]!, x[1]!),
    },
    { shapes: [[2, 3]], range: [-2, -1], build: (g, x) => g.op('Pow', x[0]!, g.scalar(3)) },
  ],
  Clip: [
    { shapes: [[5]], range: [-0.9, 0.9], build: (g, x) => g.clip(x[0]!, -1, 1) },
    { shapes: [[5]], range: [1.2, 2], build: (g, x) => g.mul(x[0]!, g.clip(x[0]!, -1, 1)) },
  ],
  Pad: [{ shapes: [[2, 3, 2]], build: (g, x) => g.pad(x[0]!, [0, 1, 2], [3, 0, 1], 0.5) }],
  Trilu: [
    { shapes: [[2, 4, 4]], build: (g, x) => g.trilu(x[0]!) },
    { shapes: [[3, 5]], build: (g, x) => g.trilu(x[0]!, { upper: true, diagonal: 1 }) },
  ],
  Conv: [
    ...[1, 2].flatMap((stride) =>
      [1, 2].map(
        (dilation): Case => ({
          shapes: [[2, 4, 6, 7], [6, 2, 3, 2], [6]],
          build: (g, x) =>
            g.conv(x[0]!, x[1]!, x[2]!, {
              strides: [stride, stride],
              dilations: [dilation, 1],
              pads: [1, 0, 2, 1],
              groups: 2,
            }),
        }),
      ),
    ),
    {
      shapes: [
        [2, 3, 5, 5],
        [3, 1, 3, 3],
      ],
      build: (g, x) => g.conv(x[0]!, x[1]!, undefined, { pads: 1, groups: 3 }),
    },
    {
      shapes: [
        [1, 2, 3, 3],
        [1, 2, 1, 2],
      ],
      build: (g, x) => g.conv(x[0]!, x[1]!, undefined, { pads: 2 }),
    },
  ],
  ConvTranspose: [
    ...[1, 2].map(
      (dilation): Case => ({
        shapes: [[2, 4, 3, 4], [4, 3, 2, 3], [6]],
        build: (g, x) =>
          g.convTranspose(x[0]!, x[1]!, x[2]!, {
            strides: [2, 2],
            dilations: [dilation, 1],
            pads: [0, 1, 1, 0],
            outputPadding: [1, 0],
            groups: 2,
          }),
      }),
    ),
    {
      shapes: [
        [1, 2, 3, 3],
        [2, 1, 3, 3],
      ],
      build: (g, x) => g.convTranspose(x[0]!, x[1]!, undefined, { pads: 1 }),
    },
  ],
} as const satisfies Record<Operator, readonly Case[]>;

/** Small reproducible numbers in 0..1 (Park and Miller's generator). */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe.each(Object.entries(cases) as [Operator, readonly Case[]][])('%s', (operator, list) => {
  test.each(list.map((one, index) => [index, one] as const))(
    'case %i agrees with finite differences',
    async (_, one) => {
      const random = stream(operator.length * 7919 + 1);
      const [low, high] = one.range ?? [-1, 1];
      const g = new Graph();
      const inputs = one.shapes.map((shape, index) => g.input(`x${index}`, 'float32', shape));
      const made = one.build(g, inputs);
      const results = Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
      const loss = results
        .map((y) => {
          const weights = floatTensor(
            y.shape,
            Array.from({ length: sizeOf(y.shape) }, () => random() * 2 - 1),
          );
          const weighted = g.mul(y, g.constant(weights));
          return g.sum(
            weighted,
            y.shape.map((_side, axis) => axis),
          );
        })
        .reduce((a, b) => g.add(a, b));
      g.output('loss', loss);
      differentiate(g, loss, inputs).forEach((gradient, index) => {
        g.output(`d${index}`, gradient);
      });
      const session = await Session.create(encodeModel(g), { threads: 1 });
      const feeds: Record<string, FloatTensor> = {};
      one.shapes.forEach((shape, index) => {
        const values = Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random());
        feeds[`x${index}`] = floatTensor(shape, values);
      });
      const wanted = new Set(session.inputNames);
      const fed = (changed: Record<string, FloatTensor>): Record<string, FloatTensor> =>
        Object.fromEntries(Object.entries({ ...feeds, ...changed }).filter(([name]) => wanted.has(name)));
      const analytic = await session.run(fed({}));
      const lossAt = async (changed: Record<string, FloatTensor>): Promise<number> =>
        Number((await session.run(fed(changed), ['loss'])).loss!.data[0]);
      const nudge = 1e-2;
      for (const [index, shape] of one.shapes.entries()) {
        const name = `x${index}`;
        const values = feeds[name]!.data;
        for (let at = 0; at < values.length; at++) {
          const moved = (by: number): Record<string, FloatTensor> => ({
            [name]: floatTensor(
              shape,
              values.map((value, i) => (i === at ? value + by : value)),
            ),
          });
          const numeric = ((await lossAt(moved(nudge))) - (await lossAt(moved(-nudge)))) / (2 * nudge);
          const given = Number(analytic[`d${index}`]!.data[at]);
          expect(Math.abs(given - numeric), `${name}[${at}]: rule ${given}, differences ${numeric}`).toBeLessThan(
            2e-3 + 1e-2 * Math.abs(numeric),
          );
        }
      }
      await session.dispose();
    },
  );
});

test('a gradient that is wrong is seen', async () => {
  const g = new Graph();
  const x = g.input('x', 'float32', [2]);
  g.output('d', differentiate(g, g.sum(g.mul(x, x), [0]), [x])[0]!);
  const session = await Session.create(encodeModel(g), { threads: 1 });
  expect([...(await session.run({ x: floatTensor([2], [1, -3]) })).d!.data]).toEqual([2, -6]);
});

test('an index tensor gets no gradient', () => {
  const g = new Graph();
  const table = g.input('table', 'float32', [3, 2]);
  const rows = g.constant(intTensor([2], [0, 2]));
  expect(differentiate(g, g.sum(g.gather(table, rows, 0), [0, 1]), [table])[0]!.shape).toEqual([3, 2]);
});
