import { parentPort } from 'node:worker_threads';
import { LocalEngine } from './training-engine.ts';
import type { ThreadAnswer, ThreadRequest } from './training-thread.ts';

// The other end of ThreadEngine: one engine, one request after the other.

let engine: LocalEngine | undefined;

async function answer(request: ThreadRequest): Promise<unknown> {
  switch (request.what) {
    case 'create':
      engine = await LocalEngine.create(request.parts, request.options);
      return undefined;
    case 'step':
      return engine!.step(request.microBatches, request.rates);
    case 'state':
      return engine!.state();
    case 'dispose':
      return engine!.dispose();
  }
}

let last = Promise.resolve();
parentPort!.on('message', (request: ThreadRequest) => {
  last = last.then(async () => {
    let message: ThreadAnswer;
    try {
      message = { result: await answer(request) };
    } catch (error) {
      message = { error: error as Error };
    }
    parentPort!.postMessage(message);
  });
});
