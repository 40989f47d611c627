import type { Atlas, View, Warp } from '@radiolect/findings';
import { siteOutline, views } from '@radiolect/findings';
import type { StudyViews } from './input/model-input.ts';
import type { ReadingGrid } from './input/reading-grid.ts';
import { cellsInside, toGrid } from './input/reading-grid.ts';

/** Cells: single cells are noise, a lesion fills several. */
const smoothing = 1.2;

/** A site's evidence is looked for within this many cells of its outline; a warp is never exact. */
const reach = 5;

/**
 * Keeps the relevance (2, cells) on a site and close to it. What the model saw elsewhere it used for comparison: the
 * mirror site, the neighbours.
 */
export function nearSite(relevance: Float32Array, atlas: Atlas, site: string, grid: ReadingGrid): Float32Array {
  const cells = grid.rows * grid.columns;
  const kept = new Float32Array(relevance.length);
  views.forEach((view, v) => {
    for (const cell of cellsInside(grid, siteOutline(atlas, view, site))) {
      const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
      for (let r = Math.max(row - reach, 0); r <= Math.min(row + reach, grid.rows - 1); r++)
        for (let c = Math.max(column - reach, 0); c <= Math.min(column + reach, grid.columns - 1); c++) {
          const at = v * cells + r * grid.columns + c;
          kept[at] = relevance[at]!;
        }
    }
  });
  return kept;
}

/**
 * Carries a model's relevance (2, cells) from the reading grid into the pixels of each picture. Evidence against the
 * site is dropped, the rest smoothed and scaled by the site's probability. `positions` gives the atlas coordinates of
 * every pixel's centre.
 */
export function relevanceInPicture(
  relevance: Float32Array,
  probability: number,
  pictures: StudyViews,
  warps: Readonly<Partial<Record<View, Warp>>>,
  grid: ReadingGrid,
  positions: (warp: Warp, rows: number, columns: number) => Float32Array,
): Partial<Record<View, Float32Array>> {
  const cells = grid.rows * grid.columns;
  const maps: Partial<Record<View, Float32Array>> = {};
  views.forEach((view, v) => {
    const picture = pictures[view];
    const warp = warps[view];
    if (!picture || !warp) return;
    const evidence = smoothed(relevance.subarray(v * cells, (v + 1) * cells), grid);
    const places = positions(warp, picture.rows, picture.columns);
    const map = new Float32Array(picture.rows * picture.columns);
    for (let pixel = 0; pixel < map.length; pixel++) {
      const [x, y] = toGrid(grid, [places[2 * pixel]!, places[2 * pixel + 1]!]);
      map[pixel] = probability * Math.max(between(evidence, grid, x, y), 0);
    }
    maps[view] = map;
  });
  return maps;
}

/** Blurred over neighbouring cells. */
export function smoothed(
  values: Float32Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Float32Array {
  const side = Math.ceil(3 * smoothing);
  const kernel = Array.from({ length: 2 * side + 1 }, (_, i) => Math.exp(-((i - side) ** 2) / (2 * smoothing ** 2)));
  const sum = kernel.reduce((a, b) => a + b, 0);
  const pass = (from: Float32Array, down: boolean): Float32Array => {
    const to = new Float32Array(from.length);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let total = 0;
        for (let k = -side; k <= side; k++) {
          const r = down ? row + k : row;
          const c = down ? column : column + k;
          if (r >= 0 && c >= 0 && r < rows && c < columns) total += kernel[k + side]! * from[r * columns + c]!;
        }
        to[row * columns + column] = total / sum;
      }
    return to;
  };
  return pass(pass(values, true), false);
}

function between(values: Float32Array, { rows, columns }: ReadingGrid, x: number, y: number): number {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  if (left < 0 || top < 0 || left + 1 >= columns || top + 1 >= rows) return 0;
  const s = x - 0.5 - left;
  const t = y - 0.5 - top;
  const at = top * columns + left;
  return (
    (values[at]! * (1 - s) + values[at + 1]! * s) * (1 - t) +
    (values[at + columns]! * (1 - s) + values[at + columns + 1]! * s) * t
  );
}
