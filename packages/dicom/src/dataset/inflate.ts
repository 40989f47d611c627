/** The inflated data would exceed the limit. */
export class InflateLimitError extends Error {
  constructor(limit: number) {
    super(`The inflated data exceeds ${limit} bytes`);
    this.name = 'InflateLimitError';
  }
}

/**
 * Inflates a raw deflate stream, stopping as soon as the output exceeds `limit` bytes, so that a small file cannot fill
 * the memory. A padding byte behind the stream is forgiven. Throws InflateLimitError, or RangeError when the stream is
 * damaged or cut off.
 */
export async function inflateRaw(deflated: Uint8Array, limit: number): Promise<Uint8Array> {
  const whole = await inflatedOrUndefined(deflated, limit);
  if (whole) return whole;
  // DICOM pads to an even length with a zero, which a strict reader takes for rubbish behind the stream.
  const unpadded = deflated.at(-1) === 0 ? await inflatedOrUndefined(deflated.subarray(0, -1), limit) : undefined;
  if (!unpadded) throw new RangeError('The deflate stream is damaged or cut off');
  return unpadded;
}

async function inflatedOrUndefined(deflated: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const writing = (async () => {
    await writer.write(new Uint8Array(deflated));
    await writer.close();
  })().catch(() => undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) throw new InflateLimitError(limit);
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof InflateLimitError) throw error;
    return undefined;
  }
  await writing;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
