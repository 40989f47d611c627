import type { PixelPacking } from '../dataset/transfer-syntax.ts';
import type { StoredFrame, StoredPixels } from '../stored-frame.ts';
import { interleaved } from './colour.ts';
import { decodeJpegLossless } from './jpeg-lossless.ts';
import { jpegProcessOf, withoutColourTransform } from './jpeg-process.ts';
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
    case 'jpeg-lossless':
      return decodeJpegFrame(encoded, transferSyntax, description);
    case 'jpeg-ls':
      return ofCodec(await jpegLs(encoded), description);
    case 'jpeg-2000':
      return ofCodec(await jpeg2000(encoded), { ...description, photometric: rgbOf(description) });
    default:
      throw new RangeError(`No decoder for ${transferSyntax}`);
  }
}

// The process in the stream counts, not the syntax in the header: exporters mix them up.
async function decodeJpegFrame(
  encoded: Uint8Array,
  transferSyntax: string,
  description: PixelDescription,
): Promise<StoredFrame> {
  const process = jpegProcessOf(encoded);
  if (process?.lossless) {
    const { rows, columns, components, values } = decodeJpegLossless(encoded);
    fits(description, columns, rows, components);
    const narrow = description.bitsAllocated === 8 ? Uint8Array.from(values) : values;
    return storedFrame(description, signed(narrow, description), false);
  }
  if (process && process.precision > 8) {
    const { decodeWithItk } = await import('./itk-decoder.ts');
    return storedFrame(description, await decodeWithItk(encoded, transferSyntax, description), false);
  }
  const stream = description.photometric === 'RGB' && process ? withoutColourTransform(encoded, process) : encoded;
  return ofCodec(await jpeg8(stream), { ...description, photometric: rgbOf(description) });
}

// libjpeg and openjpeg hand out RGB whatever the header calls the stored colours.
const rgbOf = (description: PixelDescription): string => (description.samples === 3 ? 'RGB' : description.photometric);

function fits(description: PixelDescription, width: number, height: number, components: number): void {
  const { rows, columns, samples } = description;
  if (width !== columns || height !== rows || components !== samples)
    throw new RangeError('The compressed picture has another size than the header');
}

function ofCodec(decoded: Decoded, description: PixelDescription): StoredFrame {
  fits(description, decoded.width, decoded.height, decoded.componentCount);
  const count = description.rows * description.columns * description.samples;
  const wide = decoded.bytes.length >= count * 2;
  const { bytes } = decoded;
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
