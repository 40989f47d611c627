/** Typed arrays that hold the pixels of a grey picture. */
export type GreyPixels = Uint8Array | Uint16Array | Int16Array | Float32Array;

/**
 * One grey picture. `pixels` is row-major, `rows` × `columns` values. In a frame of a nuclear medicine study a value is a
 * count (or is proportional to one) and more uptake is a larger value, whatever the file's photometric interpretation.
 */
export interface GreyImage {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: GreyPixels;
  /** Millimetres between the centres of neighbouring rows, then of neighbouring columns. */
  readonly pixelSpacing?: readonly [betweenRowsMm: number, betweenColumnsMm: number];
}

/** Makes a grey picture. Throws RangeError when the number of pixels is not `rows` × `columns`. */
export function greyImage(
  rows: number,
  columns: number,
  pixels: GreyPixels,
  pixelSpacing?: readonly [number, number],
): GreyImage {
  if (pixels.length !== rows * columns)
    throw new RangeError(`A picture of ${rows} × ${columns} needs ${rows * columns} pixels, not ${pixels.length}`);
  return pixelSpacing ? { rows, columns, pixels, pixelSpacing } : { rows, columns, pixels };
}

/** Smallest and largest value. An empty picture gives [0, 0]. */
export function valueRange(pixels: ArrayLike<number>): [smallest: number, largest: number] {
  let smallest = pixels[0] ?? 0;
  let largest = smallest;
  for (let index = 1; index < pixels.length; index++) {
    const value = pixels[index]!;
    if (value < smallest) smallest = value;
    else if (value > largest) largest = value;
  }
  return [smallest, largest];
}
