import type { Atlas, Point, View } from '@radiolect/findings';
import { fillPolygon } from '@radiolect/findings';

/**
 * The lattice on which the model reads: `rows` × `columns` cells over the part of the atlas plane that the body fills,
 * the same for both views and symmetric about the midline, so that mirroring it mirrors the patient.
 */
export interface ReadingGrid extends Lattice {
  /** The cells inside the body, by view. */
  readonly body: Readonly<Record<View, readonly number[]>>;
}

/** Rows and columns of cells, and where they lie. */
export interface Lattice {
  readonly rows: number;
  readonly columns: number;
  /** Atlas coordinates of the grid's outer corner and the size of a cell, in atlas pixels. */
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Atlas pixels between the outermost outline and the edge of the grid. */
const margin = 10;

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** The size in which a data set keeps its prepared pictures. */
export const usualGrid: GridSize = { rows: 512, columns: 128 };

export function readingGrid(atlas: Atlas, rows = usualGrid.rows, columns = usualGrid.columns): ReadingGrid {
  return gridOfLattice(latticeOf(atlas, rows, columns), atlas);
}

/** The grid that a model was trained on, whatever the atlas has become since. */
export function gridOfLattice(lattice: Lattice, { views: { anterior, posterior } }: Atlas): ReadingGrid {
  return {
    ...lattice,
    body: { anterior: cellsInside(lattice, anterior.body), posterior: cellsInside(lattice, posterior.body) },
  };
}

function latticeOf(atlas: Atlas, rows: number, columns: number): Lattice {
  const points = Object.values(atlas.views).flatMap((view) =>
    view.outlines.flatMap((outline) => outline.polygons.flat()),
  );
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  let reach = 0;
  for (const [x, y] of points) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    reach = Math.max(reach, Math.abs(x - atlas.width / 2));
  }
  const half = Math.min(reach + margin, atlas.width / 2);
  top = Math.max(top - margin, 0);
  bottom = Math.min(bottom + margin, atlas.height);
  return {
    rows,
    columns,
    left: atlas.width / 2 - half,
    top,
    cellWidth: (2 * half) / columns,
    cellHeight: (bottom - top) / rows,
  };
}

/** The atlas point at the centre of a cell. */
export const cellCentre = (grid: Lattice, row: number, column: number): Point => [
  grid.left + (column + 0.5) * grid.cellWidth,
  grid.top + (row + 0.5) * grid.cellHeight,
];

/** Where an atlas point lies on the grid: [column, row], in cells from the outer corner. */
export const toGrid = (grid: Lattice, [x, y]: Point): Point => [
  (x - grid.left) / grid.cellWidth,
  (y - grid.top) / grid.cellHeight,
];

/** The cells whose centre lies in any of the polygons, as `row * columns + column`, ascending. */
export function cellsInside(grid: Lattice, polygons: readonly (readonly Point[])[]): number[] {
  const cells = new Set<number>();
  for (const polygon of polygons)
    fillPolygon(
      polygon.map((point) => toGrid(grid, point)),
      grid.rows,
      grid.columns,
      (row, column) => cells.add(row * grid.columns + column),
    );
  return [...cells].sort((a, b) => a - b);
}
