import { views } from '@radiolect/findings';
import type { ModelInput } from './model-input.ts';
import type { ReadingGrid } from './reading-grid.ts';

/** What is normal at each cell: laid out (2 views, rows, columns), on the scale of {@link level}. */
export interface Normalisation {
  readonly mean: Float32Array;
  readonly inverseDeviation: Float32Array;
}

/** Counts are compressed to ln(1 + value · levelGain): lesions multiply what surrounds them. */
export const levelGain = 2;
export const level = (value: number): number => Math.log1p(levelGain * value);

/** Where studies hardly differ, noise must not be blown up. */
const smallestDeviation = 0.12;

/**
 * Mean and deviation of every cell over many studies, each also mirrored, so that left and right have one normal.
 * Deviations are smoothed over 5 × 5 cells, since a few hundred studies give each only roughly.
 */
export async function fitNormalisation(inputs: AsyncIterable<ModelInput>, grid: ReadingGrid): Promise<Normalisation> {
  const cells = grid.rows * grid.columns;
  const sum = new Float64Array(2 * cells);
  const squares = new Float64Array(2 * cells);
  const counts = [0, 0];
  for await (const input of inputs)
    views.forEach((view, v) => {
      const one = input[view];
      if (!one) return;
      counts[v]! += 1;
      for (let cell = 0; cell < cells; cell++) {
        const value = level(one.values[cell]!);
        sum[v * cells + cell]! += value;
        squares[v * cells + cell]! += value * value;
      }
    });
  const mean = new Float32Array(2 * cells);
  const variance = new Float32Array(2 * cells);
  views.forEach((_, v) => {
    const count = Math.max(counts[v]!, 1);
    for (let row = 0; row < grid.rows; row++)
      for (let column = 0; column < grid.columns; column++) {
        const at = v * cells + row * grid.columns + column;
        const mirrored = v * cells + row * grid.columns + (grid.columns - 1 - column);
        const average = (sum[at]! + sum[mirrored]!) / (2 * count);
        mean[at] = average;
        variance[at] = Math.max((squares[at]! + squares[mirrored]!) / (2 * count) - average * average, 0);
      }
  });
  const inverseDeviation = new Float32Array(2 * cells);
  for (let v = 0; v < 2; v++)
    for (let row = 0; row < grid.rows; row++)
      for (let column = 0; column < grid.columns; column++) {
        let total = 0;
        let count = 0;
        for (let r = Math.max(row - 2, 0); r <= Math.min(row + 2, grid.rows - 1); r++)
          for (let c = Math.max(column - 2, 0); c <= Math.min(column + 2, grid.columns - 1); c++) {
            total += variance[v * cells + r * grid.columns + c]!;
            count += 1;
          }
        const deviation = Math.max(Math.sqrt(total / count), smallestDeviation);
        inverseDeviation[v * cells + row * grid.columns + column] = 1 / deviation;
      }
  return { mean, inverseDeviation };
}
