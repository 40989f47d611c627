/** Plane after plane (R…G…B…) to side by side (RGBRGB…). */
export function interleaved<T extends Uint8Array | Uint16Array | Uint32Array>(planes: T): T {
  const pixels = planes.length / 3;
  const out = planes.slice() as T;
  for (let index = 0; index < pixels; index++)
    for (let sample = 0; sample < 3; sample++) out[index * 3 + sample] = planes[sample * pixels + index]!;
  return out;
}

/** YBR_FULL to RGB in place, 8 bits a sample (PS3.3 C.7.6.3.1.2, the inverse of the ITU-R BT.601 matrix at full range). */
export function rgbOfYbrFull(samples: Uint8Array): Uint8Array {
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const y = samples[at]!;
    const b = samples[at + 1]! - 128;
    const r = samples[at + 2]! - 128;
    samples[at] = byte(y + 1.402 * r);
    samples[at + 1] = byte(y - 0.344136 * b - 0.714136 * r);
    samples[at + 2] = byte(y + 1.772 * b);
  }
  return samples;
}

/** YBR_FULL_422 as stored plainly (Y1 Y2 Cb Cr for two pixels) to YBR_FULL, three samples a pixel. */
export function ybrFullOf422(stored: Uint8Array): Uint8Array {
  const pairs = Math.floor(stored.length / 4);
  const out = new Uint8Array(pairs * 6);
  for (let pair = 0; pair < pairs; pair++) {
    const blue = stored[pair * 4 + 2]!;
    const red = stored[pair * 4 + 3]!;
    out.set([stored[pair * 4]!, blue, red, stored[pair * 4 + 1]!, blue, red], pair * 6);
  }
  return out;
}

const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
