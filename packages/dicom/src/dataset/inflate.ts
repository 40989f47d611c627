/** The inflated data would exceed the limit. */
export class InflateLimitError extends Error {
  constructor(limit: number) {
    super(`The inflated data exceeds ${limit} bytes`);
    this.name = 'InflateLimitError';
  }
}

/**
 * Inflates a raw deflate stream, stopping as soon as the output exceeds `limit` bytes, so that a small file cannot fill
 * the memory. Throws InflateLimitError, or TypeError when the stream is damaged or cut off.
 */
export async function inflateRaw(deflated: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // A padding byte after the stream makes the writer fail although all data came out, hence its errors are the reader's.
  const written = writer.write(new Uint8Array(deflated)).then(() => writer.close());
  written.catch(() => undefined);
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new InflateLimitError(limit);
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
