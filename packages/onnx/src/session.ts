import { env, InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { HeldTensor } from './held-tensor.ts';
import type { Tensor } from './tensor.ts';

// Errors come as exceptions; the runtime's own lines on stderr would reach the user beside them, without context.
env.logLevel = 'fatal';

export interface SessionOptions {
  /** Threads inside one operator. */
  readonly threads?: number;
  /** ONNX Runtime's name of the device; "cpu" where left out. */
  readonly provider?: 'cpu' | 'webgpu' | 'cuda';
  /** Where the runtime's profile goes, as the start of a file name; it is complete once the session is disposed. */
  readonly profile?: string;
  /** Outputs that stay on the device, for {@link Session.runHeld}; only WebGPU can keep them. */
  readonly held?: readonly string[];
}

/** A loaded ONNX model. Runs block the thread that calls them: a server puts a session in a worker. */
export class Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly #session: InferenceSession;
  readonly #profiles: boolean;

  private constructor(session: InferenceSession, profiles: boolean) {
    this.#session = session;
    this.#profiles = profiles;
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
  }

  static async create(
    model: Uint8Array,
    { threads = 2, provider = 'cpu', profile, held = [] }: SessionOptions = {},
  ): Promise<Session> {
    const session = await InferenceSession.create(model, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that wait sleep: on a machine that does other work too, spinning costs more than it gains.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // Planned memory keeps every value its own place for the whole run: twice what a training step holds at a time.
      enableMemPattern: false,
      // Errors come as exceptions; ONNX Runtime's own warnings on stderr would reach the user without context.
      logSeverityLevel: 3,
      ...(held.length > 0
        ? { preferredOutputLocation: Object.fromEntries(held.map((name) => [name, 'gpu-buffer' as const])) }
        : {}),
      ...(profile ? { enableProfiling: true, profileFilePrefix: profile } : {}),
    });
    return new Session(session, profile !== undefined);
  }

  /**
   * Runs the graph; returns the named outputs, or all of them. Data of the results belongs to the caller. An output that
   * `into` names is written into that tensor's memory, which must fit its type and shape.
   */
  async run(
    feeds: Readonly<Record<string, Tensor | HeldTensor>>,
    outputs: readonly string[] = this.outputNames,
    into: Readonly<Record<string, Tensor>> = {},
  ): Promise<Record<string, Tensor>> {
    const runtimeFeeds: Record<string, RuntimeTensor> = {};
    for (const [name, tensor] of Object.entries(feeds)) runtimeFeeds[name] = runtimeTensor(tensor);
    const fetches: Record<string, RuntimeTensor | null> = {};
    for (const name of outputs) fetches[name] = into[name] ? runtimeTensor(into[name]) : null;
    const results = await this.#session.run(runtimeFeeds, fetches);
    return Object.fromEntries(
      outputs.map((name) => {
        const { type, data, dims } = results[name]!;
        return [name, { dtype: type, shape: dims, data } as Tensor];
      }),
    );
  }

  /** Runs the graph; what the options' `held` names stays on the device, and is the caller's to release. */
  async runHeld(feeds: Readonly<Record<string, Tensor | HeldTensor>>): Promise<HeldResults> {
    const runtimeFeeds: Record<string, RuntimeTensor> = {};
    for (const [name, tensor] of Object.entries(feeds)) runtimeFeeds[name] = runtimeTensor(tensor);
    const results = await this.#session.run(runtimeFeeds);
    const tensors: Record<string, Tensor> = {};
    const held: Record<string, HeldTensor> = {};
    for (const [name, result] of Object.entries(results)) {
      if (result.location === 'gpu-buffer') held[name] = new HeldTensor(result);
      else tensors[name] = { dtype: result.type, shape: result.dims, data: result.data } as Tensor;
    }
    return { tensors, held };
  }

  async dispose(): Promise<void> {
    if (this.#profiles) this.#session.endProfiling();
    await this.#session.release();
  }
}

export interface HeldResults {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly held: Readonly<Record<string, HeldTensor>>;
}

function runtimeTensor(tensor: Tensor | HeldTensor): RuntimeTensor {
  if (tensor instanceof HeldTensor) return tensor.runtime;
  return new RuntimeTensor(tensor.dtype, tensor.data, tensor.shape);
}
