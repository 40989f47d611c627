import type { Plane } from '../input/plane.ts';
import { blur, boxMean, plane, sample } from '../input/plane.ts';

/** A displacement in pixels at every pixel of the fixed picture. */
export interface Field {
  readonly x: Plane;
  readonly y: Plane;
}

export interface DemonsOptions {
  readonly iterations: number;
  /** Half width of the square window of local correlation, pixels. */
  readonly window: number;
  /** Smoothing of each update and of the whole field, standard deviations in pixels. */
  readonly updateSmoothing: number;
  readonly fieldSmoothing: number;
  /** Longest update of one step, pixels. */
  readonly step: number;
}

/**
 * Deforms `moving` onto `fixed` by local normalised cross-correlation with Gaussian-smoothed updates (the demons scheme
 * of Thirion 1998 with the force of Cachier & Pennec 2000), so that gain and lesions matter little. Changes `field` in
 * place: fixed (x, y) lies at moving (x + field.x, y + field.y).
 */
export function demons(fixed: Plane, moving: Plane, field: Field, weight: Plane, options: DemonsOptions): void {
  const { rows, columns } = fixed;
  const size = rows * columns;
  const fixedMean = local(fixed.values, fixed, options.window);
  const fixedVariance = variance(fixed.values, fixedMean, fixed, options.window);
  const update: Field = { x: plane(rows, columns), y: plane(rows, columns) };
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    const warped = warpedBy(moving, field);
    const mean = local(warped.values, warped, options.window);
    const spread = variance(warped.values, mean, warped, options.window);
    const product = new Float32Array(size);
    for (let i = 0; i < size; i++) product[i] = (fixed.values[i]! - fixedMean[i]!) * (warped.values[i]! - mean[i]!);
    const covariance = local(product, fixed, options.window);
    let longest = 0;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const i = row * columns + column;
        const f = fixed.values[i]! - fixedMean[i]!;
        const m = warped.values[i]! - mean[i]!;
        const sff = fixedVariance[i]! + varianceFloor;
        const smm = spread[i]! + varianceFloor;
        const sfm = covariance[i]!;
        // ∂(sfm² / (sff · smm)) / ∂m, with the local means held
        const slope = ((2 * sfm) / (sff * smm)) * (f - (sfm / smm) * m) * (sfm > 0 ? 1 : 0) * weight.values[i]!;
        const left = warped.values[column > 0 ? i - 1 : i]!;
        const right = warped.values[column < columns - 1 ? i + 1 : i]!;
        const above = warped.values[row > 0 ? i - columns : i]!;
        const below = warped.values[row < rows - 1 ? i + columns : i]!;
        update.x.values[i] = slope * (right - left) * 0.5;
        update.y.values[i] = slope * (below - above) * 0.5;
      }
    blur(update.x, options.updateSmoothing);
    blur(update.y, options.updateSmoothing);
    for (let i = 0; i < size; i++) longest = Math.max(longest, Math.hypot(update.x.values[i]!, update.y.values[i]!));
    if (longest === 0) return;
    const gain = options.step / longest;
    for (let i = 0; i < size; i++) {
      field.x.values[i]! += gain * update.x.values[i]!;
      field.y.values[i]! += gain * update.y.values[i]!;
    }
    blur(field.x, options.fieldSmoothing);
    blur(field.y, options.fieldSmoothing);
  }
}

/** The moving picture seen on the fixed grid through a field. */
export function warpedBy(moving: Plane, field: Field): Plane {
  const { rows, columns } = field.x;
  const warped = plane(rows, columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      warped.values[i] = sample(moving, column + 0.5 + field.x.values[i]!, row + 0.5 + field.y.values[i]!);
    }
  return warped;
}

/** Mean local correlation coefficient of two pictures over a weight: 1 where they agree up to gain, 0 where they do not. */
export function localCorrelation(a: Plane, b: Plane, weight: Plane, window: number): number {
  const meanA = local(a.values, a, window);
  const meanB = local(b.values, b, window);
  const varianceA = variance(a.values, meanA, a, window);
  const varianceB = variance(b.values, meanB, b, window);
  const covariance = local(
    a.values.map((value, i) => (value - meanA[i]!) * (b.values[i]! - meanB[i]!)),
    a,
    window,
  );
  let sum = 0;
  let total = 0;
  for (let i = 0; i < covariance.length; i++) {
    const correlation = covariance[i]! / Math.sqrt((varianceA[i]! + varianceFloor) * (varianceB[i]! + varianceFloor));
    sum += weight.values[i]! * correlation;
    total += weight.values[i]!;
  }
  return sum / total;
}

/** Keeps flat places from dividing by nothing; pictures are scaled to a body mean near 1. */
const varianceFloor = 0.004;

function local(values: Float32Array, { rows, columns }: Plane, window: number): Float32Array {
  return boxMean({ rows, columns, values: values.slice() }, window).values;
}

function variance(values: Float32Array, mean: Float32Array, { rows, columns }: Plane, window: number): Float32Array {
  const squares = new Float32Array(values.length);
  for (let i = 0; i < squares.length; i++) squares[i] = (values[i]! - mean[i]!) ** 2;
  return boxMean({ rows, columns, values: squares }, window).values;
}
