export interface JpegProcess {
  /** A lossless process (SOF3); else DCT, baseline or progressive. */
  readonly lossless: boolean;
  /** Bits a sample: 8 or 12 for DCT, 2 to 16 for lossless. */
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  /** Component identifiers as written; "RGB" in ASCII, or 1 2 3 for YCbCr. */
  readonly componentIds: readonly number[];
  /** Transform of the Adobe marker (0 RGB, 1 YCbCr), where there is one. */
  readonly adobeTransform?: number;
  readonly jfif: boolean;
}

/** Reads the frame header of a JPEG stream, or undefined when there is none. */
export function jpegProcessOf(jpeg: Uint8Array): JpegProcess | undefined {
  let at = 2;
  let adobeTransform: number | undefined;
  let jfif = false;
  while (at + 9 < jpeg.length) {
    if (jpeg[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = jpeg[at + 1]!;
    if (marker === 0xff || marker === 0x00 || (marker >= 0xd0 && marker <= 0xd9)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = jpeg[at + 2]! * 256 + jpeg[at + 3]!;
    if (marker === 0xee && length >= 14) adobeTransform = jpeg[at + 15];
    if (marker === 0xe0) jfif = true;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const components = jpeg[at + 9]!;
      return {
        lossless: marker === 0xc3 || marker === 0xc7,
        precision: jpeg[at + 4]!,
        rows: jpeg[at + 5]! * 256 + jpeg[at + 6]!,
        columns: jpeg[at + 7]! * 256 + jpeg[at + 8]!,
        components,
        componentIds: Array.from({ length: components }, (_, index) => jpeg[at + 10 + index * 3] ?? 0),
        ...(adobeTransform === undefined ? {} : { adobeTransform }),
        jfif,
      };
    }
    if (marker === 0xda) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/**
 * The stream with an Adobe marker that says "no colour transform", for colour that the DICOM header calls RGB: without
 * any marker libjpeg would take components 1, 2, 3 for YCbCr. A stream with a marker of its own is left as it is.
 */
export function withoutColourTransform(jpeg: Uint8Array, process: JpegProcess): Uint8Array {
  if (process.components !== 3 || process.jfif || process.adobeTransform !== undefined) return jpeg;
  const marker = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];
  const out = new Uint8Array(jpeg.length + marker.length);
  out.set(jpeg.subarray(0, 2));
  out.set(marker, 2);
  out.set(jpeg.subarray(2), 2 + marker.length);
  return out;
}
