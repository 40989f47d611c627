import type { FeatureTable } from './feature-table.ts';

const mostSweeps = 30;

/**
 * Singular values of a matrix, largest first: by rotations of its columns until they are orthogonal (one-sided Jacobi,
 * Hestenes 1958), which keeps the small ones accurate, as squaring the matrix would not.
 */
export function singularValues({ count, width, values }: FeatureTable): number[] {
  // The shorter side is rotated: N × D and D × N have the same singular values.
  const tall = count >= width;
  const length = tall ? count : width;
  const columns = Array.from({ length: tall ? width : count }, (_, column) =>
    Float64Array.from({ length }, (_, row) => values[tall ? row * width + column : column * width + row]!),
  );
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let rotated = false;
    for (let i = 0; i < columns.length - 1; i++)
      for (let j = i + 1; j < columns.length; j++) rotated = orthogonalise(columns[i]!, columns[j]!) || rotated;
    if (!rotated) break;
  }
  return columns
    .map((column) => Math.sqrt(column.reduce((sum, value) => sum + value * value, 0)))
    .sort((a, b) => b - a);
}

/** Turns two columns in their plane so that they stand upright on each other; false where they do already. */
function orthogonalise(a: Float64Array, b: Float64Array): boolean {
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let k = 0; k < a.length; k++) {
    aa += a[k]! * a[k]!;
    bb += b[k]! * b[k]!;
    ab += a[k]! * b[k]!;
  }
  if (Math.abs(ab) <= 1e-12 * Math.sqrt(aa * bb)) return false;
  const slope = (bb - aa) / (2 * ab);
  const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let k = 0; k < a.length; k++) {
    const x = a[k]!;
    const y = b[k]!;
    a[k] = cosine * x - sine * y;
    b[k] = sine * x + cosine * y;
  }
  return true;
}
