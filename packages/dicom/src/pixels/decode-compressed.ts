import type { PixelPacking } from '../dataset/transfer-syntax.ts';
import type { StoredFrame, StoredPixels } from '../stored-frame.ts';
import { interleaved } from './colour.ts';
import { jpegProcessOf } from './jpeg-process.ts';
import type { PixelDescription } from './pixel-description.ts';
import { storedFrame } from './stored-frame-of-values.ts';
import { type Decoded, wasmCodec } from './wasm-codec.ts';

const jpeg2000 = wasmCodec(() => import('@cornerstonejs/codec-openjpeg/decodewasmjs'), 'J2KDecoder');
const jpegLs = wasmCodec(() => import('@cornerstonejs/codec-charls/decodewasmjs'), 'JpegLSDecoder');
/** 8-bit JPEG, baseline and progressive; colour comes as RGB. */
export const jpeg8 = wasmCodec(() => import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'), 'JPEGDecoder');

/** Decodes one compressed frame. Throws what the codec throws; the caller names the file. */
export async function decodeCompressed(
  encoded: Uint8Array,
  packing: PixelPacking,
  transferSyntax: string,
  description: PixelDescription,
): Promise<StoredFrame> {
  switch (packing) {
    case 'jpeg':
    case 'jpeg-lossless': {
      // The process in the stream counts, not the syntax in the header: exporters mix them up.
      const process = jpegProcessOf(encoded);
      if (process?.lossless) return lossless(encoded, description);
      if (process && process.precision > 8) throw new RangeError('12 bits');
      return ofCodec(await jpeg8(encoded), { ...description, photometric: rgbOf(description) });
    }
    case 'jpeg-ls':
      return ofCodec(await jpegLs(encoded), description);
    case 'jpeg-2000':
      return ofCodec(await jpeg2000(encoded), { ...description, photometric: rgbOf(description) });
    default:
      throw new RangeError(`No decoder for ${transferSyntax}`);
  }
}

// libjpeg and openjpeg hand out RGB whatever the header calls the stored colours.
const rgbOf = (description: PixelDescription): string => (description.samples === 3 ? 'RGB' : description.photometric);

async function lossless(encoded: Uint8Array, description: PixelDescription): Promise<StoredFrame> {
  const { Decoder } = await import('jpeg-lossless-decoder-js');
  const decoder = new Decoder();
  const copy = encoded.slice();
  const out = decoder.decode(copy.buffer, 0, copy.length, description.bitsAllocated > 8 ? 2 : 1);
  const raw = ArrayBuffer.isView(out)
    ? new Uint8Array(out.buffer, out.byteOffset, out.byteLength)
    : new Uint8Array(out);
  return ofCodec(
    {
      width: decoder.xDim,
      height: decoder.yDim,
      bitsPerSample: decoder.numBytes * 8,
      componentCount: decoder.numComp,
      bytes: raw,
      planar: false,
    },
    description,
  );
}

function ofCodec(decoded: Decoded, description: PixelDescription): StoredFrame {
  const { rows, columns, samples } = description;
  if (decoded.width !== columns || decoded.height !== rows || decoded.componentCount !== samples)
    throw new RangeError('The compressed picture has another size than the header');
  const count = rows * columns * samples;
  const wide = decoded.bytes.length >= count * 2;
  const bytes = decoded.bytes;
  let values: StoredPixels = wide
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, count)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, count);
  if (decoded.planar) values = interleaved(values as Uint8Array | Uint16Array);
  return storedFrame(description, signed(values, description), false);
}

// A codestream may be unsigned where the header says signed: the sign is in the highest stored bit, and is extended.
function signed(values: StoredPixels, description: PixelDescription): StoredPixels {
  if (!description.signed) return values;
  const shift = 32 - description.bitsStored;
  const out = description.bitsAllocated > 8 ? new Int16Array(values.length) : new Int8Array(values.length);
  for (let index = 0; index < values.length; index++) out[index] = (values[index]! << shift) >> shift;
  return out;
}
