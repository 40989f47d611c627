import type { Graph, NamedTensors, Value } from '@radiolect/onnx';

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

/** Parameters as inputs of a graph: for reading with whatever weights a run holds. */
export class ParameterInputs implements Parameters {
  readonly #values = new Map<string, Value>();
  readonly #graph: Graph;
  constructor(graph: Graph) {
    this.#graph = graph;
  }
  get(spec: ParameterSpec): Value {
    const known = this.#values.get(spec.name);
    if (known) return known;
    const value = this.#graph.input(spec.name, 'float32', spec.shape);
    this.#values.set(spec.name, value);
    return value;
  }
}

/** Parameters as constants: the model for reading. */
export class FixedParameters implements Parameters {
  readonly #values = new Map<string, Value>();
  readonly #graph: Graph;
  readonly #tensors: NamedTensors;
  constructor(graph: Graph, tensors: NamedTensors) {
    this.#graph = graph;
    this.#tensors = tensors;
  }
  get(spec: ParameterSpec): Value {
    const known = this.#values.get(spec.name);
    if (known) return known;
    const tensor = this.#tensors.get(spec.name);
    if (!tensor) throw new RangeError(`no parameter "${spec.name}"`);
    const value = this.#graph.constant(tensor, spec.name);
    this.#values.set(spec.name, value);
    return value;
  }
}
