import { convShape, convTransposeShape } from './convolution.ts';
import type { Operator, OperatorAttributes } from './operator.ts';
import { count, floats, integers, require } from './shape-checks.ts';
import type { TensorType } from './tensor.ts';
import { sizeOf } from './tensor.ts';

export type ShapeRule<O extends Operator> = (
  inputs: readonly TensorType[],
  attributes: OperatorAttributes[O],
) => readonly TensorType[];

/** The shape two shapes broadcast to (ONNX multidirectional broadcasting), or undefined. */
export function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

const unary =
  (operator: Operator) =>
  (inputs: readonly TensorType[]): readonly TensorType[] => {
    count(operator, inputs, 1);
    require(floats(inputs), operator, 'takes float32', inputs);
    return [{ dtype: 'float32', shape: inputs[0]!.shape }];
  };

const binary =
  (operator: Operator, result?: 'bool') =>
  (inputs: readonly TensorType[]): readonly TensorType[] => {
    count(operator, inputs, 2);
    require(floats(inputs), operator, 'takes float32', inputs);
    return elementwise(operator, inputs, result);
  };

/** For index arithmetic and for masks made of indices: int64 stands beside float32. It has no gradient. */
const binaryOfIndices =
  (operator: Operator, result?: 'bool') =>
  (inputs: readonly TensorType[]): readonly TensorType[] => {
    count(operator, inputs, 2);
    require(floats(inputs) || integers(inputs), operator, 'takes float32 or int64, not both', inputs);
    return elementwise(operator, inputs, result);
  };

function elementwise(operator: Operator, inputs: readonly TensorType[], result?: 'bool'): readonly TensorType[] {
  const shape = broadcastShape(inputs[0]!.shape, inputs[1]!.shape);
  require(shape !== undefined, operator, 'the shapes do not broadcast', inputs);
  return [{ dtype: result ?? inputs[0]!.dtype, shape }];
}

const reduce =
  (operator: 'ReduceSum' | 'ReduceMean' | 'ReduceMax') =>
  (inputs: readonly TensorType[], { axes, keepdims }: OperatorAttributes['ReduceSum']): readonly TensorType[] => {
    unary(operator)(inputs);
    const { shape } = inputs[0]!;
    require(axes.every((a) => a >= 0 && a < shape.length), operator, `axes [${axes}] are outside the rank`, inputs);
    const kept = shape.flatMap((side, axis) => (axes.includes(axis) ? (keepdims ? [1] : []) : [side]));
    return [{ dtype: 'float32', shape: kept }];
  };

const normalised = (operator: 'Softmax' | 'LogSoftmax') => (inputs: readonly TensorType[]) => {
  require((inputs[0]?.shape.length ?? 0) > 0, operator, 'takes at least one axis', inputs);
  return unary(operator)(inputs);
};

/** What each operator makes of its inputs' types. */
export const shapeRules: { readonly [O in Operator]: ShapeRule<O> } = {
  Add: binaryOfIndices('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div'),
  Max: binary('Max'),
  Min: binary('Min'),
  Greater: binaryOfIndices('Greater', 'bool'),
  Equal: binaryOfIndices('Equal', 'bool'),
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Sign: unary('Sign'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Tanh: unary('Tanh'),
  Sigmoid: unary('Sigmoid'),
  Softplus: unary('Softplus'),
  Erf: unary('Erf'),
  Relu: unary('Relu'),
  Gelu: unary('Gelu'),
  Softmax: normalised('Softmax'),
  LogSoftmax: normalised('LogSoftmax'),
  ReduceSum: reduce('ReduceSum'),
  ReduceMean: reduce('ReduceMean'),
  ReduceMax: reduce('ReduceMax'),
  Where: (inputs) => {
    count('Where', inputs, 3);
    const [condition, a, b] = inputs as [TensorType, TensorType, TensorType];
    const fits = condition.dtype === 'bool' && a.dtype === b.dtype;
    require(fits, 'Where', 'takes bool and two branches of one type', inputs);
    const branches = broadcastShape(a.shape, b.shape);
    const shape = branches && broadcastShape(condition.shape, branches);
    require(shape !== undefined, 'Where', 'the shapes do not broadcast', inputs);
    return [{ dtype: a.dtype, shape }];
  },
  Cast: (inputs, { to }) => {
    count('Cast', inputs, 1);
    return [{ dtype: to, shape: inputs[0]!.shape }];
  },
  Reshape: (inputs, { shape }) => {
    count('Reshape', inputs, 1);
    const rule = `[${shape}] holds another number of values`;
    require(sizeOf(shape) === sizeOf(inputs[0]!.shape), 'Reshape', rule, inputs);
    return [{ dtype: inputs[0]!.dtype, shape }];
  },
  Expand: (inputs, { shape }) => {
    count('Expand', inputs, 1);
    const wide = broadcastShape(inputs[0]!.shape, shape);
    const same = wide !== undefined && wide.length === shape.length && wide.every((side, axis) => side === shape[axis]);
    require(same, 'Expand', `does not broadcast to [${shape}]`, inputs);
    return [{ dtype: inputs[0]!.dtype, shape }];
  },
  Transpose: (inputs, { perm }) => {
    count('Transpose', inputs, 1);
    const { shape, dtype } = inputs[0]!;
    const permutes = perm.length === shape.length && new Set(perm).size === perm.length;
    require(permutes && perm.every((axis) => axis in shape), 'Transpose', `[${perm}] is no permutation`, inputs);
    return [{ dtype, shape: perm.map((axis) => shape[axis]!) }];
  },
  Concat: (inputs, { axis }) => {
    const first = inputs[0];
    require(first !== undefined && axis in first.shape, 'Concat', `axis ${axis} is outside the rank`, inputs);
    const fits = inputs.every(
      ({ shape, dtype }) =>
        dtype === first.dtype &&
        shape.length === first.shape.length &&
        shape.every((side, index) => index === axis || side === first.shape[index]),
    );
    require(fits, 'Concat', `the inputs differ outside axis ${axis}`, inputs);
    const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return [{ dtype: first.dtype, shape: first.shape.map((side, index) => (index === axis ? total : side)) }];
  },
  Split: (inputs, { axis, split }) => {
    count('Split', inputs, 1);
    const { shape, dtype } = inputs[0]!;
    const total = split.reduce((sum, part) => sum + part, 0);
    require(shape[axis] === total, 'Split', `parts [${split}] do not fill axis ${axis}`, inputs);
    return split.map((part) => ({ dtype, shape: shape.map((side, index) => (index === axis ? part : side)) }));
  },
  Slice: (inputs, { axis, start, end }) => {
    count('Slice', inputs, 1);
    const { shape, dtype } = inputs[0]!;
    const inside = start >= 0 && start < end && end <= (shape[axis] ?? 0);
    require(inside, 'Slice', `${start}..${end} is outside axis ${axis}`, inputs);
    return [{ dtype, shape: shape.map((side, index) => (index === axis ? end - start : side)) }];
  },
  Gather: (inputs, { axis }) => {
    count('Gather', inputs, 2);
    const [data, indices] = inputs as [TensorType, TensorType];
    require(indices.dtype === 'int64', 'Gather', 'indices are int64', inputs);
    require(axis in data.shape, 'Gather', `axis ${axis} is outside the rank`, inputs);
    return [
      { dtype: data.dtype, shape: [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)] },
    ];
  },
  GatherND: (inputs) => {
    count('GatherND', inputs, 2);
    const [data, indices] = inputs as [TensorType, TensorType];
    const depth = indices.shape.at(-1) ?? 0;
    require(indices.dtype === 'int64' && depth >= 1, 'GatherND', 'indices are int64 of (…, depth)', inputs);
    require(depth <= data.shape.length, 'GatherND', 'indices are deeper than the data', inputs);
    return [{ dtype: data.dtype, shape: [...indices.shape.slice(0, -1), ...data.shape.slice(depth)] }];
  },
  ScatterND: (inputs) => {
    count('ScatterND', inputs, 3);
    const [data, indices, updates] = inputs as [TensorType, TensorType, TensorType];
    const depth = indices.shape.at(-1) ?? 0;
    require(indices.dtype === 'int64' && depth >= 1, 'ScatterND', 'indices are int64 of (…, depth)', inputs);
    require(depth <= data.shape.length, 'ScatterND', 'indices are deeper than the data', inputs);
    require(data.dtype === updates.dtype, 'ScatterND', 'updates are of the type of the data', inputs);
    const expected = [...indices.shape.slice(0, -1), ...data.shape.slice(depth)];
    const fits = expected.length === updates.shape.length && expected.every((side, i) => side === updates.shape[i]);
    require(fits, 'ScatterND', `updates must be [${expected}]`, inputs);
    return [{ dtype: data.dtype, shape: data.shape }];
  },
  LayerNormalization: (inputs) => {
    count('LayerNormalization', inputs, 3);
    const { shape } = inputs[0]!;
    const width = shape.at(-1);
    const fits = inputs.slice(1).every((input) => input.shape.length === 1 && input.shape[0] === width);
    require(fits && floats(inputs), 'LayerNormalization', 'gain and shift have the last axis of the input', inputs);
    const saved = [...shape.slice(0, -1), 1];
    return [
      { dtype: 'float32', shape },
      { dtype: 'float32', shape: saved },
      { dtype: 'float32', shape: saved },
    ];
  },
  Gemm: (inputs, { transA, transB }) => {
    require(inputs.length === 2 || inputs.length === 3, 'Gemm', 'takes two or three inputs', inputs);
    const [a, b, c] = inputs;
    require(a!.shape.length === 2 && b!.shape.length === 2 && floats(inputs), 'Gemm', 'takes float32 matrices', inputs);
    const [m, k] = transA ? [a!.shape[1]!, a!.shape[0]!] : [a!.shape[0]!, a!.shape[1]!];
    const [depth, n] = transB ? [b!.shape[1]!, b!.shape[0]!] : [b!.shape[0]!, b!.shape[1]!];
    require(k === depth, 'Gemm', `inner sides ${k} and ${depth} differ`, inputs);
    const wide = c ? broadcastShape(c.shape, [m, n]) : [m, n];
    require(wide?.length === 2 && wide[0] === m && wide[1] === n, 'Gemm', `the bias does not fit [${m}, ${n}]`, inputs);
    return [{ dtype: 'float32', shape: [m, n] }];
  },
  FusedMatMul: (inputs, { transA, transB }) => {
    count('FusedMatMul', inputs, 2);
    const [a, b] = inputs as [TensorType, TensorType];
    require(a.shape.length >= 2 &&
      b.shape.length >= 2 &&
      floats(inputs), 'FusedMatMul', 'takes float32 matrices', inputs);
    const [m, k] = transA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
    const [depth, n] = transB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
    require(k === depth, 'FusedMatMul', `inner sides ${k} and ${depth} differ`, inputs);
    const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    require(batch !== undefined, 'FusedMatMul', 'the leading axes do not broadcast', inputs);
    return [{ dtype: 'float32', shape: [...batch, m, n] }];
  },
  Pow: binary('Pow'),
  Clip: (inputs, { min, max }) => {
    require(min <= max, 'Clip', `${min} is above ${max}`, inputs);
    return unary('Clip')(inputs);
  },
  Pad: (inputs, { before, after }) => {
    unary('Pad')(inputs);
    const { shape } = inputs[0]!;
    const fits = before.length === shape.length && after.length === shape.length;
    require(fits, 'Pad', `[${before}] and [${after}] name another number of axes`, inputs);
    require([...before, ...after].every(
      (pad) => Number.isInteger(pad) && pad >= 0,
    ), 'Pad', 'takes nothing away', inputs);
    return [{ dtype: 'float32', shape: shape.map((side, axis) => before[axis]! + side + after[axis]!) }];
  },
  Trilu: (inputs) => {
    count('Trilu', inputs, 1);
    require(inputs[0]!.shape.length >= 2, 'Trilu', 'takes at least two axes', inputs);
    return [inputs[0]!];
  },
  Conv: convShape,
  ConvTranspose: convTransposeShape,
};
