import type { Graph, Tensor, Value } from '@radiolect/onnx';
import { floatTensor, sizeOf } from '@radiolect/onnx';
import type { Random } from '../random.ts';
import { normal } from '../random.ts';

/** How a parameter begins: a constant, or normal with that deviation. */
export type Start = number | { readonly deviation: number };

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: Start;
  /** Matrices are decayed; gains, shifts and embeddings are not. */
  readonly decays: boolean;
  /** The backbone's block it belongs to, from 0 (embedding) on; left out for a head. For layer-wise learning rates. */
  readonly depth?: number;
}

/** Gives a model its parameters as values of the graph that is being built. */
export interface Parameters {
  get(spec: ParameterSpec): Value;
}

/** Collects what a model asks for; the values are plain inputs of a graph that is never run. */
export class ParameterList implements Parameters {
  readonly specs: ParameterSpec[] = [];
  readonly #graph: Graph;
  constructor(graph: Graph) {
    this.#graph = graph;
  }
  get(spec: ParameterSpec): Value {
    this.specs.push(spec);
    return this.#graph.input(spec.name, 'float32', spec.shape);
  }
}

/** Parameters as pieces of one vector, so that optimizer and gradient norm are a few nodes whatever the model. */
export class ParameterSlices implements Parameters {
  readonly #pieces: ReadonlyMap<string, Value>;
  constructor(graph: Graph, flat: Value, specs: readonly ParameterSpec[]) {
    const pieces = graph.split(
      flat,
      0,
      specs.map((spec) => sizeOf(spec.shape)),
    );
    this.#pieces = new Map(specs.map((spec, index) => [spec.name, graph.reshape(pieces[index]!, spec.shape)]));
  }
  get(spec: ParameterSpec): Value {
    return this.#pieces.get(spec.name)!;
  }
}

/** Parameters as constants: the model for reading. */
export class FixedParameters implements Parameters {
  readonly #graph: Graph;
  readonly #tensors: ReadonlyMap<string, Tensor>;
  constructor(graph: Graph, tensors: ReadonlyMap<string, Tensor>) {
    this.#graph = graph;
    this.#tensors = tensors;
  }
  get(spec: ParameterSpec): Value {
    const tensor = this.#tensors.get(spec.name);
    if (!tensor) throw new RangeError(`no parameter "${spec.name}"`);
    return this.#graph.constant(tensor, spec.name);
  }
}

/** The first values, laid end to end in the order of the specs. */
export function startingParameters(specs: readonly ParameterSpec[], random: Random): Float32Array {
  const flat = new Float32Array(specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0));
  let at = 0;
  for (const { shape, start } of specs) {
    const size = sizeOf(shape);
    for (let index = 0; index < size; index++)
      flat[at + index] = typeof start === 'number' ? start : start.deviation * normal(random);
    at += size;
  }
  return flat;
}

/** 1 where a parameter is decayed, 0 where not. */
export function decayMask(specs: readonly ParameterSpec[]): Float32Array {
  return Float32Array.from(specs.flatMap((spec) => new Array<number>(sizeOf(spec.shape)).fill(spec.decays ? 1 : 0)));
}

export function namedParameters(specs: readonly ParameterSpec[], flat: Float32Array): Map<string, Tensor> {
  let at = 0;
  return new Map(
    specs.map((spec) => {
      const tensor = floatTensor(spec.shape, flat.subarray(at, at + sizeOf(spec.shape)));
      at += sizeOf(spec.shape);
      return [spec.name, tensor] as const;
    }),
  );
}

export function flatParameters(specs: readonly ParameterSpec[], named: ReadonlyMap<string, Tensor>): Float32Array {
  const flat = new Float32Array(specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0));
  let at = 0;
  for (const spec of specs) {
    const tensor = named.get(spec.name);
    if (tensor?.dtype !== 'float32' || tensor.data.length !== sizeOf(spec.shape))
      throw new RangeError(`the checkpoint has no parameter "${spec.name}" of [${spec.shape}]`);
    flat.set(tensor.data, at);
    at += sizeOf(spec.shape);
  }
  return flat;
}
