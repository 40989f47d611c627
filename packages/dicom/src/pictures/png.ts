import { convertIndexedToRgb, decode, encode, hasPngSignature } from 'fast-png';
import { PictureError } from '../errors.ts';
import { type GreyImage, greyImage, valueRange } from '../grey-image.ts';

export const isPng = (bytes: Uint8Array): boolean => bytes.length >= 8 && hasPngSignature(bytes);

/** Width and height that a PNG claims, read from its header without decoding; undefined when it is no PNG. */
export function pngSize(bytes: Uint8Array): { rows: number; columns: number } | undefined {
  if (!isPng(bytes) || bytes.length < 24) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { columns: view.getUint32(16), rows: view.getUint32(20) };
}

/**
 * A PNG as grey values of 8 or 16 bits; colour becomes luminance, transparency is ignored.
 * Throws PictureError when the bytes are not a whole PNG.
 */
export function decodePng(bytes: Uint8Array): GreyImage {
  try {
    const png = decode(bytes, { checkCrc: true });
    const { width, height, depth } = png;
    let { data, channels } = png;
    if (png.palette) {
      data = convertIndexedToRgb(png);
      channels = data.length / (width * height);
    } else if (depth < 8) {
      data = unpacked(data, width, height, depth);
    }
    const pixels = depth === 16 ? new Uint16Array(width * height) : new Uint8Array(width * height);
    for (let index = 0; index < pixels.length; index++) {
      const at = index * channels;
      pixels[index] =
        channels < 3 ? data[at]! : Math.round(0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
    }
    return greyImage(height, width, pixels);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError('The PNG is cut off or damaged');
  }
}

function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const out = new Uint8Array(width * height);
  const perRow = Math.ceil((width * depth) / 8);
  const top = 2 ** depth - 1;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const bit = column * depth;
      const value = (data[row * perRow + (bit >> 3)]! >> (8 - depth - (bit & 7))) & top;
      out[row * width + column] = Math.round((value * 255) / top);
    }
  return out;
}

/**
 * A grey picture as PNG: 8 bits for Uint8Array, 16 bits for Uint16Array, both without loss. Other values are stretched
 * from their smallest and largest to 16 bits.
 */
export function encodePng(image: GreyImage): Uint8Array {
  const { rows: height, columns: width, pixels } = image;
  if (pixels instanceof Uint8Array) return encode({ width, height, depth: 8, channels: 1, data: pixels });
  const data = pixels instanceof Uint16Array ? pixels : stretched(pixels);
  return encode({ width, height, depth: 16, channels: 1, data });
}

/** A colour picture of 8 bits as PNG: red, green and blue of each pixel, row by row. */
export function encodeColourPng(rows: number, columns: number, rgb: Uint8Array): Uint8Array {
  return encode({ width: columns, height: rows, depth: 8, channels: 3, data: rgb });
}

function stretched(pixels: Int16Array | Float32Array): Uint16Array {
  const [smallest, largest] = valueRange(pixels);
  const scale = largest > smallest ? 65_535 / (largest - smallest) : 0;
  return Uint16Array.from(pixels, (value) => Math.round((value - smallest) * scale));
}
