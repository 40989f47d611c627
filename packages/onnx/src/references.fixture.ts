import type { Operator, OperatorAttributes } from './operator.ts';
import { sizeOf } from './tensor.ts';

// The third column of the operator table: what each operator computes, written from the ONNX specification as plain
// loops in double precision, apart from the graph, its shape rules and ONNX Runtime.

/** Row-major numbers; bool as 0 and 1, int64 as whole numbers. */
export interface Plain {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Reference<O extends Operator> = (
  inputs: readonly Plain[],
  attributes: OperatorAttributes[O],
) => readonly Plain[];

type Index = readonly number[];

/** Every position of a shape, in row-major order. */
function* positions(shape: readonly number[]): Generator<Index> {
  for (let flat = 0; flat < sizeOf(shape); flat++) yield positionOf(flat, shape);
}

function positionOf(flat: number, shape: readonly number[]): Index {
  const position = new Array<number>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    position[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return position;
}

const flatOf = (position: Index, shape: readonly number[]): number =>
  shape.reduce((flat, side, axis) => flat * side + position[axis]!, 0);

/** The value that broadcasting puts at a position of a wider shape. */
function broadcastAt(x: Plain, position: Index): number {
  const extra = position.length - x.shape.length;
  return x.data[
    flatOf(
      x.shape.map((side, axis) => (side === 1 ? 0 : position[axis + extra]!)),
      x.shape,
    )
  ]!;
}

/** A tensor whose value at each position is given. */
function made(shape: readonly number[], valueAt: (position: Index) => number): Plain {
  const data = new Float64Array(sizeOf(shape));
  let flat = 0;
  for (const position of positions(shape)) data[flat++] = valueAt(position);
  return { shape, data };
}

function broadcast(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(...shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)),
  );
}

const at = (x: Plain, position: Index): number => x.data[flatOf(position, x.shape)]!;

const each =
  (f: (...values: number[]) => number) =>
  (inputs: readonly Plain[]): readonly Plain[] => [
    made(broadcast(inputs.map((input) => input.shape)), (position) =>
      f(...inputs.map((input) => broadcastAt(input, position))),
    ),
  ];

/** erf x = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!: no term cancels another. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

type Reduction = OperatorAttributes['ReduceSum'];
const reduction =
  (gather: (values: readonly number[]) => number) =>
  ([x]: readonly Plain[], { axes, keepdims }: Reduction): readonly Plain[] => {
    const kept = x!.shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
    const groups = Array.from({ length: sizeOf(kept) }, (): number[] => []);
    for (const position of positions(x!.shape)) {
      const group = position.map((index, axis) => (axes.includes(axis) ? 0 : index));
      groups[flatOf(group, kept)]!.push(at(x!, position));
    }
    const shape = keepdims ? kept : x!.shape.filter((_, axis) => !axes.includes(axis));
    return [{ shape, data: Float64Array.from(groups, gather) }];
  };

/** Applies a function to every row of the last axis. */
function byRow(x: Plain, f: (row: Float64Array) => ArrayLike<number>): Plain {
  const width = x.shape.at(-1)!;
  const data = new Float64Array(x.data.length);
  for (let from = 0; from < data.length; from += width) data.set(f(x.data.slice(from, from + width)), from);
  return { shape: x.shape, data };
}

const logSumExp = (row: Float64Array): number => {
  const top = Math.max(...row);
  return top + Math.log(row.reduce((sum, value) => sum + Math.exp(value - top), 0));
};
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const swapped = (x: Plain): Plain => {
  const turn = (p: Index): Index => [...p.slice(0, -2), p.at(-1)!, p.at(-2)!];
  return made(turn(x.shape), (position) => at(x, turn(position)));
};

function product(a: Plain, b: Plain): Plain {
  const leading = broadcast([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const [m, depth, n] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!];
  return made([...leading, m, n], (position) => {
    const [row, column] = [position.at(-2)!, position.at(-1)!];
    const batch = position.slice(0, -2);
    let sum = 0;
    for (let k = 0; k < depth; k++) sum += broadcastAt(a, [...batch, row, k]) * broadcastAt(b, [...batch, k, column]);
    return sum;
  });
}

/** What an index tensor's last axis points at: a slice of `data`. */
const pointed = (indices: Plain, row: Index): number[] =>
  Array.from({ length: indices.shape.at(-1)! }, (_, axis) => at(indices, [...row, axis]));

/** Every pair of cells that a kernel joins: (row, column) of the finer picture, of the coarser one, of the kernel. */
function* joined(
  fine: readonly [number, number],
  coarse: readonly [number, number],
  kernel: readonly [number, number],
  { strides, pads, dilations }: OperatorAttributes['Conv'],
): Generator<{ readonly fine: Index; readonly coarse: Index; readonly kernel: Index }> {
  for (const [i, j] of positions(coarse) as Generator<[number, number]>)
    for (const [p, q] of positions(kernel) as Generator<[number, number]>) {
      const row = i * strides[0] + p * dilations[0] - pads[0];
      const column = j * strides[1] + q * dilations[1] - pads[1];
      const inside = row >= 0 && row < fine[0] && column >= 0 && column < fine[1];
      if (inside) yield { fine: [row, column], coarse: [i, j], kernel: [p, q] };
    }
}

const sides = (x: Plain): readonly [number, number] => [x.shape[2]!, x.shape[3]!];

export const references: { readonly [O in Operator]: Reference<O> } = {
  Add: each((a, b) => a! + b!),
  Sub: each((a, b) => a! - b!),
  Mul: each((a, b) => a! * b!),
  Div: each((a, b) => a! / b!),
  Max: each(Math.max),
  Min: each(Math.min),
  Pow: each((a, b) => a! ** b!),
  Neg: each((x) => -x!),
  Abs: each(Math.abs),
  Sign: each(Math.sign),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Sqrt: each(Math.sqrt),
  Tanh: each(Math.tanh),
  Sigmoid: each((x) => 1 / (1 + Math.exp(-x!))),
  Softplus: each((x) => Math.max(x!, 0) + Math.log1p(Math.exp(-Math.abs(x!)))),
  Erf: each(erf),
  Relu: each((x) => Math.max(x!, 0)),
  Gelu: each((x) => (x! / 2) * (1 + erf(x! / Math.SQRT2))),
  Greater: each((a, b) => (a! > b! ? 1 : 0)),
  Equal: each((a, b) => (a! === b! ? 1 : 0)),
  Where: each((condition, a, b) => (condition ? a! : b!)),
  Clip: ([x], { min, max }) => each((value) => Math.max(min, Math.min(max, value!)))([x!]),
  Cast: ([x], { to }) =>
    each((value) => (to === 'bool' ? Number(value !== 0) : to === 'int64' ? Math.trunc(value!) : value!))([x!]),
  Reshape: ([x], { shape }) => [{ shape, data: x!.data }],
  Expand: ([x], { shape }) => [made(shape, (position) => broadcastAt(x!, position))],
  Transpose: ([x], { perm }) => [
    made(
      perm.map((axis) => x!.shape[axis]!),
      (position) => {
        const source = new Array<number>(perm.length);
        perm.forEach((axis, index) => {
          source[axis] = position[index]!;
        });
        return at(x!, source);
      },
    ),
  ],
  Concat: (inputs, { axis }) => {
    const total = sumOf(inputs.map((input) => input.shape[axis]!));
    const shape = inputs[0]!.shape.with(axis, total);
    return [
      made(shape, (position) => {
        let [part, index] = [0, position[axis]!];
        while (index >= inputs[part]!.shape[axis]!) index -= inputs[part++]!.shape[axis]!;
        return at(inputs[part]!, position.with(axis, index));
      }),
    ];
  },
  Split: ([x], { axis, split }) => {
    let start = 0;
    return split.map((side) => {
      const from = start;
      start += side;
      return made(x!.shape.with(axis, side), (position) => at(x!, position.with(axis, from + position[axis]!)));
    });
  },
  Slice: ([x], { axis, start, end }) => [
    made(x!.shape.with(axis, end - start), (position) => at(x!, position.with(axis, start + position[axis]!))),
  ],
  Pad: ([x], { before, after, value }) => [
    made(
      x!.shape.map((side, axis) => before[axis]! + side + after[axis]!),
      (position) => {
        const source = position.map((index, axis) => index - before[axis]!);
        return source.every((index, axis) => index >= 0 && index < x!.shape[axis]!) ? at(x!, source) : value;
      },
    ),
  ],
  Trilu: ([x], { upper, diagonal }) => [
    made(x!.shape, (position) => {
      const right = position.at(-1)! - position.at(-2)! - diagonal;
      return (upper ? right >= 0 : right <= 0) ? at(x!, position) : 0;
    }),
  ],
  Gather: ([data, indices], { axis }) => {
    const [x, wide] = [data!, indices!.shape.length];
    return [
      made([...x.shape.slice(0, axis), ...indices!.shape, ...x.shape.slice(axis + 1)], (position) => {
        const index = at(indices!, position.slice(axis, axis + wide));
        return at(x, [...position.slice(0, axis), index, ...position.slice(axis + wide)]);
      }),
    ];
  },
  GatherND: ([data, indices]) => {
    const rows = indices!.shape.slice(0, -1);
    const depth = indices!.shape.at(-1)!;
    return [
      made([...rows, ...data!.shape.slice(depth)], (position) =>
        at(data!, [...pointed(indices!, position.slice(0, rows.length)), ...position.slice(rows.length)]),
      ),
    ];
  },
  ScatterND: ([data, indices, updates]) => {
    const result = { shape: data!.shape, data: data!.data.slice() };
    const rank = indices!.shape.length - 1;
    for (const position of positions(updates!.shape)) {
      const target = [...pointed(indices!, position.slice(0, rank)), ...position.slice(rank)];
      result.data[flatOf(target, result.shape)]! += at(updates!, position);
    }
    return [result];
  },
  ReduceSum: reduction(sumOf),
  ReduceMean: reduction((values) => sumOf(values) / values.length),
  ReduceMax: reduction((values) => Math.max(...values)),
  Softmax: ([x]) => [byRow(x!, (row) => row.map((value) => Math.exp(value - logSumExp(row))))],
  LogSoftmax: ([x]) => [byRow(x!, (row) => row.map((value) => value - logSumExp(row)))],
  LayerNormalization: ([x, gain, shift], { epsilon }) => {
    const saved = [...x!.shape.slice(0, -1), 1];
    const [means, inverses]: [number[], number[]] = [[], []];
    const y = byRow(x!, (row) => {
      const mean = sumOf([...row]) / row.length;
      const inverse = 1 / Math.sqrt(sumOf([...row].map((value) => (value - mean) ** 2)) / row.length + epsilon);
      means.push(mean);
      inverses.push(inverse);
      return row.map((value, index) => (value - mean) * inverse * gain!.data[index]! + shift!.data[index]!);
    });
    return [y, ...[means, inverses].map((values) => ({ shape: saved, data: Float64Array.from(values) }))];
  },
  Gemm: ([a, b, c], { transA, transB }) => {
    const y = product(transA ? swapped(a!) : a!, transB ? swapped(b!) : b!);
    return c ? each((left, right) => left! + right!)([y, c]) : [y];
  },
  FusedMatMul: ([a, b], { transA, transB, alpha }) =>
    each((x) => alpha * x!)([product(transA ? swapped(a!) : a!, transB ? swapped(b!) : b!)]),
  Conv: ([x, kernel, bias], attributes) => {
    const [batch, channels] = x!.shape as [number, number];
    const outputs = kernel!.shape[0]!;
    const { groups, pads, strides, dilations } = attributes;
    const [rows, columns] = [0, 1].map((axis) => {
      const reach = dilations[axis]! * (kernel!.shape[axis + 2]! - 1);
      return Math.floor((x!.shape[axis + 2]! + pads[axis]! + pads[axis + 2]! - reach - 1) / strides[axis]!) + 1;
    }) as [number, number];
    const y = made([batch, outputs, rows, columns], ([, o]) => bias?.data[o!] ?? 0);
    const share = channels / groups;
    for (const cell of joined(sides(x!), [rows, columns], sides(kernel!), attributes))
      for (const [b, o, c] of positions([batch, outputs, share]) as Generator<[number, number, number]>) {
        const from = Math.floor(o / (outputs / groups)) * share + c;
        const added = at(x!, [b, from, ...cell.fine]) * at(kernel!, [o, c, ...cell.kernel]);
        y.data[flatOf([b, o, ...cell.coarse], y.shape)]! += added;
      }
    return [y];
  },
  ConvTranspose: ([x, kernel, bias], attributes) => {
    const [batch, channels] = x!.shape as [number, number];
    const { groups, pads, strides, dilations, outputPadding } = attributes;
    const share = kernel!.shape[1]!;
    const [rows, columns] = [0, 1].map((axis) => {
      const reach = dilations[axis]! * (kernel!.shape[axis + 2]! - 1);
      const full = strides[axis]! * (x!.shape[axis + 2]! - 1) + reach + 1;
      return full + outputPadding[axis]! - pads[axis]! - pads[axis + 2]!;
    }) as [number, number];
    const y = made([batch, share * groups, rows, columns], ([, o]) => bias?.data[o!] ?? 0);
    for (const cell of joined([rows, columns], sides(x!), sides(kernel!), attributes))
      for (const [b, c, o] of positions([batch, channels, share]) as Generator<[number, number, number]>) {
        const to = Math.floor(c / (channels / groups)) * share + o;
        const added = at(x!, [b, c, ...cell.coarse]) * at(kernel!, [c, o, ...cell.kernel]);
        y.data[flatOf([b, to, ...cell.fine], y.shape)]! += added;
      }
    return [y];
  },
};
