import { sizeOf } from '@radiolect/onnx';

/** A parameter's name and shape. `null` is a side that may have any length. */
export interface Slot {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

/** A tensor of another library: its values, and the shape it came with. */
export interface Stored {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Parameters of ours and those of another library that hold the same numbers, and how one is made of the other. What is
 * given to `read` has the shapes that `theirs` says; it may throw a RangeError where free sides do not fit.
 */
export interface Correspondence {
  readonly ours: readonly Slot[];
  readonly theirs: readonly Slot[];
  readonly read: (theirs: readonly Stored[]) => readonly Float32Array[];
  readonly write: (ours: readonly Float32Array[]) => readonly Stored[];
}

/** The same values in the same order; the shapes may differ by sides of 1. */
export function same(ours: string, theirs: string, shape: readonly number[], theirShape = shape): Correspondence {
  return {
    ours: [{ name: ours, shape }],
    theirs: [{ name: theirs, shape: theirShape }],
    read: ([stored]) => [stored!.data],
    write: ([data]) => [{ shape: theirShape, data: data! }],
  };
}

/** (rows, columns) → (columns, rows). */
export function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) turned[column * rows + row] = data[row * columns + column]!;
  return turned;
}

/** A linear layer's weight: ours is (inputs, outputs), theirs (outputs, inputs), or a kernel of that many entries. */
export function matrix(
  ours: string,
  theirs: string,
  inputs: number,
  outputs: number,
  theirShape: readonly number[] = [outputs, inputs],
): Correspondence {
  return {
    ours: [{ name: ours, shape: [inputs, outputs] }],
    theirs: [{ name: theirs, shape: theirShape }],
    read: ([stored]) => [transposed(stored!.data, outputs, inputs)],
    write: ([data]) => [{ shape: theirShape, data: transposed(data!, inputs, outputs) }],
  };
}

/** A linear layer, weight and bias. */
export const layer = (ours: string, theirs: string, inputs: number, outputs: number): Correspondence[] => [
  matrix(`${ours}.weight`, `${theirs}.weight`, inputs, outputs),
  same(`${ours}.bias`, `${theirs}.bias`, [outputs]),
];

export const normLayer = (ours: string, theirs: string, width: number): Correspondence[] => [
  same(`${ours}.gain`, `${theirs}.weight`, [width]),
  same(`${ours}.shift`, `${theirs}.bias`, [width]),
];

/** One linear layer of ours for several of theirs, laid side by side: queries, keys and values. */
export function fusedLayer(ours: string, theirs: readonly string[], inputs: number, outputs: number): Correspondence[] {
  if (theirs.length === 1) return layer(ours, theirs[0]!, inputs, outputs);
  const part = outputs / theirs.length;
  const weights: Correspondence = {
    ours: [{ name: `${ours}.weight`, shape: [inputs, outputs] }],
    theirs: theirs.map((name) => ({ name: `${name}.weight`, shape: [part, inputs] })),
    // Theirs are (outputs, inputs): one below the other they are the fused matrix, transposed.
    read: (stored) => [transposed(laidEndToEnd(stored), outputs, inputs)],
    write: ([data]) => cut(transposed(data!, inputs, outputs), theirs.length, [part, inputs]),
  };
  const biases: Correspondence = {
    ours: [{ name: `${ours}.bias`, shape: [outputs] }],
    theirs: theirs.map((name) => ({ name: `${name}.bias`, shape: [part] })),
    read: (stored) => [laidEndToEnd(stored)],
    write: ([data]) => cut(data!, theirs.length, [part]),
  };
  return [weights, biases];
}

/** A kernel (outputs, inputs, 2, 2) for a Gemm over rows of (row, column, input). */
export function joiningKernel(ours: string, theirs: string, inputs: number, outputs: number): Correspondence {
  const shape = [outputs, inputs, 2, 2];
  const at = (place: number, input: number, output: number): number => (output * inputs + input) * 4 + place;
  const moved = (data: Float32Array, read: boolean): Float32Array => {
    const made = new Float32Array(data.length);
    for (let place = 0; place < 4; place++)
      for (let input = 0; input < inputs; input++)
        for (let output = 0; output < outputs; output++) {
          const here = (place * inputs + input) * outputs + output;
          const there = at(place, input, output);
          if (read) made[here] = data[there]!;
          else made[there] = data[here]!;
        }
    return made;
  };
  return {
    ours: [{ name: ours, shape: [4 * inputs, outputs] }],
    theirs: [{ name: theirs, shape }],
    read: ([stored]) => [moved(stored!.data, true)],
    write: ([data]) => [{ shape, data: moved(data!, false) }],
  };
}

export function laidEndToEnd(parts: readonly Stored[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of parts) {
    whole.set(data, at);
    at += data.length;
  }
  return whole;
}

const cut = (data: Float32Array, parts: number, shape: readonly number[]): Stored[] =>
  Array.from({ length: parts }, (_, part) => ({
    shape,
    data: data.subarray(part * sizeOf(shape), (part + 1) * sizeOf(shape)),
  }));
