/** Typed arrays that stored pixel values come in. Float32 and Float64 only from Float and Double Float Pixel Data. */
export type StoredPixels =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/**
 * One frame as stored in the file, decompressed. `pixels` is row-major, the samples of a pixel side by side
 * (rows × columns × samples). Colour is RGB (YBR converted); PALETTE COLOR stays indices, see `photometric`.
 */
export interface StoredFrame {
  readonly rows: number;
  readonly columns: number;
  readonly samples: 1 | 3;
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2' | 'RGB' | 'PALETTE COLOR';
  readonly pixels: StoredPixels;
}
