import type { StoredPixels } from '../stored-frame.ts';

export interface PlainLayout {
  readonly bitsAllocated: 1 | 8 | 16 | 32 | 64;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly float: boolean;
}

/**
 * Turns plain bytes into stored values: byte order, bits of one-bit pictures, unused bits cut off and the sign extended.
 * `firstBit` is where the frame starts in `bytes` (frames of one-bit pictures need not start at a byte).
 */
export function plainValues(
  bytes: Uint8Array,
  firstBit: number,
  count: number,
  layout: PlainLayout,
  bigEndian: boolean,
): StoredPixels {
  if (layout.bitsAllocated === 1) return bitValues(bytes, firstBit, count);
  const width = layout.bitsAllocated / 8;
  const start = firstBit / 8;
  const raw = bytes.slice(start, start + count * width);
  if (bigEndian && width > 1) reverseBytes(raw, width);
  return withSign(typed(raw.buffer, layout, count), layout);
}

function typed(buffer: ArrayBuffer, layout: PlainLayout, count: number): StoredPixels {
  switch (layout.bitsAllocated) {
    case 64:
      return new Float64Array(buffer, 0, count);
    case 32:
      if (layout.float) return new Float32Array(buffer, 0, count);
      return layout.signed ? new Int32Array(buffer, 0, count) : new Uint32Array(buffer, 0, count);
    case 16:
      return layout.signed ? new Int16Array(buffer, 0, count) : new Uint16Array(buffer, 0, count);
    default:
      return layout.signed ? new Int8Array(buffer, 0, count) : new Uint8Array(buffer, 0, count);
  }
}

/** Cuts off bits outside the stored ones (overlays, rubbish) and extends the sign, in place. */
export function withSign(values: StoredPixels, layout: PlainLayout): StoredPixels {
  const unused = layout.bitsAllocated - layout.bitsStored;
  if (layout.float || unused === 0) return values;
  const down = layout.highBit + 1 - layout.bitsStored;
  const left = 32 - layout.bitsStored - down;
  const right = 32 - layout.bitsStored;
  if (left < 0) return values;
  if (layout.signed)
    for (let index = 0; index < values.length; index++) values[index] = (values[index]! << left) >> right;
  else for (let index = 0; index < values.length; index++) values[index] = (values[index]! << left) >>> right;
  return values;
}

function bitValues(bytes: Uint8Array, firstBit: number, count: number): Uint8Array {
  const values = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const bit = firstBit + index;
    values[index] = (bytes[bit >> 3]! >> (bit & 7)) & 1;
  }
  return values;
}

function reverseBytes(bytes: Uint8Array, width: number): void {
  for (let at = 0; at + width <= bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
