import { gunzipSync, gzipSync } from 'node:zlib';
import type { GreyImage } from '@radiolect/dicom';
import type { WindowHint } from '../store/records.ts';

/** Counts as the store keeps them: unsigned 16-bit. Negative values are 0; pictures beyond the range are scaled into it. */
export function toCounts(image: GreyImage): Uint16Array {
  const { pixels } = image;
  if (pixels instanceof Uint16Array) return pixels;
  let maximum = 0;
  for (const value of pixels) if (value > maximum) maximum = value;
  // Values that are fractions (a picture normalised to 1) would all become 0 or 1 without scaling.
  const scale = maximum > 65_535 || (maximum > 0 && maximum <= 1) ? 65_535 / maximum : 1;
  return Uint16Array.from(pixels, (value) => Math.round(Math.max(0, value) * scale));
}

/** Little-endian bytes, compressed: background is mostly zero. */
export const packCounts = (counts: Uint16Array): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(counts.length * 2));
  counts.forEach((value, index) => {
    bytes.setUint16(index * 2, value, true);
  });
  return gzipSync(new Uint8Array(bytes.buffer), { level: 6 });
};

/** The little-endian bytes again. */
export const countsBytes = (packed: Uint8Array): Uint8Array => new Uint8Array(gunzipSync(packed));

export function unpackCounts(packed: Uint8Array): Uint16Array {
  const bytes = countsBytes(packed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, index) => view.getUint16(index * 2, true));
}

/**
 * The opening window and the body's sum of counts. The body is what reaches a twentieth of the 99th percentile of all
 * pixels that hold a count; a window by the maximum would show a bladder and no bones.
 */
export function pictureFigures(counts: Uint16Array): { window: WindowHint; bodyCounts: number } {
  const histogram = histogramOf(counts);
  const floor = Math.max(1, Math.ceil(percentileOf(histogram, 1, 0.99) / 20));
  const percentile95 = percentileOf(histogram, floor, 0.95);
  let bodyCounts = 0;
  for (let value = floor; value < histogram.length; value++) bodyCounts += value * histogram[value]!;
  const maximum = histogram.findLastIndex((n) => n > 0);
  return {
    window: { lower: 0, upper: Math.max(1, 3 * percentile95), percentile95, maximum },
    bodyCounts,
  };
}

function histogramOf(counts: Uint16Array): Uint32Array {
  const histogram = new Uint32Array(65_536);
  for (const value of counts) histogram[value]!++;
  return histogram;
}

/** The value below which the given share of all pixels from `from` upwards lies. */
function percentileOf(histogram: Uint32Array, from: number, share: number): number {
  let total = 0;
  for (let value = from; value < histogram.length; value++) total += histogram[value]!;
  let seen = 0;
  for (let value = from; value < histogram.length; value++) {
    seen += histogram[value]!;
    if (seen >= share * total && seen > 0) return value;
  }
  return 0;
}
