import { inflateRaw } from '../dataset/inflate.ts';
import type { Part10 } from '../dataset/part10.ts';
import { pixelPackingOf } from '../dataset/transfer-syntax.ts';
import { DicomPixelError } from '../errors.ts';
import type { StoredFrame } from '../stored-frame.ts';
import { ybrFullOf422 } from './colour.ts';
import { decodeCompressed } from './decode-compressed.ts';
import { encapsulatedFrame } from './fragments.ts';
import { type PixelDescription, plainFrameBits } from './pixel-description.ts';
import { plainValues } from './plain.ts';
import { decodeRle } from './rle.ts';
import { storedFrame } from './stored-frame-of-values.ts';

/**
 * The stored values of one frame, `index` from 0. Colour comes as RGB, side by side.
 * Throws DicomPixelError where the pixels are cut off, damaged or in a syntax without a decoder.
 */
export async function decodeStoredFrame(
  name: string,
  file: Part10,
  description: PixelDescription,
  index: number,
): Promise<StoredFrame> {
  const { pixels } = file;
  if (!pixels) throw pixelError(name, 'The object holds no pixels', 'Leave it out; it is no picture');
  const packing = pixelPackingOf(file.transferSyntax);
  if (!packing)
    throw new DicomPixelError(name, {
      code: 'transfer-syntax',
      rule: `The pixels are in transfer syntax ${file.transferSyntax}, for which there is no decoder here`,
      fix: 'Export the file with uncompressed pixels or as JPEG, JPEG-LS, JPEG 2000 or RLE',
    });
  const encapsulated = pixels.length === undefined && packing !== 'plain';
  try {
    if (!encapsulated) return plainFrame(file, description, index);
    const encoded = encapsulatedFrame(file.bytes, pixels.offset, description.frames, index);
    const { rows, columns, samples, bitsAllocated } = description;
    const count = rows * columns * samples;
    if (packing === 'rle') {
      // One-bit pixels are packed into bytes before they are run-length coded.
      const bytes =
        bitsAllocated === 1
          ? decodeRle(encoded, Math.ceil(count / 8), 1, 1)
          : decodeRle(encoded, rows * columns, samples, bitsAllocated / 8);
      return storedFrame(description, plainValues(bytes, 0, count, description, false), false);
    }
    if (packing === 'deflated-frames') {
      const size = Math.ceil((count * bitsAllocated) / 8);
      const bytes = await inflateRaw(encoded, size + 1);
      if (bytes.length < size) throw new RangeError('The deflated frame is too short');
      return storedFrame(description, plainValues(bytes, 0, count, description, false), description.planar);
    }
    return await decodeCompressed(encoded, packing, file.transferSyntax, description);
  } catch (error) {
    if (error instanceof DicomPixelError) throw error;
    throw pixelError(
      name,
      `The pixels of frame ${index + 1} cannot be decoded (${file.transferSyntax}): they are cut off or damaged`,
      'Copy the file again from its origin; if it stays so, export it uncompressed',
    );
  }
}

function plainFrame(file: Part10, description: PixelDescription, index: number): StoredFrame {
  const { rows, columns, samples } = description;
  const bits = plainFrameBits(description);
  const start = file.pixels!.offset * 8 + index * bits;
  if ((start + bits) / 8 > file.bytes.length) throw new RangeError('The pixels are cut off');
  if (description.photometric === 'YBR_FULL_422') {
    const stored = file.bytes.subarray(start / 8, (start + bits) / 8);
    return storedFrame({ ...description, photometric: 'YBR_FULL' }, ybrFullOf422(stored), false);
  }
  const values = plainValues(file.bytes, start, rows * columns * samples, description, file.bigEndian);
  return storedFrame(description, values, description.planar);
}

const pixelError = (name: string, rule: string, fix: string): DicomPixelError =>
  new DicomPixelError(name, { code: 'broken-pixels', rule, fix });
