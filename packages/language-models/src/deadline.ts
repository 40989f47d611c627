/**
 * A signal that ends with the caller's, or after so many seconds with an error named "TimeoutError". Its timer holds it:
 * `AbortSignal.any` over `AbortSignal.timeout` may be collected as garbage in Node 20 while a request still waits for it,
 * and then never ends.
 */
export function deadline(seconds: number, signal?: AbortSignal | null): AbortSignal {
  const controller = new AbortController();
  const end = (reason: unknown): void => controller.abort(reason);
  const timer = setTimeout(
    () => end(new DOMException(`no answer within ${seconds} s`, 'TimeoutError')),
    seconds * 1000,
  );
  // A request that has its answer must not keep the process alive.
  timer.unref();
  if (signal?.aborted) end(signal.reason);
  else signal?.addEventListener('abort', () => end(signal.reason), { once: true, signal: controller.signal });
  controller.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return controller.signal;
}
