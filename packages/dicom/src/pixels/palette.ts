import type { Header } from '../header.ts';
import type { StoredPixels } from '../stored-frame.ts';

/** One Palette Color Lookup Table (PS3.3 C.7.6.3.1.5 and .6): the first index that it maps, and its entries. */
interface Palette {
  readonly first: number;
  readonly bits: number;
  readonly entries: ArrayLike<number>;
}

/**
 * Brightness of palette indices, 8 or 16 bits as the tables are. Segmented tables are not read: then, and where tables
 * are missing, the indices themselves are handed out, as grey palettes are usually in rising order.
 */
export function paletteLuminance(indices: StoredPixels, header: Header): Uint8Array | Uint16Array {
  const tables = ['1', '2', '3'].map((channel) => palette(header, `0028110${channel}`, `0028120${channel}`));
  const [red, green, blue] = tables;
  if (!red || !green || !blue) return Uint16Array.from(indices);
  const out = red.bits > 8 ? new Uint16Array(indices.length) : new Uint8Array(indices.length);
  const at = (table: Palette, value: number): number =>
    table.entries[Math.max(0, Math.min(table.entries.length - 1, value - table.first))] ?? 0;
  for (let index = 0; index < indices.length; index++) {
    const value = indices[index]!;
    out[index] = Math.round(0.299 * at(red, value) + 0.587 * at(green, value) + 0.114 * at(blue, value));
  }
  return out;
}

function palette(header: Header, descriptorTag: string, dataTag: string): Palette | undefined {
  const [count, first = 0, bits = 16] = header.numbers(descriptorTag);
  const data = header.bytes(dataTag);
  if (count === undefined || !data) return undefined;
  const size = count === 0 ? 65_536 : count;
  if (data.length < size * 2) return data.length >= size ? { first, bits: 8, entries: data } : undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return { first, bits, entries: Uint16Array.from({ length: size }, (_, index) => view.getUint16(index * 2, true)) };
}
