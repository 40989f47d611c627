import type { Atlas, View } from '@radiolect/findings';
import { siteOutline, views } from '@radiolect/findings';
import type { GridSize, ReadingGrid } from '../input/reading-grid.ts';
import { cellsInside } from '../input/reading-grid.ts';

/** Where the localiser looks: the first cell of a square of {@link placeSide} cells, of one view. */
export interface Place {
  /** 0 anterior, 1 posterior. */
  readonly view: number;
  readonly row: number;
  readonly column: number;
}

/** Cells along one side of a place: what is seen, and decided, in full resolution. */
export const placeSide = 32;
/** Cells from one place to the next: what lies near a place's edge is decided by its neighbour too. */
const stride = 24;
/** A warp is never exact: bone is looked for within this many cells of its outline. */
const reach = 6;

/** 1 on every cell of a site's outline or near one, by view. */
export function boneCells(atlas: Atlas, grid: ReadingGrid): readonly Uint8Array[] {
  return views.map((view) => {
    const near = new Uint8Array(grid.rows * grid.columns);
    for (const { site } of atlas.views[view].outlines)
      for (const cell of cellsInside(grid, siteOutline(atlas, view, site))) near[cell] = 1;
    return widened(near, grid, reach);
  });
}

/** Places in reading order that cover all bone of the given views, each cell at least once. */
export function coveringPlaces(bone: readonly Uint8Array[], grid: GridSize, seen: readonly View[]): Place[] {
  const starts = (length: number): number[] => {
    const last = length - placeSide;
    return Array.from({ length: Math.ceil(last / stride) + 1 }, (_, index) => Math.min(index * stride, last));
  };
  return views.flatMap((name, view) =>
    seen.includes(name)
      ? starts(grid.rows).flatMap((row) =>
          starts(grid.columns).flatMap((column): Place[] =>
            holds(bone[view]!, grid, row, column) ? [{ view, row, column }] : [],
          ),
        )
      : [],
  );
}

/** Whether the middle of a place, what no neighbour decides better, holds bone. */
function holds(bone: Uint8Array, { rows, columns }: GridSize, row: number, column: number): boolean {
  const rim = (placeSide - stride) / 2;
  // At the edge of the plane there is no neighbour.
  const top = row === 0 ? 0 : row + rim;
  const left = column === 0 ? 0 : column + rim;
  const bottom = row + placeSide === rows ? rows : row + placeSide - rim;
  const right = column + placeSide === columns ? columns : column + placeSide - rim;
  for (let r = top; r < bottom; r++) for (let c = left; c < right; c++) if (bone[r * columns + c]) return true;
  return false;
}

function widened(cells: Uint8Array, { rows, columns }: GridSize, by: number): Uint8Array {
  const wide = new Uint8Array(cells.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (cells[row * columns + column])
        for (let r = Math.max(row - by, 0); r <= Math.min(row + by, rows - 1); r++)
          wide.fill(1, r * columns + Math.max(column - by, 0), r * columns + Math.min(column + by, columns - 1) + 1);
  return wide;
}
