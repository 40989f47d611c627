import type { DataType } from './tensor.ts';

/**
 * The closed list of operators, each with its attributes. ONNX opset 21 names, and FusedMatMul of `com.microsoft`.
 * Where ONNX takes a shape or axes as an int64 input, we hold it as an attribute and write the input on export.
 */
export interface OperatorAttributes {
  Add: Empty;
  Sub: Empty;
  Mul: Empty;
  Div: Empty;
  Max: Empty;
  Min: Empty;
  Neg: Empty;
  Abs: Empty;
  Sign: Empty;
  Exp: Empty;
  Log: Empty;
  Sqrt: Empty;
  Tanh: Empty;
  Sigmoid: Empty;
  Softplus: Empty;
  Erf: Empty;
  Relu: Empty;
  Gelu: Empty;
  Greater: Empty;
  Equal: Empty;
  Where: Empty;
  Cast: { readonly to: DataType };
  Reshape: { readonly shape: readonly number[] };
  Expand: { readonly shape: readonly number[] };
  Transpose: { readonly perm: readonly number[] };
  Concat: { readonly axis: number };
  Split: { readonly axis: number; readonly split: readonly number[] };
  Slice: { readonly axis: number; readonly start: number; readonly end: number };
  Gather: { readonly axis: number };
  GatherND: Empty;
  /** With reduction "add": repeated indices sum. */
  ScatterND: Empty;
  ReduceSum: ReduceAttributes;
  ReduceMean: ReduceAttributes;
  ReduceMax: ReduceAttributes;
  Softmax: Empty;
  LogSoftmax: Empty;
  LayerNormalization: { readonly epsilon: number };
  Gemm: { readonly transA: boolean; readonly transB: boolean };
  FusedMatMul: { readonly transA: boolean; readonly transB: boolean; readonly alpha: number };
  Pow: Empty;
  Clip: { readonly min: number; readonly max: number };
  /** Adds `value` around: `before` and `after` per axis. */
  Pad: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number };
  /** Keeps the lower (or upper) triangle of the last two axes, up to (from) the diagonal `diagonal` to the right. */
  Trilu: { readonly upper: boolean; readonly diagonal: number };
  Conv: ConvAttributes;
  ConvTranspose: ConvTransposeAttributes;
}

/** Of a convolution over two axes; each pair is rows, columns. */
export interface ConvAttributes {
  readonly strides: readonly [number, number];
  /** Zeros added at the top, left, bottom and right. */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
  readonly groups: number;
}
export interface ConvTransposeAttributes extends ConvAttributes {
  /** Rows and columns added at the bottom and right: which of the sizes that a stride maps to one is meant. */
  readonly outputPadding: readonly [number, number];
}

type Empty = Readonly<Record<never, never>>;
interface ReduceAttributes {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

export type Operator = keyof OperatorAttributes;
