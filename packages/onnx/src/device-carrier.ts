import { encodeModel } from './encode.ts';
import { Graph } from './graph.ts';
import type { HeldTensor } from './held-tensor.ts';
import type { SessionOptions } from './session.ts';
import { Session } from './session.ts';
import type { FloatTensor } from './tensor.ts';
import type { NamedTensors } from './training-graph.ts';

/**
 * Copies tensors to the device and back. The runtime's binding for Node has no call for either (1.30.0: a tensor's
 * download is "not implemented" and ends the process), so a graph that hands its inputs on does it.
 *
 * The memory of a held tensor goes with the session that made it: a carrier lives as long as what it uploaded.
 */
export class DeviceCarrier {
  readonly #options: SessionOptions;
  /** Place of each tensor among the graph's inputs and outputs. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #model: Uint8Array;
  #up: Session | undefined;
  #down: Session | undefined;

  /** For tensors of these names and shapes. */
  constructor(tensors: NamedTensors, options: SessionOptions) {
    const { profile: _, held: __, ...others } = options;
    this.#options = others;
    this.#places = new Map([...tensors.keys()].map((name, place) => [name, place]));
    const g = new Graph();
    for (const [name, { shape }] of tensors) {
      const place = this.#places.get(name)!;
      g.output(output(place), g.input(input(place), 'float32', shape));
    }
    this.#model = encodeModel(g);
  }

  /** All of the tensors, on the device. */
  async upload(tensors: NamedTensors): Promise<Map<string, HeldTensor>> {
    const held = [...this.#places.values()].map(output);
    this.#up ??= await Session.create(this.#model, { ...this.#options, held });
    const results = await this.#up.runHeld(this.#feeds(tensors));
    return new Map([...this.#places].map(([name, place]) => [name, results.held[output(place)]!]));
  }

  /** Copies of all of them as they are now. */
  async download(tensors: ReadonlyMap<string, HeldTensor>): Promise<Map<string, FloatTensor>> {
    this.#down ??= await Session.create(this.#model, this.#options);
    const results = await this.#down.run(this.#feeds(tensors));
    return new Map([...this.#places].map(([name, place]) => [name, results[output(place)] as FloatTensor]));
  }

  async dispose(): Promise<void> {
    await this.#up?.dispose();
    await this.#down?.dispose();
  }

  #feeds<T extends FloatTensor | HeldTensor>(tensors: ReadonlyMap<string, T>): Record<string, T> {
    return Object.fromEntries([...tensors].map(([name, tensor]) => [input(this.#places.get(name)!), tensor]));
  }
}

const input = (place: number): string => `in-${place}`;
const output = (place: number): string => `out-${place}`;
