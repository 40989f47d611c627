import { DeviceMemory } from './device-memory.ts';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import type { Value } from './graph.ts';
import type { OptimizerSettings } from './optimizer-graph.ts';
import { optimizerGraph, renewed, slots, total } from './optimizer-graph.ts';
import type { SessionOptions } from './session.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor, sizeOf } from './tensor.ts';
import type { HostState, StepRates, TrainingEngine, TrainingParts } from './training-engine.ts';
import { LocalEngine } from './training-engine.ts';
import type { NamedTensors, TrainingGraph, TrainingState } from './training-graph.ts';
import { ThreadEngine } from './training-thread.ts';
import { webGpuForm } from './webgpu-form.ts';

export interface TrainingSettings {
  readonly optimizer: OptimizerSettings;
  /** Micro-batches whose gradients make one step of the optimizer; at least 1. */
  readonly microBatches: number;
  /** Whether a moving average of the parameters is kept. */
  readonly keepsAverage: boolean;
}

export interface TrainingOptions extends SessionOptions {
  /**
   * Steps run in a thread of their own, so that the caller prepares the next batch meanwhile. A batch is copied there.
   * Left out, a step blocks the caller's thread. Not with WebGPU, whose buffers belong to the thread that made them.
   */
  readonly overlapped?: boolean;
}

/**
 * Trains a graph, step by step. Parameters, moments, average and carried values live here between steps: on the CPU they
 * are renewed in place, and the same start, batches and thread count give the same bits; with WebGPU they stay in the
 * device's memory; with CUDA they are copied to and fro, since the runtime's binding keeps no output there.
 */
export class TrainingSession {
  readonly #engine: TrainingEngine;
  readonly #microBatches: number;

  private constructor(engine: TrainingEngine, microBatches: number) {
    this.#engine = engine;
    this.#microBatches = microBatches;
  }

  /**
   * Appends the backward pass to `graph` and loads it.
   *
   * A start whose `first`, `second` or `average` lacks a parameter begins with zeros there, and with the parameter
   * itself for the average. Frozen values may stand among the parameters.
   *
   * @throws RangeError where the start lacks a tensor or has one of another shape, where the graph reads an average that
   *   the settings do not keep, or where the number of micro-batches is below 1.
   */
  static async create(
    graph: TrainingGraph,
    settings: TrainingSettings,
    start: TrainingState,
    options: TrainingOptions = {},
  ): Promise<TrainingSession> {
    const { overlapped = false, ...sessionOptions } = options;
    const { microBatches, keepsAverage, optimizer } = settings;
    if (!Number.isInteger(microBatches) || microBatches < 1)
      throw new RangeError(`${microBatches} micro-batches; a step takes one or more`);
    if (graph.averages.size > 0 && !keepsAverage)
      throw new RangeError('the graph reads averages of its parameters, so the settings must keep them');
    const state = hostState(graph, settings, start);
    appendGradients(graph, microBatches);
    const optimizerOf = optimizerGraph(graph.trained, optimizer, keepsAverage);
    const onDevice = options.provider === 'webgpu';
    const parts: TrainingParts = {
      gradientModel: encodeModel(onDevice ? webGpuForm(graph.graph) : graph.graph),
      optimizerModel: encodeModel(optimizerOf),
      optimizer,
      microBatches,
      averages: new Map([...graph.averages].map(([name, { name: input }]) => [name, input] as const)),
      logged: ['loss', ...Object.keys(graph.logged)],
      step: start.step,
      state,
      held: {
        gradients: onDevice ? DeviceMemory.heldGradients(state.parameters.keys(), state.carried.keys()) : [],
        state: onDevice ? DeviceMemory.heldState([...optimizerOf.outputs.keys()]) : [],
      },
    };
    const Engine = overlapped && !onDevice ? ThreadEngine : LocalEngine;
    return new TrainingSession(await Engine.create(parts, sessionOptions), microBatches);
  }

  /**
   * One step of the optimizer. `microBatches` holds the feeds of each micro-batch, as many as the settings say.
   * Returns the loss and the graph's logged values (their mean over the micro-batches) and `gradientNorm`, the norm
   * over all gradients before clipping.
   */
  async step(
    microBatches: readonly Readonly<Record<string, Tensor>>[],
    rates: StepRates,
  ): Promise<Record<string, Tensor>> {
    if (microBatches.length !== this.#microBatches)
      throw new RangeError(`${microBatches.length} micro-batches; a step takes ${this.#microBatches}`);
    return this.#engine.step(microBatches, rates);
  }

  /** A copy of everything held, to go on from later. */
  state(): Promise<TrainingState> {
    return this.#engine.state();
  }

  dispose(): Promise<void> {
    return this.#engine.dispose();
  }
}

function hostState(graph: TrainingGraph, settings: TrainingSettings, start: TrainingState): HostState {
  const trained = graph.trained.map(({ value }) => value);
  const adamW = settings.optimizer.kind !== 'sgd';
  return {
    parameters: copies(trained, start.parameters, 'parameter'),
    first: copies(trained, start.first),
    second: copies(adamW ? trained : [], start.second),
    average: copies(settings.keepsAverage ? trained : [], new Map([...start.parameters, ...start.average])),
    frozen: copies(graph.frozen, start.frozen.size > 0 ? start.frozen : start.parameters, 'frozen parameter'),
    carried: copies(
      graph.carried.map(({ value }) => value),
      start.carried,
      'carried value',
    ),
  };
}

/** Outputs: the loss, what is logged, each parameter's gradient added to its `total/` input, carried values. */
function appendGradients({ graph: g, loss, logged, trained, carried }: TrainingGraph, microBatches: number): void {
  g.output('loss', loss);
  for (const [name, value] of Object.entries(logged)) g.output(name, value);
  const gradients = differentiate(
    g,
    microBatches > 1 ? g.scale(loss, 1 / microBatches) : loss,
    trained.map(({ value }) => value),
  );
  trained.forEach(({ value: { name, shape } }, index) => {
    const gradient = gradients[index]!;
    const sum = microBatches > 1 ? g.add(g.input(total(name), 'float32', shape), gradient) : gradient;
    g.output(slots.gradient(name), sum);
  });
  for (const { value, next } of carried) g.output(renewed(value.name), next);
}

/** A tensor of its own for each value: from `given`, else zeros, or an error where `kind` says what is missing. */
function copies(values: readonly Value[], given: NamedTensors, kind?: string): Map<string, FloatTensor> {
  return new Map(
    values.map(({ name, shape }) => {
      const tensor = given.get(name);
      if (!tensor && kind) throw new RangeError(`the start lacks the ${kind} "${name}" of [${shape}]`);
      if (tensor && tensor.data.length !== sizeOf(shape))
        throw new RangeError(`the start holds "${name}" as [${tensor.shape}] where the graph takes [${shape}]`);
      return [name, floatTensor(shape, tensor?.data)];
    }),
  );
}
