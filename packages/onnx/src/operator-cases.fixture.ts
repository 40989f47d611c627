import fc from 'fast-check';
import type { Operator, OperatorAttributes } from './operator.ts';
import { sizeOf } from './tensor.ts';

// The fourth column of the operator table: inputs and attributes to try each operator with, drawn at random.

export interface GivenInput {
  readonly dtype: 'float32' | 'int64' | 'bool';
  readonly shape: readonly number[];
  readonly data: readonly number[];
  /** No gradient is asked for: there is none at these values. */
  readonly fixed?: boolean;
}

export interface OperatorCase<O extends Operator> {
  readonly inputs: readonly GivenInput[];
  readonly attributes: OperatorAttributes[O];
}

type Cases<O extends Operator> = fc.Arbitrary<OperatorCase<O>>;
type Shape = readonly number[];

/** Park and Miller's generator, 0..1. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * Values halfway between sixteenths, so that float32 holds them exactly and none lies on a kink: from −2 to 2, from 0.5
 * to 2.5, or all different (ties have no gradient). `offset` keeps two inputs from meeting.
 */
function fill(
  shape: Shape,
  seed: number,
  kind: 'signed' | 'positive' | 'different' = 'signed',
  offset = 0.5,
): GivenInput {
  const random = stream(seed);
  const length = sizeOf(shape);
  const steps = Array.from({ length }, () => Math.floor(random() * (kind === 'positive' ? 32 : 64)));
  if (kind === 'different') {
    const order = Array.from({ length }, (_, index) => [random(), index] as const).sort(([a], [b]) => a - b);
    order.forEach(([, index], place) => {
      steps[index] = place + 32 - Math.floor(length / 2);
    });
  }
  const lowest = kind === 'positive' ? 8 : -32;
  return { dtype: 'float32', shape, data: steps.map((step) => (lowest + step + offset) / 16) };
}

const side = fc.integer({ min: 1, max: 4 });
const seed = fc.integer({ min: 1, max: 2_000_000_000 });
const shapeOf = (minLength: number, maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(side, { minLength, maxLength });
const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const indexTensor = (shape: Shape, below: number, from: number): GivenInput => {
  const random = stream(from);
  return { dtype: 'int64', shape, data: Array.from({ length: sizeOf(shape) }, () => Math.floor(random() * below)) };
};

/** Shapes that broadcast to one another: leading axes left out, sides set to 1. */
const broadcasting = (count: number): fc.Arbitrary<number[][]> =>
  shapeOf(0, 3).chain((wide) =>
    fc
      .array(
        fc.tuple(fc.integer({ min: 0, max: wide.length }), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })),
        { minLength: count, maxLength: count },
      )
      .map((choices) => choices.map(([drop, narrow]) => wide.slice(drop).map((one, axis) => (narrow[axis] ? 1 : one)))),
  );

/** A shape of at least one axis, and one of its axes. */
const withAxis = (minRank = 1, maxRank = 3): fc.Arbitrary<{ shape: number[]; axis: number }> =>
  shapeOf(minRank, maxRank).chain((shape) =>
    fc.record({ shape: fc.constant(shape), axis: whole(0, shape.length - 1) }),
  );

const unary = (kind: 'signed' | 'positive' = 'signed'): fc.Arbitrary<{ inputs: GivenInput[]; attributes: object }> =>
  fc.tuple(shapeOf(0, 3), seed).map(([shape, from]) => ({ inputs: [fill(shape, from, kind)], attributes: {} }));

const binary = (
  first: 'signed' | 'positive' = 'signed',
  second: 'signed' | 'positive' = first,
): fc.Arbitrary<{ inputs: GivenInput[]; attributes: object }> =>
  fc.tuple(broadcasting(2), seed).map(([[a, b], from]) => ({
    inputs: [fill(a!, from, first), fill(b!, from + 1, second, 0.25)],
    attributes: {},
  }));

const ofIndices = fc.tuple(broadcasting(2), seed).map(([[a, b], from]) => ({
  inputs: [indexTensor(a!, 4, from), indexTensor(b!, 4, from + 1)],
  attributes: {},
}));

const reduction = (
  kind: 'signed' | 'different',
): fc.Arbitrary<{ inputs: GivenInput[]; attributes: OperatorAttributes['ReduceSum'] }> =>
  shapeOf(0, 3).chain((shape) =>
    fc
      .record({ axes: fc.subarray(shape.map((_, axis) => axis)), keepdims: fc.boolean(), from: seed })
      .map(({ axes, keepdims, from }) => ({ inputs: [fill(shape, from, kind)], attributes: { axes, keepdims } })),
  );

const rows = fc.tuple(shapeOf(1, 3), seed).map(([shape, from]) => ({ inputs: [fill(shape, from)], attributes: {} }));

const turned = (r: number, c: number, turn: boolean): number[] => (turn ? [c, r] : [r, c]);

const pair = (min: number, max: number): fc.Arbitrary<[number, number]> => fc.tuple(whole(min, max), whole(min, max));
const general = {
  batch: whole(1, 2),
  groups: whole(1, 3),
  channels: whole(1, 2),
  outputs: whole(1, 2),
  picture: pair(1, 6),
  kernel: pair(1, 3),
  strides: pair(1, 3),
  dilations: pair(1, 2),
  pads: fc.tuple(whole(0, 2), whole(0, 2), whole(0, 2), whole(0, 2)),
  biased: fc.boolean(),
  from: seed,
};
const ones = fc.constant<[number, number]>([1, 1]);
/** Of any kind; without strides; and depthwise, without strides or gaps: each has a gradient of its own form. */
const convolution = fc.oneof(
  fc.record(general),
  fc.record({ ...general, strides: ones }),
  fc.record({ ...general, strides: ones, dilations: ones, channels: fc.constant(1), outputs: fc.constant(1) }),
);

/** What broadcasts to (m, n) as Gemm's third input. */
const biasShapes = (m: number, n: number): fc.Arbitrary<number[] | undefined> =>
  fc.constantFrom<(number[] | undefined)[]>(undefined, [n], [1, n], [m, 1], [m, n], [1], []);

export const operatorCases: { readonly [O in Operator]: Cases<O> } = {
  Add: fc.oneof(binary(), ofIndices),
  Sub: binary(),
  Mul: binary(),
  Div: binary('signed', 'positive'),
  Max: binary(),
  Min: binary(),
  // Of a negative base only whole powers exist, and no gradient by the exponent.
  Pow: fc.oneof(
    binary('positive', 'signed'),
    fc.tuple(shapeOf(0, 3), seed, whole(-2, 3)).map(([shape, from, power]) => ({
      inputs: [fill(shape, from), { dtype: 'float32' as const, shape: [], data: [power], fixed: true }],
      attributes: {},
    })),
  ),
  Neg: unary(),
  Abs: unary(),
  Sign: unary(),
  Exp: unary(),
  Log: unary('positive'),
  Sqrt: unary('positive'),
  Tanh: unary(),
  Sigmoid: unary(),
  Softplus: unary(),
  Erf: unary(),
  Relu: unary(),
  Gelu: unary(),
  Greater: fc.oneof(binary(), ofIndices),
  Equal: fc.oneof(binary(), ofIndices),
  Where: fc.tuple(broadcasting(3), seed).map(([[condition, a, b], from]) => ({
    inputs: [{ ...indexTensor(condition!, 2, from), dtype: 'bool' as const }, fill(a!, from + 1), fill(b!, from + 2)],
    attributes: {},
  })),
  Clip: fc.tuple(shapeOf(0, 3), seed, whole(-16, 0), whole(0, 16)).map(([shape, from, min, max]) => ({
    inputs: [fill(shape, from)],
    attributes: { min: min / 16, max: max / 16 },
  })),
  Cast: fc
    .tuple(shapeOf(0, 3), seed, fc.boolean(), fc.constantFrom('bool' as const, 'int64' as const, 'float32' as const))
    .map(([shape, from, whole, to]) => ({
      inputs: [whole ? indexTensor(shape, 3, from) : fill(shape, from)],
      attributes: { to },
    })),
  Reshape: fc.tuple(shapeOf(0, 3), seed, fc.boolean()).map(([shape, from, flat]) => ({
    inputs: [fill(shape, from)],
    attributes: { shape: flat ? [sizeOf(shape)] : [1, ...shape.toReversed()] },
  })),
  Expand: fc.tuple(broadcasting(1), shapeOf(0, 1), seed).chain(([[narrow], leading, from]) =>
    fc.array(side, { minLength: narrow!.length, maxLength: narrow!.length }).map((wide) => ({
      inputs: [fill(narrow!, from)],
      attributes: { shape: [...leading, ...narrow!.map((one, axis) => (one === 1 ? wide[axis]! : one))] },
    })),
  ),
  Transpose: shapeOf(1, 4).chain((shape) =>
    fc
      .tuple(
        fc.shuffledSubarray(
          shape.map((_, axis) => axis),
          { minLength: shape.length },
        ),
        seed,
      )
      .map(([perm, from]) => ({ inputs: [fill(shape, from)], attributes: { perm } })),
  ),
  Concat: fc
    .tuple(withAxis(), fc.array(side, { minLength: 1, maxLength: 3 }), seed)
    .map(([{ shape, axis }, parts, from]) => ({
      inputs: parts.map((part, index) => fill(shape.with(axis, part), from + index)),
      attributes: { axis },
    })),
  Split: fc
    .tuple(withAxis(), fc.array(side, { minLength: 1, maxLength: 3 }), seed)
    .map(([{ shape, axis }, split, from]) => ({
      inputs: [
        fill(
          shape.with(
            axis,
            split.reduce((sum, part) => sum + part),
          ),
          from,
        ),
      ],
      attributes: { axis, split },
    })),
  Slice: fc
    .tuple(withAxis(), whole(0, 2), side, whole(0, 2), seed)
    .map(([{ shape, axis }, start, kept, rest, from]) => ({
      inputs: [fill(shape.with(axis, start + kept + rest), from)],
      attributes: { axis, start, end: start + kept },
    })),
  Pad: shapeOf(1, 3).chain((shape) => {
    const pads = fc.array(whole(0, 2), { minLength: shape.length, maxLength: shape.length });
    return fc.tuple(pads, pads, whole(-3, 3), seed).map(([before, after, value, from]) => ({
      inputs: [fill(shape, from)],
      attributes: { before, after, value },
    }));
  }),
  Trilu: fc.tuple(shapeOf(2, 4), whole(-3, 3), fc.boolean(), seed).map(([shape, diagonal, upper, from]) => ({
    inputs: [fill(shape, from)],
    attributes: { upper, diagonal },
  })),
  // Few rows and many indices: every table is read more than once at one place.
  Gather: fc.tuple(withAxis(), shapeOf(0, 2), seed).map(([{ shape, axis }, indices, from]) => ({
    inputs: [fill(shape, from), indexTensor(indices, shape[axis]!, from + 1)],
    attributes: { axis },
  })),
  GatherND: fc.tuple(shapeOf(1, 3), shapeOf(1, 2), whole(1, 3), seed).map(([shape, indices, depth, from]) => ({
    inputs: [fill(shape, from), pointers(shape, indices, depth, from + 1)],
    attributes: {},
  })),
  ScatterND: fc.tuple(shapeOf(1, 3), shapeOf(1, 2), whole(1, 3), seed).map(([shape, indices, depth, from]) => {
    const pointer = pointers(shape, indices, depth, from + 1);
    const updates = [...indices, ...shape.slice(pointer.shape.at(-1)!)];
    return { inputs: [fill(shape, from), pointer, fill(updates, from + 2)], attributes: {} };
  }),
  ReduceSum: reduction('signed'),
  ReduceMean: reduction('signed'),
  ReduceMax: reduction('different'),
  Softmax: rows,
  LogSoftmax: rows,
  LayerNormalization: fc
    .tuple(shapeOf(0, 2), whole(3, 6), fc.constantFrom(1e-5, 1e-2), seed)
    .map(([leading, width, epsilon, from]) => ({
      inputs: [fill([...leading, width], from, 'different'), fill([width], from + 1), fill([width], from + 2)],
      attributes: { epsilon },
    })),
  Gemm: fc.tuple(side, side, side, fc.boolean(), fc.boolean(), seed).chain(([m, k, n, transA, transB, from]) =>
    biasShapes(m, n).map((bias) => ({
      inputs: [
        fill(turned(m, k, transA), from),
        fill(turned(k, n, transB), from + 1),
        ...(bias ? [fill(bias, from + 2)] : []),
      ],
      attributes: { transA, transB },
    })),
  ),
  FusedMatMul: fc
    .tuple(broadcasting(2), side, side, side, fc.boolean(), fc.boolean(), fc.constantFrom(1, 0.25, -2), seed)
    .map(([[left, right], m, k, n, transA, transB, alpha, from]) => ({
      inputs: [fill([...left!, ...turned(m, k, transA)], from), fill([...right!, ...turned(k, n, transB)], from + 1)],
      attributes: { transA, transB, alpha },
    })),
  Conv: convolution
    .filter(({ picture, kernel, dilations, pads }) =>
      [0, 1].every((at) => picture[at]! + pads[at]! + pads[at + 2]! > dilations[at]! * (kernel[at]! - 1)),
    )
    .map(({ batch, groups, channels, outputs, picture, kernel, strides, dilations, pads, biased, from }) => ({
      inputs: [
        fill([batch, channels * groups, ...picture], from),
        fill([outputs * groups, channels, ...kernel], from + 1),
        ...(biased ? [fill([outputs * groups], from + 2)] : []),
      ],
      attributes: { strides, pads, dilations, groups },
    })),
  ConvTranspose: fc
    .tuple(convolution, pair(0, 2))
    .map(([{ picture, ...one }, wanted]) => ({
      ...one,
      picture: picture.map((length) => Math.min(length, 4)),
      outputPadding: wanted.map((more, at) => Math.min(more, one.strides[at]! - 1)) as [number, number],
    }))
    .filter(({ picture, kernel, strides, dilations, pads, outputPadding }) =>
      [0, 1].every((at) => {
        const full = strides[at]! * (picture[at]! - 1) + dilations[at]! * (kernel[at]! - 1) + 1;
        return full + outputPadding[at]! > pads[at]! + pads[at + 2]!;
      }),
    )
    .map(({ batch, groups, channels, outputs, picture, kernel, biased, from, ...rest }) => ({
      inputs: [
        fill([batch, channels * groups, ...picture], from),
        fill([channels * groups, outputs, ...kernel], from + 1),
        ...(biased ? [fill([outputs * groups], from + 2)] : []),
      ],
      attributes: {
        strides: rest.strides,
        pads: rest.pads,
        dilations: rest.dilations,
        groups,
        outputPadding: rest.outputPadding,
      },
    })),
};

/** Index rows that point into the first axes of a shape. */
function pointers(shape: Shape, leading: Shape, depth: number, from: number): GivenInput {
  const width = Math.min(depth, shape.length);
  const random = stream(from);
  const rows = Array.from({ length: sizeOf(leading) }, () =>
    shape.slice(0, width).map((length) => Math.floor(random() * length)),
  );
  return { dtype: 'int64', shape: [...leading, width], data: rows.flat() };
}
