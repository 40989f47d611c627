/** A picture of float values, row-major. */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export const plane = (rows: number, columns: number): Plane => ({
  rows,
  columns,
  values: new Float32Array(rows * columns),
});

/** The value at (x, y), pixel centres at half-integers, bilinear; beyond the edge the nearest pixel. */
export function sample({ rows, columns, values }: Plane, x: number, y: number): number {
  const cx = Math.min(columns - 1, Math.max(0, x - 0.5));
  const cy = Math.min(rows - 1, Math.max(0, y - 0.5));
  const x0 = Math.min(Math.max(columns - 2, 0), Math.floor(cx));
  const y0 = Math.min(Math.max(rows - 2, 0), Math.floor(cy));
  const fx = cx - x0;
  const fy = cy - y0;
  const at = y0 * columns + x0;
  const right = columns > 1 ? 1 : 0;
  const below = rows > 1 ? columns : 0;
  const top = values[at]! * (1 - fx) + values[at + right]! * fx;
  const bottom = values[at + below]! * (1 - fx) + values[at + below + right]! * fx;
  return top * (1 - fy) + bottom * fy;
}

/**
 * Gaussian blur with standard deviation `sigma` in pixels, by three box filters (Wells 1986), which cost the same for
 * every width. Edges continue the outermost value. Writes into `values` and returns the same plane.
 */
export function blur(picture: Plane, sigma: number): Plane {
  if (sigma > 0) for (const radius of boxRadii(sigma)) boxMean(picture, radius);
  return picture;
}

/** The mean over a square window of 2 · `radius` + 1 pixels, in place; edges continue the outermost value. */
export function boxMean(picture: Plane, radius: number): Plane {
  if (radius === 0) return picture;
  const { rows, columns, values } = picture;
  const line = new Float32Array(columns);
  const share = 1 / (2 * radius + 1);
  for (let row = 0; row < rows; row++) boxLine(values, row * columns, columns, radius, share, line);
  // Down the columns all sums run side by side, so that memory is read in its order.
  const sums = new Float32Array(columns);
  const source = values.slice();
  const rowAt = (row: number): number => Math.min(rows - 1, Math.max(0, row)) * columns;
  for (let row = -radius - 1; row < radius; row++) {
    const at = rowAt(row);
    for (let column = 0; column < columns; column++) sums[column]! += source[at + column]!;
  }
  for (let row = 0; row < rows; row++) {
    const entering = rowAt(row + radius);
    const leaving = rowAt(row - radius - 1);
    const target = row * columns;
    for (let column = 0; column < columns; column++) {
      const sum = sums[column]! + source[entering + column]! - source[leaving + column]!;
      sums[column] = sum;
      values[target + column] = sum * share;
    }
  }
  return picture;
}

/** The mean over `factor` × `factor` blocks; what does not fill a block at the right and lower edge is dropped. */
export function shrink({ rows, columns, values }: Plane, factor: number): Plane {
  const small = plane(Math.floor(rows / factor), Math.floor(columns / factor));
  const share = 1 / (factor * factor);
  for (let row = 0; row < small.rows * factor; row++) {
    const target = Math.floor(row / factor) * small.columns;
    for (let column = 0; column < small.columns * factor; column++)
      small.values[target + Math.floor(column / factor)]! += share * values[row * columns + column]!;
  }
  return small;
}

/** A part of a picture. */
export function cut({ columns: all, values }: Plane, left: number, top: number, columns: number, rows: number): Plane {
  const part = plane(rows, columns);
  for (let row = 0; row < rows; row++)
    part.values.set(values.subarray((top + row) * all + left, (top + row) * all + left + columns), row * columns);
  return part;
}

/** The same picture with another number of rows and columns, bilinear. */
export function stretched(picture: Plane, rows: number, columns = picture.columns): Plane {
  const target = plane(rows, columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      target.values[row * columns + column] = sample(
        picture,
        ((column + 0.5) * picture.columns) / columns,
        ((row + 0.5) * picture.rows) / rows,
      );
  return target;
}

function boxRadii(sigma: number): readonly number[] {
  const ideal = Math.sqrt(4 * sigma * sigma + 1);
  let lower = Math.floor(ideal);
  if (lower % 2 === 0) lower--;
  const lowerPasses = Math.round((12 * sigma * sigma - 3 * lower * lower - 12 * lower - 9) / (-4 * lower - 4));
  return [0, 1, 2].map((pass) => ((pass < lowerPasses ? lower : lower + 2) - 1) / 2);
}

function boxLine(
  values: Float32Array,
  start: number,
  count: number,
  radius: number,
  share: number,
  line: Float32Array,
): void {
  for (let i = 0; i < count; i++) line[i] = values[start + i]!;
  const first = line[0]!;
  const last = line[count - 1]!;
  let sum = first * radius;
  for (let i = 0; i < radius; i++) sum += i < count ? line[i]! : last;
  for (let i = 0; i < count; i++) {
    sum += i + radius < count ? line[i + radius]! : last;
    values[start + i] = sum * share;
    sum -= i - radius < 0 ? first : line[i - radius]!;
  }
}
