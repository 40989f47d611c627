import type { Graph, Value } from './graph.ts';
import type { FloatTensor } from './tensor.ts';

/** A parameter that training moves: a float32 input of the graph, named as the parameter is. */
export interface TrainedParameter {
  readonly value: Value;
  /** Whether weight decay shrinks it. */
  readonly decays: boolean;
  /** Multiplies the learning rate of a step: layer-wise decay. At least 0. */
  readonly learningRateScale: number;
}

/** An input that the graph itself renews from step to step, without a gradient: running statistics. */
export interface CarriedValue {
  readonly value: Value;
  readonly next: Value;
}

/**
 * The forward half of a training step. Whatever else the graph has as inputs is fed with every step: pictures, targets,
 * masks.
 */
export interface TrainingGraph {
  readonly graph: Graph;
  /** One value. Divided by the number of micro-batches when gradients are accumulated. */
  readonly loss: Value;
  /** Further values that each step returns, by name. */
  readonly logged: Readonly<Record<string, Value>>;
  readonly trained: readonly TrainedParameter[];
  /** Inputs that hold still over the run: the weights of a frozen trunk. */
  readonly frozen: readonly Value[];
  /** By parameter name: inputs that hold the moving average of a trained parameter, as a target network reads it. */
  readonly averages: ReadonlyMap<string, Value>;
  readonly carried: readonly CarriedValue[];
}

/** Tensors by parameter name. */
export type NamedTensors = ReadonlyMap<string, FloatTensor>;

/** Everything that a training session holds between steps; enough to go on as if it had never stopped. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  readonly parameters: NamedTensors;
  /** Of the gradient: its moving mean and mean square (AdamW), or its momentum and nothing (SGD). */
  readonly first: NamedTensors;
  readonly second: NamedTensors;
  /** Moving average of the parameters; empty where none is kept. */
  readonly average: NamedTensors;
  readonly frozen: NamedTensors;
  readonly carried: NamedTensors;
}
