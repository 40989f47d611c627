import { DeviceCarrier } from './device-carrier.ts';
import type { HeldTensor } from './held-tensor.ts';
import { renewed, slots, total } from './optimizer-graph.ts';
import type { Session, SessionOptions } from './session.ts';
import type { FloatTensor, Tensor } from './tensor.ts';
import { floatTensor } from './tensor.ts';
import type { NamedTensors } from './training-graph.ts';

type Held = Map<string, HeldTensor>;
const kinds = ['parameters', 'first', 'second', 'average', 'frozen', 'carried'] as const;
type Kind = (typeof kinds)[number];
const place = (kind: Kind, name: string): string => `${kind}/${name}`;
type HostState = Readonly<Record<Kind, NamedTensors>>;

/**
 * Parameters, moments, average and gradients in the memory of the device, from step to step: what crosses the bus in a
 * step is the batch, some scalars and the loss.
 */
export class DeviceMemory {
  readonly #held: Record<Kind, Held>;
  readonly #zeros: Held;
  #gradients: Held = new Map();
  readonly #averages: ReadonlyMap<string, string>;
  /** The first is for the state, the second for the zeros. */
  readonly #carriers: readonly DeviceCarrier[];

  private constructor(
    held: Record<Kind, Held>,
    zeros: Held,
    averages: ReadonlyMap<string, string>,
    carriers: readonly DeviceCarrier[],
  ) {
    this.#held = held;
    this.#zeros = zeros;
    this.#averages = averages;
    this.#carriers = carriers;
  }

  /**
   * Copies a state to the device.
   * @param averages by parameter, the graph's input that reads its moving average.
   * @param accumulates whether gradients of several micro-batches are added up.
   */
  static async create(
    state: HostState,
    averages: ReadonlyMap<string, string>,
    accumulates: boolean,
    options: SessionOptions,
  ): Promise<DeviceMemory> {
    const flat = new Map<string, FloatTensor>();
    for (const kind of kinds) for (const [name, tensor] of state[kind]) flat.set(place(kind, name), tensor);
    const carrier = new DeviceCarrier(flat, options);
    const uploaded = await carrier.upload(flat);
    const held = Object.fromEntries(
      kinds.map((kind) => [
        kind,
        new Map([...state[kind].keys()].map((name) => [name, uploaded.get(place(kind, name))!])),
      ]),
    ) as Record<Kind, Held>;
    if (!accumulates) return new DeviceMemory(held, new Map(), averages, [carrier]);
    const zeros = new Map([...state.parameters].map(([name, { shape }]) => [name, floatTensor(shape)]));
    const ofZeros = new DeviceCarrier(zeros, options);
    return new DeviceMemory(held, await ofZeros.upload(zeros), averages, [carrier, ofZeros]);
  }

  /** What the two sessions of a training must leave on the device. */
  static readonly heldGradients = (trained: Iterable<string>, carried: Iterable<string>): string[] => [
    ...[...trained].map(slots.gradient),
    ...[...carried].map(renewed),
  ];
  static readonly heldState = (outputs: readonly string[]): string[] =>
    outputs.filter((name) => name !== 'gradientNorm');

  /** Runs one micro-batch and adds its gradients to those before; returns the loss and what is logged. */
  async addGradients(session: Session, batch: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const { parameters, frozen, carried, average } = this.#held;
    const feeds: Record<string, Tensor | HeldTensor> = { ...batch };
    for (const held of [parameters, frozen, carried]) for (const [name, tensor] of held) feeds[name] = tensor;
    for (const [name, input] of this.#averages) feeds[input] = average.get(name)!;
    for (const [name, zero] of this.#zeros) feeds[total(name)] = this.#gradients.get(name) ?? zero;
    const { tensors, held } = await session.runHeld(feeds);
    const before = this.#gradients;
    this.#gradients = new Map([...parameters.keys()].map((name) => [name, held[slots.gradient(name)]!]));
    releaseAll(before);
    for (const [name, old] of carried) {
      carried.set(name, held[renewed(name)]!);
      old.release();
    }
    return { ...tensors };
  }

  /** One step of the optimizer over the gradients that were added up; returns their norm before clipping. */
  async renew(session: Session, scalars: Readonly<Record<string, number>>): Promise<Tensor> {
    const feeds: Record<string, Tensor | HeldTensor> = {};
    for (const [name, value] of Object.entries(scalars)) feeds[name] = floatTensor([], [value]);
    for (const [name, tensor] of this.#gradients) feeds[slots.gradient(name)] = tensor;
    const { parameters, first, second, average } = this.#held;
    const places = [
      [slots.parameter, parameters],
      [slots.first, first],
      [slots.second, second],
      [slots.average, average],
    ] as const;
    for (const [slot, held] of places) for (const [name, tensor] of held) feeds[slot(name)] = tensor;
    const results = await session.runHeld(feeds);
    for (const [slot, held] of places)
      for (const [name, old] of held) {
        held.set(name, results.held[renewed(slot(name))]!);
        old.release();
      }
    releaseAll(this.#gradients);
    this.#gradients = new Map();
    return results.tensors.gradientNorm!;
  }

  /** A copy of everything in the memory of the processor. */
  async state(): Promise<HostState> {
    const flat: Held = new Map();
    for (const kind of kinds) for (const [name, tensor] of this.#held[kind]) flat.set(place(kind, name), tensor);
    const read = await this.#carriers[0]!.download(flat);
    const own = (kind: Kind): NamedTensors =>
      new Map([...this.#held[kind].keys()].map((name) => [name, read.get(place(kind, name))!]));
    return {
      parameters: own('parameters'),
      first: own('first'),
      second: own('second'),
      average: own('average'),
      frozen: own('frozen'),
      carried: own('carried'),
    };
  }

  /** Gives everything back; to be called before the sessions that made the tensors are disposed. */
  async dispose(): Promise<void> {
    for (const held of [...Object.values(this.#held), this.#zeros, this.#gradients]) releaseAll(held);
    for (const carrier of this.#carriers) await carrier.dispose();
  }
}

function releaseAll(held: Held): void {
  for (const tensor of held.values()) tensor.release();
}
