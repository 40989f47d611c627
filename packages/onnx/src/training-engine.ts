import { DeviceMemory } from './device-memory.ts';
import type { OptimizerSettings } from './optimizer-graph.ts';
import { renewed, slots, stepScalars, total } from './optimizer-graph.ts';
import type { SessionOptions } from './session.ts';
import { Session } from './session.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor } from './tensor.ts';
import type { NamedTensors, TrainingState } from './training-graph.ts';

export type HostState = { [K in keyof Omit<TrainingState, 'step'>]: Map<string, FloatTensor> };

/** All that a training is made of, as plain data: it can be sent to a thread. */
export interface TrainingParts {
  readonly gradientModel: Uint8Array;
  readonly optimizerModel: Uint8Array;
  readonly optimizer: OptimizerSettings;
  readonly microBatches: number;
  /** By parameter: the input that reads its moving average. */
  readonly averages: ReadonlyMap<string, string>;
  /** Outputs that a step returns. */
  readonly logged: readonly string[];
  readonly step: number;
  /** Belongs to the engine from now on. */
  readonly state: HostState;
  /** Outputs that stay on the device; empty where state lies in the memory of the processor. */
  readonly held: { readonly gradients: readonly string[]; readonly state: readonly string[] };
}

export interface StepRates {
  readonly learningRate: number;
  /** How far the average moves towards the new parameters: average += share · (new − average). 0 to 1. */
  readonly averageShare: number;
}

/** Does the steps of a training and holds its state. */
export interface TrainingEngine {
  step(microBatches: readonly Readonly<Record<string, Tensor>>[], rates: StepRates): Promise<Record<string, Tensor>>;
  state(): Promise<TrainingState>;
  dispose(): Promise<void>;
}

/** Trains in the thread that calls it, and blocks it. */
export class LocalEngine implements TrainingEngine {
  readonly #parts: TrainingParts;
  readonly #gradientSession: Session;
  readonly #optimizerSession: Session;
  readonly #state: HostState;
  readonly #gradients: ReadonlyMap<string, FloatTensor>;
  /** Holds the state instead of `#state`, where the device keeps it. */
  readonly #memory: DeviceMemory | undefined;
  #step: number;

  private constructor(
    parts: TrainingParts,
    gradientSession: Session,
    optimizerSession: Session,
    memory: DeviceMemory | undefined,
  ) {
    this.#parts = parts;
    this.#gradientSession = gradientSession;
    this.#optimizerSession = optimizerSession;
    this.#step = parts.step;
    this.#state = memory ? emptyState() : parts.state;
    this.#memory = memory;
    this.#gradients = new Map(
      [...this.#state.parameters].map(([name, { shape }]) => [name, floatTensor(shape)] as const),
    );
  }

  static async create(parts: TrainingParts, options: SessionOptions): Promise<LocalEngine> {
    const { gradientModel, optimizerModel, state, averages, microBatches, held } = parts;
    const gradientSession = await Session.create(gradientModel, { ...options, held: held.gradients });
    const optimizerSession = await Session.create(optimizerModel, { ...options, held: held.state });
    const onDevice = held.gradients.length > 0;
    const memory = onDevice ? await DeviceMemory.create(state, averages, microBatches > 1, options) : undefined;
    return new LocalEngine(parts, gradientSession, optimizerSession, memory);
  }

  async step(
    microBatches: readonly Readonly<Record<string, Tensor>>[],
    { learningRate, averageShare }: StepRates,
  ): Promise<Record<string, Tensor>> {
    if (microBatches.length > 1) for (const { data } of this.#gradients.values()) data.fill(0);
    const logs: Record<string, Tensor>[] = [];
    const step = this.#step + 1;
    const scalars = stepScalars(this.#parts.optimizer, step, learningRate, averageShare);
    const memory = this.#memory;
    for (const feeds of microBatches)
      logs.push(await (memory ? memory.addGradients(this.#gradientSession, feeds) : this.#addGradients(feeds)));
    const gradientNorm = await (memory ? memory.renew(this.#optimizerSession, scalars) : this.#renew(scalars));
    this.#step = step;
    return { ...means(this.#parts.logged, logs), gradientNorm };
  }

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
    for (const [name, input] of this.#parts.averages) feeds[input] = average.get(name)!;
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

const emptyState = (): HostState => ({
  parameters: new Map(),
  first: new Map(),
  second: new Map(),
  average: new Map(),
  frozen: new Map(),
  carried: new Map(),
});

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
