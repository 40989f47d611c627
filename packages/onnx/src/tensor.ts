/**
 * Element types that our graphs use. float16 appears only in stored weights, float64 only around a graph that was
 * encoded in double precision; no operator takes either while a graph is built.
 */
export type DataType = 'float32' | 'float16' | 'float64' | 'int64' | 'bool';

/** What is known of a value before anything runs: every shape is static. */
export interface TensorType {
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

/** Row-major data. float16 is carried as its bit patterns, bool as 0 and 1. */
export interface TensorData {
  readonly float32: Float32Array;
  readonly float16: Uint16Array;
  readonly float64: Float64Array;
  readonly int64: BigInt64Array;
  readonly bool: Uint8Array;
}

/** A tensor in memory; `data.length` is the product of `shape`. */
export type Tensor = {
  readonly [D in DataType]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: TensorData[D] };
}[DataType];

export type FloatTensor = Extract<Tensor, { dtype: 'float32' }>;

/** Number of elements of a shape; 1 for a scalar. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

export function floatTensor(shape: readonly number[], data?: ArrayLike<number>): FloatTensor {
  const values = data ? Float32Array.from(data) : new Float32Array(sizeOf(shape));
  checkLength(shape, values.length);
  return { dtype: 'float32', shape, data: values };
}

export function intTensor(shape: readonly number[], data: ArrayLike<number>): Tensor {
  checkLength(shape, data.length);
  return { dtype: 'int64', shape, data: BigInt64Array.from(data, (value) => BigInt(value)) };
}

function checkLength(shape: readonly number[], length: number): void {
  if (length !== sizeOf(shape)) throw new RangeError(`shape [${shape}] holds ${sizeOf(shape)} values, got ${length}`);
}
