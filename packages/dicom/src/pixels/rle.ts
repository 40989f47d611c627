/**
 * Decodes one frame of DICOM RLE (PS3.5 annex G) to plain little-endian samples, colour side by side. Each segment holds
 * one byte of one sample, most significant byte first. Throws RangeError when the segments do not fit the picture.
 */
export function decodeRle(encoded: Uint8Array, pixels: number, samples: number, bytesPerSample: number): Uint8Array {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  if (encoded.length < 64) throw new RangeError('The RLE header is cut off');
  const segments = view.getUint32(0, true);
  if (segments !== samples * bytesPerSample)
    throw new RangeError(`${segments} RLE segments for ${samples} samples of ${bytesPerSample} bytes`);
  const out = new Uint8Array(pixels * samples * bytesPerSample);
  const stride = samples * bytesPerSample;
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + segment * 4, true);
    const end = segment + 1 < segments ? view.getUint32(8 + segment * 4, true) : encoded.length;
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    decodeSegment(encoded.subarray(start, end), out, sample * bytesPerSample + byte, stride, pixels);
  }
  return out;
}

function decodeSegment(source: Uint8Array, out: Uint8Array, first: number, stride: number, pixels: number): void {
  let written = 0;
  let at = 0;
  while (written < pixels && at < source.length) {
    const control = source[at++]!;
    if (control === 128) continue;
    if (control < 128) {
      const end = Math.min(control + 1, pixels - written, source.length - at);
      for (let index = 0; index < end; index++) out[first + (written + index) * stride] = source[at + index]!;
      written += end;
      at += control + 1;
    } else {
      const value = source[at++] ?? 0;
      const end = Math.min(257 - control, pixels - written);
      for (let index = 0; index < end; index++) out[first + (written + index) * stride] = value;
      written += end;
    }
  }
  if (written < pixels) throw new RangeError(`An RLE segment holds ${written} of ${pixels} values`);
}
