/** Half of a normalised Gaussian kernel, centre first, cut at three standard deviations. */
function halfKernel(sigma: number): Float64Array {
  const radius = Math.max(1, Math.ceil(sigma * 3));
  const kernel = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, value, i) => total + (i === 0 ? value : 2 * value), 0);
  return kernel.map((value) => value / sum);
}

/** Separable Gaussian blur in place; nothing lies beyond the edges. `sigma` in pixels; below 0.2 it does nothing. */
export function blur(values: Float32Array, rows: number, columns: number, sigma: number): void {
  if (sigma < 0.2) return;
  const kernel = halfKernel(sigma);
  const radius = kernel.length - 1;
  // A margin of zeros on both sides spares every test for the edge in the inner loops.
  const line = new Float32Array(Math.max(rows, columns) + 2 * radius);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let empty = true;
    for (let column = 0; column < columns; column++) {
      const value = values[start + column]!;
      line[radius + column] = value;
      if (value !== 0) empty = false;
    }
    if (empty) continue;
    line.fill(0, radius + columns, 2 * radius + columns);
    for (let column = 0; column < columns; column++) {
      const centre = column + radius;
      let sum = line[centre]! * kernel[0]!;
      for (let k = 1; k <= radius; k++) sum += kernel[k]! * (line[centre - k]! + line[centre + k]!);
      values[start + column] = sum;
    }
  }
  // Columns are blurred by adding whole rows, which reads memory in order.
  const source = values.slice();
  for (let row = 0; row < rows; row++) {
    const target = row * columns;
    const middle = kernel[0]!;
    for (let column = 0; column < columns; column++) values[target + column] = source[target + column]! * middle;
    for (let k = 1; k <= radius; k++) {
      const weight = kernel[k]!;
      for (const other of [row - k, row + k]) {
        if (other < 0 || other >= rows) continue;
        const from = other * columns;
        for (let column = 0; column < columns; column++)
          values[target + column] = values[target + column]! + weight * source[from + column]!;
      }
    }
  }
}
