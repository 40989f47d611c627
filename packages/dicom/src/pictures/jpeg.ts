import { PictureError } from '../errors.ts';
import { type GreyImage, greyImage } from '../grey-image.ts';
import { jpeg8 } from '../pixels/decode-compressed.ts';
import { luminance } from '../pixels/grey-of-stored.ts';
import { jpegProcessOf } from '../pixels/jpeg-process.ts';

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Width and height that a JPEG claims, without decoding; undefined when it has no frame header. */
export function jpegSize(bytes: Uint8Array): { rows: number; columns: number } | undefined {
  const process = jpegProcessOf(bytes);
  return process ? { rows: process.rows, columns: process.columns } : undefined;
}

/** An 8-bit JPEG as grey values; colour becomes luminance. Throws PictureError when it does not decode. */
export async function decodeJpeg(bytes: Uint8Array): Promise<GreyImage> {
  const process = jpegProcessOf(bytes);
  if (!process) throw new PictureError('The JPEG is cut off before its picture starts');
  if (process.lossless || process.precision !== 8)
    throw new PictureError(`The JPEG has ${process.precision} bits a sample or is lossless; only 8-bit JPEG is read`);
  // The decoder fills the missing rest of a cut-off JPEG with grey, which would pass for uptake.
  if (!endsWithMark(bytes)) throw new PictureError('The JPEG is cut off');
  try {
    const { width, height, componentCount, bytes: samples } = await jpeg8(bytes);
    const pixels = componentCount === 3 ? luminance(samples) : samples.slice(0, width * height);
    return greyImage(height, width, pixels);
  } catch {
    throw new PictureError('The JPEG is damaged');
  }
}

// Some exporters pad the file after the end mark.
function endsWithMark(bytes: Uint8Array): boolean {
  let at = bytes.length - 1;
  while (at > 2 && (bytes[at] === 0 || bytes[at] === 0xff || bytes[at] === 0x0a || bytes[at] === 0x0d)) at--;
  return bytes[at] === 0xd9 && bytes[at - 1] === 0xff;
}
