import type { Atlas, View } from '@radiolect/findings';
import { siteOutline, views } from '@radiolect/findings';
import type { ReadingGrid } from './reading-grid.ts';
import { cellsInside } from './reading-grid.ts';

/** One patch of the picture, placed on a site: the token the model reads. */
export interface SiteWindow {
  /** Index of the site in the label space. */
  readonly site: number;
  readonly view: View;
  /** First cell. */
  readonly row: number;
  readonly column: number;
}

/** How the picture is cut into tokens; everything is laid out over T windows of P = side² cells. */
export interface SiteWindows {
  readonly side: number;
  readonly windows: readonly SiteWindow[];
  /** (T): first cell of each window, in both views laid end to end. */
  readonly corners: Int32Array;
  /** (P): steps from a window's first cell to each of its cells. */
  readonly steps: Int32Array;
  /** (T, P): 1 inside the window's own site, falling to 0 two cells beyond its outline. */
  readonly own: Float32Array;
}

/**
 * Places windows on every site of both views so that no cell of a site lies more than `reach` rows or columns from a
 * window's centre: one for a vertebra, many along a femur. The windows of a site follow each other.
 */
export function siteWindows(
  atlas: Atlas,
  positions: readonly string[],
  grid: ReadingGrid,
  { side, reach }: { readonly side: number; readonly reach: number },
): SiteWindows {
  const windows: SiteWindow[] = [];
  const siteCells = new Map<string, readonly number[]>();
  positions.forEach((id, site) => {
    for (const view of views) {
      const cells = cellsInside(grid, siteOutline(atlas, view, id));
      siteCells.set(`${view} ${site}`, cells);
      for (const centre of cover(cells, grid.columns, reach))
        windows.push({
          site,
          view,
          // Moved inwards at the grid's edge, so that every window is whole.
          row: within(Math.floor(centre / grid.columns) - (side >> 1), grid.rows - side),
          column: within((centre % grid.columns) - (side >> 1), grid.columns - side),
        });
    }
  });
  const pixels = side * side;
  const steps = Int32Array.from({ length: pixels }, (_, at) => Math.floor(at / side) * grid.columns + (at % side));
  const own = new Float32Array(windows.length * pixels);
  const masks = new Map([...siteCells].map(([key, inside]) => [key, softMask(inside, grid)]));
  const corners = Int32Array.from(windows, ({ site, view, row, column }, window) => {
    const mask = masks.get(`${view} ${site}`)!;
    const corner = row * grid.columns + column;
    steps.forEach((step, pixel) => {
      own[window * pixels + pixel] = mask[corner + step]!;
    });
    return corner + (view === 'anterior' ? 0 : grid.rows * grid.columns);
  });
  return { side, windows, corners, steps, own };
}

const within = (value: number, largest: number): number => Math.min(Math.max(value, 0), largest);

/** Greedy cover: the middle cell first, then always the cell farthest from all centres, until none is beyond reach. */
function cover(cells: readonly number[], columns: number, reach: number): number[] {
  if (cells.length === 0) return [];
  const place = (cell: number): [number, number] => [Math.floor(cell / columns), cell % columns];
  const meanRow = cells.reduce((sum, cell) => sum + place(cell)[0], 0) / cells.length;
  const meanColumn = cells.reduce((sum, cell) => sum + place(cell)[1], 0) / cells.length;
  const distance = cells.map((cell) => Math.hypot(place(cell)[0] - meanRow, place(cell)[1] - meanColumn));
  const wide = Math.max(...distance) > reach;
  // A small site takes its middle; a long one starts from an end so that the centres spread evenly.
  let next = distance.indexOf(wide ? Math.max(...distance) : Math.min(...distance));
  const nearest = cells.map(() => Number.POSITIVE_INFINITY);
  const centres: number[] = [];
  for (;;) {
    const centre = cells[next]!;
    centres.push(centre);
    const [row, column] = place(centre);
    let farthest = 0;
    cells.forEach((cell, index) => {
      const [r, c] = place(cell);
      nearest[index] = Math.min(nearest[index]!, Math.max(Math.abs(r - row), Math.abs(c - column)));
      if (nearest[index]! > nearest[farthest]!) farthest = index;
    });
    if (nearest[farthest]! <= reach) return centres;
    next = farthest;
  }
}

/** 1 on the given cells, 2/3 and 1/3 one and two cells away: a warp is never exact. */
function softMask(inside: readonly number[], grid: ReadingGrid): Float32Array {
  const mask = new Float32Array(grid.rows * grid.columns);
  for (const cell of inside) {
    const row = Math.floor(cell / grid.columns);
    const column = cell % grid.columns;
    for (let i = -2; i <= 2; i++)
      for (let j = -2; j <= 2; j++) {
        const [r, c] = [row + i, column + j];
        if (r < 0 || c < 0 || r >= grid.rows || c >= grid.columns) continue;
        const away = Math.max(Math.abs(i), Math.abs(j));
        const at = r * grid.columns + c;
        mask[at] = Math.max(mask[at]!, 1 - away / 3);
      }
  }
  return mask;
}
