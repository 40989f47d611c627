import type { ConvOptions } from './convolution.ts';
import { convAttributes } from './convolution.ts';
import type { Operator, OperatorAttributes } from './operator.ts';
import { shapeRules } from './shape-rules.ts';
import type { DataType, Tensor, TensorType } from './tensor.ts';
import { floatTensor, intTensor } from './tensor.ts';

/** A value of one graph: its type is known when it is made. */
export interface Value extends TensorType {
  readonly name: string;
}

/** An application of an operator. `id` numbers nodes in the order in which they were made: a topological order. */
export type Node = {
  readonly [O in Operator]: {
    readonly id: number;
    readonly operator: O;
    readonly attributes: OperatorAttributes[O];
    readonly inputs: readonly Value[];
    readonly outputs: readonly Value[];
  };
}[Operator];

type NoAttributes = { [O in Operator]: keyof OperatorAttributes[O] extends never ? O : never }[Operator];

/**
 * Builds a graph value by value. Every application is checked by its operator's shape rule at once, so a wrong shape
 * throws a {@link ShapeError} on the line that made it. Nodes are only ever appended.
 */
export class Graph {
  readonly inputs: Value[] = [];
  readonly constants = new Map<string, Tensor>();
  readonly nodes: Node[] = [];
  readonly outputs = new Map<string, Value>();
  readonly #makers = new Map<string, Node>();
  readonly #scalars = new Map<number, Value>();
  #count = 0;

  input(name: string, dtype: DataType, shape: readonly number[]): Value {
    const value = { name, dtype, shape };
    this.inputs.push(value);
    return value;
  }

  /** A constant; named ones keep their name in the exported file. */
  constant(tensor: Tensor, name = this.#fresh('constant')): Value {
    if (this.constants.has(name)) throw new RangeError(`two constants are named "${name}"`);
    this.constants.set(name, tensor);
    return { name, dtype: tensor.dtype, shape: tensor.shape };
  }

  /** A float32 scalar; equal scalars share one constant. */
  scalar(value: number): Value {
    const known = this.#scalars.get(value);
    if (known) return known;
    const made = this.constant(floatTensor([], [value]));
    this.#scalars.set(value, made);
    return made;
  }

  indices(shape: readonly number[], data: ArrayLike<number>): Value {
    return this.constant(intTensor(shape, data));
  }

  output(name: string, value: Value): void {
    this.outputs.set(name, value);
  }

  makerOf(value: Value): Node | undefined {
    return this.#makers.get(value.name);
  }

  /** Applies an operator and returns all its outputs. */
  apply<O extends Operator>(
    operator: O,
    inputs: readonly Value[],
    attributes: OperatorAttributes[O],
  ): readonly Value[] {
    const types = shapeRules[operator](inputs, attributes);
    const outputs = types.map((type) => ({ name: this.#fresh(operator), dtype: type.dtype, shape: type.shape }));
    const node = { id: this.nodes.length, operator, attributes, inputs, outputs } as Node;
    this.nodes.push(node);
    for (const output of outputs) this.#makers.set(output.name, node);
    return outputs;
  }

  /** Applies an operator without attributes and returns its first output. */
  op(operator: NoAttributes, ...inputs: readonly Value[]): Value {
    return this.apply(operator, inputs, {})[0]!;
  }

  add = (a: Value, b: Value): Value => this.op('Add', a, b);
  sub = (a: Value, b: Value): Value => this.op('Sub', a, b);
  mul = (a: Value, b: Value): Value => this.op('Mul', a, b);
  div = (a: Value, b: Value): Value => this.op('Div', a, b);
  scale = (a: Value, factor: number): Value => this.op('Mul', a, this.scalar(factor));

  reshape(x: Value, shape: readonly number[]): Value {
    return this.apply('Reshape', [x], { shape })[0]!;
  }
  expand(x: Value, shape: readonly number[]): Value {
    return this.apply('Expand', [x], { shape })[0]!;
  }
  transpose(x: Value, perm: readonly number[]): Value {
    return this.apply('Transpose', [x], { perm })[0]!;
  }
  concat(values: readonly Value[], axis: number): Value {
    return values.length === 1 ? values[0]! : this.apply('Concat', values, { axis })[0]!;
  }
  split(x: Value, axis: number, split: readonly number[]): readonly Value[] {
    return this.apply('Split', [x], { axis, split });
  }
  slice(x: Value, axis: number, start: number, end: number): Value {
    return this.apply('Slice', [x], { axis, start, end })[0]!;
  }
  gather(data: Value, indices: Value, axis: number): Value {
    return this.apply('Gather', [data, indices], { axis })[0]!;
  }
  sum(x: Value, axes: readonly number[], keepdims = false): Value {
    return this.apply('ReduceSum', [x], { axes, keepdims })[0]!;
  }
  mean(x: Value, axes: readonly number[], keepdims = false): Value {
    return this.apply('ReduceMean', [x], { axes, keepdims })[0]!;
  }
  max(x: Value, axes: readonly number[], keepdims = false): Value {
    return this.apply('ReduceMax', [x], { axes, keepdims })[0]!;
  }
  cast(x: Value, to: DataType): Value {
    return this.apply('Cast', [x], { to })[0]!;
  }
  /** a · b (+ c) for matrices: a (M, K), b (K, N), c broadcast to (M, N). */
  gemm(a: Value, b: Value, c?: Value, { transA = false, transB = false } = {}): Value {
    return this.apply('Gemm', c ? [a, b, c] : [a, b], { transA, transB })[0]!;
  }
  /** alpha · a · b over the last two axes; leading axes broadcast. */
  matmul(a: Value, b: Value, { transA = false, transB = false, alpha = 1 } = {}): Value {
    return this.apply('FusedMatMul', [a, b], { transA, transB, alpha })[0]!;
  }
  /** Over the last axis, with gain and shift of that axis's length. */
  layerNorm(x: Value, gain: Value, shift: Value, epsilon = 1e-5): Value {
    return this.apply('LayerNormalization', [x, gain, shift], { epsilon })[0]!;
  }
  clip(x: Value, min: number, max: number): Value {
    return this.apply('Clip', [x], { min, max })[0]!;
  }
  /** Adds `before` and `after` cells along each axis, filled with `value`. */
  pad(x: Value, before: readonly number[], after: readonly number[], value = 0): Value {
    return [...before, ...after].every((side) => side === 0) ? x : this.apply('Pad', [x], { before, after, value })[0]!;
  }
  /** Zero above the diagonal (`upper`: below it) of the last two axes; `diagonal` moves it to the right. */
  trilu(x: Value, { upper = false, diagonal = 0 } = {}): Value {
    return this.apply('Trilu', [x], { upper, diagonal })[0]!;
  }
  /** x (B, C, H, W) by a kernel (O, C / groups, kh, kw), with a bias (O) or none → (B, O, H′, W′). */
  conv(x: Value, kernel: Value, bias?: Value, options: ConvOptions = {}): Value {
    return this.apply('Conv', bias ? [x, kernel, bias] : [x, kernel], convAttributes(options))[0]!;
  }
  /** The transpose of {@link conv}: x (B, C, H, W), kernel (C, O / groups, kh, kw), bias (O) or none → (B, O, H′, W′). */
  convTranspose(
    x: Value,
    kernel: Value,
    bias?: Value,
    { outputPadding = [0, 0], ...options }: ConvOptions & { readonly outputPadding?: readonly [number, number] } = {},
  ): Value {
    const attributes = { ...convAttributes(options), outputPadding };
    return this.apply('ConvTranspose', bias ? [x, kernel, bias] : [x, kernel], attributes)[0]!;
  }

  #fresh(stem: string): string {
    this.#count += 1;
    return `${stem}_${this.#count}`;
  }
}
