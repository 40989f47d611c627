import type { ConvAttributes, ConvTransposeAttributes, Operator } from './operator.ts';
import { floats, require } from './shape-checks.ts';
import type { TensorType } from './tensor.ts';

// B batch, C channels in, O channels out, k kernel side. Both axes of a picture follow the same arithmetic.

/** What a caller may leave out: stride 1, no padding, no gaps, one group. */
export interface ConvOptions {
  readonly strides?: readonly [number, number];
  /** Top, left, bottom, right; one number pads all four sides. */
  readonly pads?: ConvAttributes['pads'] | number;
  readonly dilations?: readonly [number, number];
  readonly groups?: number;
}

export function convAttributes(options: ConvOptions): ConvAttributes {
  const { strides = [1, 1], pads = 0, dilations = [1, 1], groups = 1 } = options;
  return { strides, pads: typeof pads === 'number' ? [pads, pads, pads, pads] : pads, dilations, groups };
}

const spread = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** Side of a convolution's output: ⌊(side + padding − spread kernel) / stride⌋ + 1. */
export const convolvedSide = (side: number, kernel: number, at: 0 | 1, a: ConvAttributes): number =>
  Math.floor((side + a.pads[at] + a.pads[at + 2]! - spread(kernel, a.dilations[at])) / a.strides[at]) + 1;

/** Side of a transposed convolution's output: stride (side − 1) + spread kernel − padding + output padding. */
export const transposedSide = (side: number, kernel: number, at: 0 | 1, a: ConvTransposeAttributes): number =>
  a.strides[at] * (side - 1) + spread(kernel, a.dilations[at]) - a.pads[at] - a.pads[at + 2]! + a.outputPadding[at];

type Picture = readonly [number, number, number, number];

function pictureAndKernel(
  operator: Operator,
  inputs: readonly TensorType[],
  { strides, dilations, groups }: ConvAttributes,
): { readonly x: Picture; readonly w: Picture } {
  require(inputs.length === 2 || inputs.length === 3, operator, 'takes two or three inputs', inputs);
  const [x, w] = inputs as [TensorType, TensorType];
  const pictures = x.shape.length === 4 && w.shape.length === 4 && floats(inputs);
  require(pictures, operator, 'takes float32 pictures (B, C, H, W) and a kernel of four axes', inputs);
  const steps = [...strides, ...dilations, groups].every((one) => Number.isInteger(one) && one >= 1);
  require(steps, operator, 'strides, dilations and groups are whole numbers from 1', inputs);
  return { x: x.shape as Picture, w: w.shape as Picture };
}

function checkBias(operator: Operator, inputs: readonly TensorType[], channels: number): void {
  const bias = inputs[2];
  const fits = !bias || (bias.shape.length === 1 && bias.shape[0] === channels);
  require(fits, operator, `the bias has one value for each of ${channels} channels`, inputs);
}

/** x (B, C, H, W), kernel (O, C / groups, kh, kw), bias (O) or none → (B, O, H′, W′). */
export function convShape(inputs: readonly TensorType[], attributes: ConvAttributes): readonly TensorType[] {
  const { x, w } = pictureAndKernel('Conv', inputs, attributes);
  const { groups } = attributes;
  require(x[1] === w[1] * groups, 'Conv', `${x[1]} channels are not ${groups} groups of the kernel's ${w[1]}`, inputs);
  require(w[0] % groups === 0, 'Conv', `${w[0]} output channels do not fall into ${groups} groups`, inputs);
  checkBias('Conv', inputs, w[0]);
  const [rows, columns] = [convolvedSide(x[2], w[2], 0, attributes), convolvedSide(x[3], w[3], 1, attributes)];
  require(rows > 0 && columns > 0, 'Conv', 'the kernel is larger than the padded picture', inputs);
  return [{ dtype: 'float32', shape: [x[0], w[0], rows, columns] }];
}

/** x (B, C, H, W), kernel (C, O / groups, kh, kw), bias (O) or none → (B, O, H′, W′). */
export function convTransposeShape(
  inputs: readonly TensorType[],
  attributes: ConvTransposeAttributes,
): readonly TensorType[] {
  const { x, w } = pictureAndKernel('ConvTranspose', inputs, attributes);
  const { groups, outputPadding, strides, dilations } = attributes;
  require(x[1] === w[0], 'ConvTranspose', `the kernel takes ${w[0]} channels, the picture has ${x[1]}`, inputs);
  require(x[1] % groups === 0, 'ConvTranspose', `${x[1]} channels do not fall into ${groups} groups`, inputs);
  const small = ([0, 1] as const).every((at) => outputPadding[at] < Math.max(strides[at], dilations[at]));
  require(small, 'ConvTranspose', 'output padding is below the stride or the dilation', inputs);
  checkBias('ConvTranspose', inputs, w[1] * groups);
  const [rows, columns] = [transposedSide(x[2], w[2], 0, attributes), transposedSide(x[3], w[3], 1, attributes)];
  require(rows > 0 && columns > 0, 'ConvTranspose', 'the padding takes away the whole picture', inputs);
  return [{ dtype: 'float32', shape: [x[0], w[1] * groups, rows, columns] }];
}
