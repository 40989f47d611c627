import type { CarriedValue, Graph, NamedTensors, TrainedParameter, Value } from '@radiolect/onnx';
import { floatTensor, sizeOf } from '@radiolect/onnx';
import type { Random } from '../random.ts';
import { normal } from '../random.ts';
import type { ParameterSpec, Parameters } from './parameters.ts';

/** How a recipe treats the parameters of a model. */
export interface ParameterPolicy {
  /** Frozen parameters keep their value and get no gradient. */
  readonly frozen: (spec: ParameterSpec) => boolean;
  /** What the learning rate is multiplied by. */
  readonly learningRateScale: (spec: ParameterSpec) => number;
}

export const trainEverything: ParameterPolicy = { frozen: () => false, learningRateScale: () => 1 };

/**
 * Parameters of a graph that is trained: each is an input of its own, and asking twice for one name gives the same
 * value, so that two passes share their weights.
 */
export class TrainingParameters implements Parameters {
  readonly specs = new Map<string, ParameterSpec>();
  readonly trained: TrainedParameter[] = [];
  readonly frozen: Value[] = [];
  readonly averages = new Map<string, Value>();
  readonly carried: CarriedValue[] = [];
  readonly #values = new Map<string, Value>();
  readonly #starts = new Map<string, number>();
  readonly #graph: Graph;
  readonly #policy: ParameterPolicy;

  constructor(graph: Graph, policy: ParameterPolicy = trainEverything) {
    this.#graph = graph;
    this.#policy = policy;
  }

  get(spec: ParameterSpec): Value {
    const known = this.#values.get(spec.name);
    if (known) return known;
    const value = this.#graph.input(spec.name, 'float32', spec.shape);
    this.#values.set(spec.name, value);
    this.specs.set(spec.name, spec);
    if (this.#policy.frozen(spec)) this.frozen.push(value);
    else
      this.trained.push({
        value,
        decays: spec.decays,
        learningRateScale: this.#policy.learningRateScale(spec),
      });
    return value;
  }

  /** The same parameters as a target network reads them: their moving average, through which no gradient passes. */
  readonly target: Parameters = {
    get: (spec) => {
      this.get(spec);
      const known = this.averages.get(spec.name);
      if (known) return known;
      const value = this.#graph.input(`average/${spec.name}`, 'float32', spec.shape);
      this.averages.set(spec.name, value);
      return value;
    },
  };

  /** A value that the graph renews with every step; `next` tells how. */
  carry(name: string, shape: readonly number[], start: number, next: (value: Value) => Value): Value {
    const value = this.#graph.input(name, 'float32', shape);
    this.#starts.set(name, start);
    this.carried.push({ value, next: next(value) });
    return value;
  }

  /** First values by name: those given, the rest drawn in the order in which the model asked for them. */
  start(given: NamedTensors, random: Random): Map<string, ReturnType<typeof floatTensor>> {
    return new Map(
      [...this.specs.values()].map(({ name, shape, start }) => {
        const known = given.get(name);
        if (known) {
          if (known.data.length !== sizeOf(shape))
            throw new RangeError(`"${name}" is [${known.shape}] where the model takes [${shape}]`);
          return [name, known] as const;
        }
        const data = Float32Array.from({ length: sizeOf(shape) }, () =>
          typeof start === 'number' ? start : start.deviation * normal(random),
        );
        return [name, floatTensor(shape, data)] as const;
      }),
    );
  }

  carriedStart(): Map<string, ReturnType<typeof floatTensor>> {
    return new Map(
      this.carried.map(({ value }) => {
        const start = this.#starts.get(value.name)!;
        return [value.name, floatTensor(value.shape, new Float32Array(sizeOf(value.shape)).fill(start))] as const;
      }),
    );
  }
}
