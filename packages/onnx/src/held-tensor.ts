import type { Tensor as RuntimeTensor } from 'onnxruntime-node';

/**
 * A float32 tensor in the memory of the device where a run left it. Feeding it to a run copies nothing. It must be
 * released before the session that made it is disposed: its memory goes with that session.
 */
export class HeldTensor {
  readonly shape: readonly number[];
  /** ONNX Runtime's own handle, for `session.ts` alone. */
  readonly runtime: RuntimeTensor;
  constructor(runtime: RuntimeTensor) {
    this.runtime = runtime;
    this.shape = runtime.dims;
  }
  /** Gives its memory back; the tensor must not be used any more. */
  release(): void {
    this.runtime.dispose();
  }
}
