/** Features of N images, D numbers each, row-major. */
export interface FeatureTable {
  readonly count: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Throws a RangeError unless `values` fills N rows of D. */
export function featureTable(count: number, width: number, values: ArrayLike<number>): FeatureTable {
  if (values.length !== count * width)
    throw new RangeError(`${count} features of ${width} are ${count * width} values, got ${values.length}`);
  return { count, width, values: Float64Array.from(values) };
}

/** Each feature scaled to length 1; one of length 0 stays 0. */
export function normalised({ count, width, values }: FeatureTable): FeatureTable {
  const scaled = new Float64Array(values.length);
  for (let row = 0; row < count; row++) {
    const from = row * width;
    let squares = 0;
    for (let d = 0; d < width; d++) squares += values[from + d]! ** 2;
    const inverse = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = 0; d < width; d++) scaled[from + d] = values[from + d]! * inverse;
  }
  return { count, width, values: scaled };
}

/** Σ (aᵢ − bᵢ)² of row `i` of one table and row `j` of another of the same width. */
export function squaredDistance(a: FeatureTable, i: number, b: FeatureTable, j: number): number {
  let sum = 0;
  for (let d = 0; d < a.width; d++) sum += (a.values[i * a.width + d]! - b.values[j * b.width + d]!) ** 2;
  return sum;
}
