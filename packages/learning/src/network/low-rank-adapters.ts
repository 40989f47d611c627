import type { FloatTensor, Graph, NamedTensors, Value } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';
import type { ParameterSpec, Parameters } from './parameters.ts';

/** Low-rank adapters (Hu et al. 2021): a frozen weight W is read as W + (α / r) · A · B. */
export interface AdapterSettings {
  /** r, at least 1. */
  readonly rank: number;
  /** α: how much the adapters count, whatever their rank. */
  readonly alpha: number;
  /** Only weights whose name holds one of these words are adapted ("attention"); left out, every linear layer is. */
  readonly layers?: readonly string[];
}

const inner = '.adapter-in';
const outer = '.adapter-out';

export const isAdapter = (name: string): boolean => name.endsWith(inner) || name.endsWith(outer);

/** Whether a weight gets an adapter: a matrix of one of the backbone's blocks, neither its embedding nor a head. */
export function isAdapted({ name, shape, depth, decays }: ParameterSpec, { layers }: AdapterSettings): boolean {
  if (shape.length !== 2 || !decays || depth === undefined || depth === 0 || isAdapter(name)) return false;
  return layers === undefined || layers.some((word) => name.includes(word));
}

/**
 * Hands on parameters, those of adapted weights with their adapter added. An adapter begins as nothing (B is 0), so a
 * model begins as its checkpoint. Which parameters are frozen is said by the policy of the parameters inside.
 */
export class AdaptedParameters implements Parameters {
  readonly #graph: Graph;
  readonly #inside: Parameters;
  readonly #settings: AdapterSettings;
  readonly #adapted = new Map<string, Value>();

  constructor(graph: Graph, inside: Parameters, settings: AdapterSettings) {
    if (!Number.isInteger(settings.rank) || settings.rank < 1)
      throw new RangeError(`an adapter's rank is a whole number from 1 on, not ${settings.rank}`);
    this.#graph = graph;
    this.#inside = inside;
    this.#settings = settings;
  }

  get(spec: ParameterSpec): Value {
    const weight = this.#inside.get(spec);
    if (!isAdapted(spec, this.#settings)) return weight;
    const known = this.#adapted.get(spec.name);
    if (known) return known;
    const { rank, alpha } = this.#settings;
    const [inputs, outputs] = spec.shape as [number, number];
    const depth = spec.depth === undefined ? {} : { depth: spec.depth };
    const a = this.#inside.get({
      name: `${spec.name}${inner}`,
      shape: [inputs, rank],
      start: { deviation: 1 / Math.sqrt(inputs) },
      decays: true,
      ...depth,
    });
    const b = this.#inside.get({
      name: `${spec.name}${outer}`,
      shape: [rank, outputs],
      start: 0,
      decays: true,
      ...depth,
    });
    const adapted = this.#graph.add(weight, this.#graph.scale(this.#graph.gemm(a, b), alpha / rank));
    this.#adapted.set(spec.name, adapted);
    return adapted;
  }
}

/** Plain weights for shipping: each adapter is added to its weight and dropped. `alpha` as it was in training. */
export function mergeAdapters(tensors: NamedTensors, alpha: number): Map<string, FloatTensor> {
  const merged = new Map<string, FloatTensor>();
  for (const [name, tensor] of tensors) {
    if (isAdapter(name)) continue;
    const a = tensors.get(`${name}${inner}`);
    const b = tensors.get(`${name}${outer}`);
    merged.set(name, a && b ? withProduct(tensor, a, b, alpha / a.shape[1]!) : tensor);
  }
  return merged;
}

/** W + factor · A · B, summed in double precision. */
function withProduct(weight: FloatTensor, a: FloatTensor, b: FloatTensor, factor: number): FloatTensor {
  const [inputs, rank] = a.shape as [number, number];
  const outputs = b.shape[1]!;
  const sum = new Float64Array(outputs);
  const data = new Float32Array(weight.data.length);
  for (let row = 0; row < inputs; row++) {
    sum.fill(0);
    for (let k = 0; k < rank; k++) {
      const share = factor * a.data[row * rank + k]!;
      for (let column = 0; column < outputs; column++) sum[column]! += share * b.data[k * outputs + column]!;
    }
    for (let column = 0; column < outputs; column++)
      data[row * outputs + column] = weight.data[row * outputs + column]! + sum[column]!;
  }
  return floatTensor(weight.shape, data);
}
