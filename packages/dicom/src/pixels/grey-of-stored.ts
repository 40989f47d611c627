import type { GreyImage } from '../grey-image.ts';
import { greyImage } from '../grey-image.ts';
import type { Header } from '../header.ts';
import type { StoredFrame, StoredPixels } from '../stored-frame.ts';
import { paletteLuminance } from './palette.ts';

/**
 * Stored values to values with a meaning: colour and palette to luminance, MONOCHROME1 turned over, rescale applied.
 * `header` is that of the frame's object; per-frame rescale of enhanced objects is looked up for `frameIndex` (from 0).
 */
export function greyOfStored(stored: StoredFrame, header: Header, frameIndex: number): GreyImage {
  const spacing = pixelSpacing(header, frameIndex);
  const image = (pixels: GreyImage['pixels']): GreyImage => greyImage(stored.rows, stored.columns, pixels, spacing);
  if (stored.samples === 3) return image(luminance(stored.pixels));
  if (stored.photometric === 'PALETTE COLOR') return image(paletteLuminance(stored.pixels, header));
  const { slope, intercept } = rescale(header, frameIndex);
  if (stored.photometric === 'MONOCHROME1') {
    // Larger must be brighter: the values are mirrored within the range of the stored bits.
    const bits = header.number('00280101') ?? 8;
    const top = header.number('00280103') === 1 ? -1 : 2 ** bits - 1;
    return image(mapped(stored.pixels, (value) => top - value));
  }
  if (slope === 1 && intercept === 0) return image(narrow(stored.pixels));
  return image(mapped(stored.pixels, (value) => value * slope + intercept));
}

interface Rescale {
  slope: number;
  intercept: number;
}

function rescale(header: Header, frameIndex: number): Rescale {
  const own = functionalGroup(header, frameIndex, '00289145') ?? header;
  const slope = own.number('00281053') ?? 1;
  return { slope: slope === 0 ? 1 : slope, intercept: own.number('00281052') ?? 0 };
}

function pixelSpacing(header: Header, frameIndex: number): readonly [number, number] | undefined {
  const measures = functionalGroup(header, frameIndex, '00289110');
  for (const values of [measures?.numbers('00280030'), header.numbers('00280030'), header.numbers('00181164')]) {
    const [rows, columns] = values ?? [];
    if (rows && columns && rows > 0 && columns > 0) return [rows, columns];
  }
  return undefined;
}

/** The item of a functional group macro that holds for a frame: its own, else the shared one (enhanced objects). */
function functionalGroup(header: Header, frameIndex: number, sequence: string): Header | undefined {
  return header.items('52009230')[frameIndex]?.items(sequence)[0] ?? header.items('52009229')[0]?.items(sequence)[0];
}

function mapped(values: StoredPixels, map: (value: number) => number): GreyImage['pixels'] {
  const out = new Float32Array(values.length);
  let whole = true;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = map(values[index]!);
    out[index] = value;
    whole &&= Number.isInteger(value);
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  if (!whole || values.length === 0) return out;
  if (smallest >= 0 && largest <= 255) return Uint8Array.from(out);
  if (smallest >= 0 && largest <= 65_535) return Uint16Array.from(out);
  if (smallest >= -32_768 && largest <= 32_767) return Int16Array.from(out);
  return out;
}

const narrow = (values: StoredPixels): GreyImage['pixels'] =>
  values instanceof Uint8Array ||
  values instanceof Uint16Array ||
  values instanceof Int16Array ||
  values instanceof Float32Array
    ? values
    : mapped(values, (value) => value);

/** Brightness of RGB (ITU-R BT.601 weights), in the range of the samples. */
export function luminance(rgb: ArrayLike<number>): Uint8Array | Uint16Array {
  const count = Math.floor(rgb.length / 3);
  const out = rgb instanceof Uint8Array ? new Uint8Array(count) : new Uint16Array(count);
  for (let index = 0; index < count; index++)
    out[index] = Math.round(0.299 * rgb[index * 3]! + 0.587 * rgb[index * 3 + 1]! + 0.114 * rgb[index * 3 + 2]!);
  return out;
}
