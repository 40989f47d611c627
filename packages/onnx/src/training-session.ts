import { DeviceMemory } from './device-memory.ts';
import { differentiate } from './differentiate.ts';
import { encodeModel } from './encode.ts';
import type { Value } from './graph.ts';
import type { OptimizerSettings } from './optimizer-graph.ts';
import { optimizerGraph, renewed, slots, stepScalars, total } from './optimizer-graph.ts';
import type { SessionOptions } from './session.ts';
import { Session } from './session.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor, sizeOf } from './tensor.ts';
import type { NamedTensors, TrainingGraph, TrainingState } from './training-graph.ts';
import { webGpuForm } from './webgpu-form.ts';

export interface TrainingSettings {
  readonly optimizer: OptimizerSettings;
  /** Micro-batches whose gradients make one step of the optimizer; at least 1. */
  readonly microBatches: number;
  /** Whether a moving average of the parameters is kept. */
  readonly keepsAverage: boolean;
}

export interface StepRates {
  readonly learningRate: number;
  /** How far the average moves towards the new parameters: average += share · (new − average). 0 to 1. */
  readonly averageShare: number;
}

/**
 * Trains a graph, step by step. Parameters, moments, average and carried values live here between steps: on the CPU they
 * are renewed in place, and the same start, batches and thread count give the same bits; with WebGPU they stay in the
 * device's memory; with CUDA they are copied to and fro, since the runtime's binding keeps no output there.
 */
export class TrainingSession {
  readonly #graph: TrainingGraph;
  readonly #settings: TrainingSettings;
  readonly #gradientSession: Session;
  readonly #optimizerSession: Session;
  readonly #state: HostState;
  readonly #gradients: ReadonlyMap<string, FloatTensor>;
  readonly #logged: readonly string[];
  /** Holds the state instead of `#state`, where the device keeps it. */
  readonly #memory: DeviceMemory | undefined;
  #step: number;

  private constructor(
    graph: TrainingGraph,
    settings: TrainingSettings,
    start: TrainingState,
    gradientSession: Session,
    optimizerSession: Session,
    state: HostState,
    memory: DeviceMemory | undefined,
  ) {
    this.#graph = graph;
    this.#settings = settings;
    this.#gradientSession = gradientSession;
    this.#optimizerSession = optimizerSession;
    this.#logged = ['loss', ...Object.keys(graph.logged)];
    this.#step = start.step;
    this.#state = state;
    this.#memory = memory;
    this.#gradients = memory
      ? new Map()
      : copies(
          graph.trained.map(({ value }) => value),
          new Map(),
        );
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
    options: SessionOptions = {},
  ): Promise<TrainingSession> {
    const { microBatches, keepsAverage, optimizer } = settings;
    if (!Number.isInteger(microBatches) || microBatches < 1)
      throw new RangeError(`${microBatches} micro-batches; a step takes one or more`);
    if (graph.averages.size > 0 && !keepsAverage)
      throw new RangeError('the graph reads averages of its parameters, so the settings must keep them');
    const state = hostState(graph, settings, start);
    appendGradients(graph, microBatches);
    const optimizerOf = optimizerGraph(graph.trained, optimizer, keepsAverage);
    const held = options.provider === 'webgpu';
    const gradientHeld = held ? DeviceMemory.heldGradients(state.parameters.keys(), state.carried.keys()) : [];
    const optimizerHeld = held ? DeviceMemory.heldState([...optimizerOf.outputs.keys()]) : [];
    const gradientModel = encodeModel(held ? webGpuForm(graph.graph) : graph.graph);
    const gradientSession = await Session.create(gradientModel, { ...options, held: gradientHeld });
    const optimizerSession = await Session.create(encodeModel(optimizerOf), { ...options, held: optimizerHeld });
    const averages = new Map([...graph.averages].map(([name, { name: input }]) => [name, input] as const));
    const memory = held ? await DeviceMemory.create(state, averages, microBatches > 1, options) : undefined;
    const own = memory ? emptyState() : state;
    return new TrainingSession(graph, settings, start, gradientSession, optimizerSession, own, memory);
  }

  /**
   * One step of the optimizer. `microBatches` holds the feeds of each micro-batch, as many as the settings say.
   * Returns the loss and the graph's logged values (their mean over the micro-batches) and `gradientNorm`, the norm
   * over all gradients before clipping.
   */
  async step(
    microBatches: readonly Readonly<Record<string, Tensor>>[],
    { learningRate, averageShare }: StepRates,
  ): Promise<Record<string, Tensor>> {
    if (microBatches.length !== this.#settings.microBatches)
      throw new RangeError(`${microBatches.length} micro-batches; a step takes ${this.#settings.microBatches}`);
    if (microBatches.length > 1) for (const { data } of this.#gradients.values()) data.fill(0);
    const logs: Record<string, Tensor>[] = [];
    const step = this.#step + 1;
    const scalars = stepScalars(this.#settings.optimizer, step, learningRate, averageShare);
    const memory = this.#memory;
    for (const feeds of microBatches)
      logs.push(await (memory ? memory.addGradients(this.#gradientSession, feeds) : this.#addGradients(feeds)));
    const gradientNorm = await (memory ? memory.renew(this.#optimizerSession, scalars) : this.#renew(scalars));
    this.#step = step;
    return { ...means(this.#logged, logs), gradientNorm };
  }

  /** A copy of everything held, to go on from later. */
  async state(): Promise<TrainingState> {
    if (this.#memory) return { step: this.#step, ...(await this.#memory.state()) };
    const copy = (tensors: NamedTensors): NamedTensors =>
      new Map([...tensors].map(([name, { shape, data }]) => [name, floatTensor(shape, data)]));
    const { parameters, first, second, average, frozen, carried } = this.#state;
    return {
      step: this.#step,
      parameters: copy(parameters),
      first: copy(first),
      second: copy(second),
      average: copy(average),
      frozen: copy(frozen),
      carried: copy(carried),
    };
  }

  async dispose(): Promise<void> {
    await this.#memory?.dispose();
    await this.#gradientSession.dispose();
    await this.#optimizerSession.dispose();
  }

  /** Leaves the gradients of one micro-batch in `#gradients`, added to those before it. */
  async #addGradients(batch: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const { parameters, frozen, carried, average } = this.#state;
    const feeds: Record<string, Tensor> = { ...batch };
    for (const held of [parameters, frozen, carried]) for (const [name, tensor] of held) feeds[name] = tensor;
    for (const [name, value] of this.#graph.averages) feeds[value.name] = average.get(name)!;
    const into: Record<string, Tensor> = {};
    for (const [name, tensor] of this.#gradients) {
      feeds[total(name)] = tensor;
      into[slots.gradient(name)] = tensor;
    }
    const results = await this.#gradientSession.run(feeds, undefined, into);
    for (const name of carried.keys()) carried.set(name, results[renewed(name)] as FloatTensor);
    return results;
  }

  async #renew(scalars: Readonly<Record<string, number>>): Promise<Tensor> {
    const feeds: Record<string, Tensor> = {};
    const into: Record<string, Tensor> = {};
    for (const [name, value] of Object.entries(scalars)) feeds[name] = floatTensor([], [value]);
    for (const [name, tensor] of this.#gradients) feeds[slots.gradient(name)] = tensor;
    const { parameters, first, second, average } = this.#state;
    const held = [
      [slots.parameter, parameters],
      [slots.first, first],
      [slots.second, second],
      [slots.average, average],
    ] as const;
    for (const [slot, tensors] of held)
      for (const [name, tensor] of tensors) {
        feeds[slot(name)] = tensor;
        into[renewed(slot(name))] = tensor;
      }
    const { gradientNorm } = await this.#optimizerSession.run(feeds, undefined, into);
    return gradientNorm!;
  }
}

type HostState = { [K in keyof Omit<TrainingState, 'step'>]: Map<string, FloatTensor> };

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

const emptyState = (): HostState => ({
  parameters: new Map(),
  first: new Map(),
  second: new Map(),
  average: new Map(),
  frozen: new Map(),
  carried: new Map(),
});

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

/** Element by element, over the micro-batches; of values that are not float32, the last. */
function means(names: readonly string[], logs: readonly Readonly<Record<string, Tensor>>[]): Record<string, Tensor> {
  return Object.fromEntries(
    names.map((name) => {
      const last = logs.at(-1)![name]!;
      if (last.dtype !== 'float32' || logs.length === 1) return [name, last];
      const data = last.data.map((_, index) => {
        const sum = logs.reduce((running, log) => running + Number(log[name]!.data[index]), 0);
        return sum / logs.length;
      });
      return [name, floatTensor(last.shape, data)];
    }),
  );
}
