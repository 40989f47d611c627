import { describe, expect, test } from 'vitest';
import { ShapeError } from './errors.ts';
import type { Operator, OperatorAttributes } from './operator.ts';
import { type ShapeRule, shapeRules } from './shape-rules.ts';
import type { DataType, TensorType } from './tensor.ts';

// What each operator refuses. That its rule names the right shape is shown in `operators.test.ts`.

const of =
  (dtype: DataType) =>
  (...shape: readonly number[]): TensorType => ({ dtype, shape });
const [float, whole, truth] = [of('float32'), of('int64'), of('bool')];

type Refusal<O extends Operator> = readonly [readonly TensorType[], OperatorAttributes[O], string];

const pair = [float(2, 3), float(2, 4)];
const broadcast = [pair, {}, 'the shapes do not broadcast'] as const;
const oneFloat = [[whole(3)], {}, 'takes float32'] as const;
const kernel = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 1 } as const;

const refusals: { readonly [O in Operator]: readonly Refusal<O>[] } = {
  Add: [
    broadcast,
    [[float(2), whole(2)], {}, 'takes float32 or int64, not both'],
    [[float(2)], {}, 'takes 2 inputs, got 1'],
  ],
  Sub: [broadcast, [[whole(2), whole(2)], {}, 'takes float32']],
  Mul: [broadcast],
  Div: [broadcast],
  Max: [broadcast],
  Min: [broadcast],
  Pow: [broadcast],
  Greater: [broadcast, [[truth(2), truth(2)], {}, 'takes float32 or int64']],
  Equal: [broadcast],
  Neg: [oneFloat],
  Abs: [oneFloat],
  Sign: [oneFloat],
  Exp: [oneFloat, [pair, {}, 'takes 1 inputs, got 2']],
  Log: [oneFloat],
  Sqrt: [oneFloat],
  Tanh: [oneFloat],
  Sigmoid: [oneFloat],
  Softplus: [oneFloat],
  Erf: [oneFloat],
  Relu: [oneFloat],
  Gelu: [oneFloat],
  Where: [
    [[float(2), float(2), float(2)], {}, 'takes bool and two branches of one type'],
    [[truth(2), float(2), whole(2)], {}, 'takes bool and two branches of one type'],
    [[truth(3), float(2), float(2)], {}, 'the shapes do not broadcast'],
  ],
  Clip: [[[float(2)], { min: 1, max: 0 }, '1 is above 0']],
  Cast: [[pair, { to: 'bool' }, 'takes 1 inputs, got 2']],
  Reshape: [[[float(2, 3)], { shape: [4] }, '[4] holds another number of values']],
  Expand: [[[float(2, 3)], { shape: [2, 4] }, 'does not broadcast to [2,4]']],
  Transpose: [[[float(2, 3)], { perm: [0, 0] }, '[0,0] is no permutation']],
  Concat: [
    [[float(2, 3), float(3, 3)], { axis: 1 }, 'the inputs differ outside axis 1'],
    [[float(2), whole(2)], { axis: 0 }, 'the inputs differ outside axis 0'],
    [[float(2)], { axis: 1 }, 'axis 1 is outside the rank'],
  ],
  Split: [[[float(5)], { axis: 0, split: [2, 2] }, 'parts [2,2] do not fill axis 0']],
  Slice: [[[float(5)], { axis: 0, start: 3, end: 6 }, '3..6 is outside axis 0']],
  Pad: [
    [[float(5)], { before: [1, 1], after: [1, 1], value: 0 }, 'name another number of axes'],
    [[float(5)], { before: [-1], after: [0], value: 0 }, 'takes nothing away'],
  ],
  Trilu: [[[float(5)], { upper: true, diagonal: 0 }, 'takes at least two axes']],
  Gather: [
    [[float(5), float(2)], { axis: 0 }, 'indices are int64'],
    [[float(5), whole(2)], { axis: 1 }, 'axis 1 is outside the rank'],
  ],
  GatherND: [[[float(5), whole(2, 2)], {}, 'indices are deeper than the data']],
  ScatterND: [
    [[float(5), whole(2, 2), float(2)], {}, 'indices are deeper than the data'],
    [[float(5), whole(2, 1), float(3)], {}, 'updates must be [2]'],
    [[float(5), whole(2, 1), whole(2)], {}, 'updates are of the type of the data'],
  ],
  ReduceSum: [[[float(5)], { axes: [1], keepdims: false }, 'axes [1] are outside the rank']],
  ReduceMean: [[[float(5)], { axes: [-1], keepdims: false }, 'axes [-1] are outside the rank']],
  ReduceMax: [[[whole(5)], { axes: [0], keepdims: false }, 'takes float32']],
  Softmax: [[[float()], {}, 'takes at least one axis']],
  LogSoftmax: [[[float()], {}, 'takes at least one axis']],
  LayerNormalization: [
    [[float(2, 3), float(2), float(3)], { epsilon: 1e-5 }, 'gain and shift have the last axis of the input'],
  ],
  Gemm: [
    [[float(2, 3), float(2, 3)], { transA: false, transB: false }, 'inner sides 3 and 2 differ'],
    [[float(2, 3), float(3, 4), float(3)], { transA: false, transB: false }, 'the bias does not fit [2, 4]'],
    [[float(2, 2, 3), float(3, 4)], { transA: false, transB: false }, 'takes float32 matrices'],
  ],
  FusedMatMul: [
    [[float(2, 3), float(2, 3)], { transA: true, transB: true, alpha: 1 }, 'inner sides 2 and 3 differ'],
    [[float(2, 2, 3), float(3, 3, 2)], { transA: false, transB: false, alpha: 1 }, 'the leading axes do not broadcast'],
  ],
  Conv: [
    [[float(1, 3, 8, 8), float(4, 2, 3, 3)], kernel, "3 channels are not 1 groups of the kernel's 2"],
    [[float(1, 4, 8, 8), float(3, 2, 3, 3)], { ...kernel, groups: 2 }, '3 output channels do not fall into 2 groups'],
    [[float(1, 3, 2, 8), float(4, 3, 3, 3)], kernel, 'the kernel is larger than the padded picture'],
    [[float(1, 3, 8, 8), float(4, 3, 3, 3), float(3)], kernel, 'the bias has one value for each of 4 channels'],
    [[float(1, 3, 8), float(4, 3, 3)], kernel, 'takes float32 pictures (B, C, H, W) and a kernel of four axes'],
    [[float(1, 3, 8, 8), float(4, 3, 3, 3)], { ...kernel, strides: [0, 1] }, 'are whole numbers from 1'],
  ],
  ConvTranspose: [
    [
      [float(1, 3, 8, 8), float(4, 3, 3, 3)],
      { ...kernel, outputPadding: [0, 0] },
      'the kernel takes 4 channels, the picture has 3',
    ],
    [
      [float(1, 3, 8, 8), float(3, 3, 3, 3)],
      { ...kernel, outputPadding: [1, 0] },
      'output padding is below the stride or the dilation',
    ],
    [
      [float(1, 3, 1, 1), float(3, 3, 1, 1)],
      { ...kernel, pads: [1, 0, 1, 0], outputPadding: [0, 0] },
      'the padding takes away the whole picture',
    ],
  ],
};

describe.each(Object.keys(refusals) as Operator[])('%s', (operator) => {
  const rule = shapeRules[operator] as ShapeRule<Operator>;
  test.each((refusals[operator] as readonly Refusal<Operator>[]).map((one) => [one[2], one] as const))(
    'refuses: %s',
    (_, [inputs, attributes, message]) => {
      const use = (): unknown => rule(inputs, attributes);
      expect(use).toThrow(ShapeError);
      expect(use).toThrow(message);
      expect(use).toThrow(`${operator}: `);
    },
  );
});
