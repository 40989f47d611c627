/** Bounds that keep one file from filling the memory. */
export interface ReadLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes that a deflated data set may grow to. */
  readonly inflatedBytes: number;
  /** Pixels of one PNG or JPEG. */
  readonly picturePixels: number;
}

export const defaultReadLimits: ReadLimits = {
  fileBytes: 2 ** 30,
  inflatedBytes: 2 ** 29,
  picturePixels: 2 ** 26,
};
