import { Worker } from 'node:worker_threads';
import type { SessionOptions } from './session.ts';
import type { Tensor } from './tensor.ts';
import type { StepRates, TrainingEngine, TrainingParts } from './training-engine.ts';
import type { TrainingState } from './training-graph.ts';

/** What the thread is asked for. Everything is copied on the way, so a caller may use its tensors again. */
export type ThreadRequest =
  | { readonly what: 'create'; readonly parts: TrainingParts; readonly options: SessionOptions }
  | {
      readonly what: 'step';
      readonly microBatches: readonly Readonly<Record<string, Tensor>>[];
      readonly rates: StepRates;
    }
  | { readonly what: 'state' }
  | { readonly what: 'dispose' };

export interface ThreadAnswer {
  readonly result?: unknown;
  readonly error?: Error;
}

/** Trains in a thread of its own. Requests are answered in the order in which they were made. */
export class ThreadEngine implements TrainingEngine {
  readonly #worker: Worker;
  readonly #waiting: { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  #failure: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', ({ result, error }: ThreadAnswer) => {
      const { resolve, reject } = this.#waiting.shift()!;
      if (error) reject(error);
      else resolve(result);
    });
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', (code) => this.#fail(new Error(`the training thread ended with code ${code}`)));
  }

  static async create(parts: TrainingParts, options: SessionOptions): Promise<ThreadEngine> {
    const engine = new ThreadEngine(new Worker(new URL('./training-worker.mjs', import.meta.url)));
    try {
      await engine.#ask({ what: 'create', parts, options });
    } catch (error) {
      await engine.#worker.terminate();
      throw error;
    }
    return engine;
  }

  step(microBatches: readonly Readonly<Record<string, Tensor>>[], rates: StepRates): Promise<Record<string, Tensor>> {
    return this.#ask({ what: 'step', microBatches, rates }) as Promise<Record<string, Tensor>>;
  }

  state(): Promise<TrainingState> {
    return this.#ask({ what: 'state' }) as Promise<TrainingState>;
  }

  async dispose(): Promise<void> {
    if (this.#failure) return;
    await this.#ask({ what: 'dispose' });
    await this.#worker.terminate();
  }

  #ask(request: ThreadRequest): Promise<unknown> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#worker.postMessage(request);
      this.#waiting.push({ resolve, reject });
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
