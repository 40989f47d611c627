import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Tensor } from './tensor.ts';

export interface SessionOptions {
  /** Threads inside one operator. */
  readonly threads?: number;
  /** ONNX Runtime's name of the device; "cpu" where left out. */
  readonly provider?: 'cpu' | 'webgpu' | 'cuda';
}

/** A loaded ONNX model. Runs block the thread that calls them: a server puts a session in a worker. */
export class Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
  }

  static async create(model: Uint8Array, { threads = 2, provider = 'cpu' }: SessionOptions = {}): Promise<Session> {
    const session = await InferenceSession.create(model, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that wait sleep: on a machine that does other work too, spinning costs more than it gains.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // Errors come as exceptions; ONNX Runtime's own warnings on stderr would reach the user without context.
      logSeverityLevel: 3,
    });
    return new Session(session);
  }

  /**
   * Runs the graph; returns the named outputs, or all of them. Data of the results belongs to the caller. An output that
   * `into` names is written into that tensor's memory, which must fit its type and shape.
   */
  async run(
    feeds: Readonly<Record<string, Tensor>>,
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

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

const runtimeTensor = ({ dtype, data, shape }: Tensor): RuntimeTensor => new RuntimeTensor(dtype, data, shape);
