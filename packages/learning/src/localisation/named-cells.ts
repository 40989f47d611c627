import type { Atlas } from '@radiolect/findings';
import { polygonArea, views } from '@radiolect/findings';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { cellsInside } from '../input/reading-grid.ts';

/** By view and cell: the smallest site whose outline holds the cell's centre; undefined where none does. */
export type NamedCells = readonly (readonly (string | undefined)[])[];

/** Names every cell once: spots are many, and asking the atlas for each of their cells costs more than finding them. */
export function namedCells(atlas: Atlas, grid: ReadingGrid): NamedCells {
  return views.map((view) => {
    const names = new Array<string | undefined>(grid.rows * grid.columns).fill(undefined);
    const outlines = atlas.views[view].outlines
      .map((outline) => ({
        ...outline,
        area: outline.polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0),
      }))
      .sort((a, b) => b.area - a.area);
    // Smaller sites are written over larger ones.
    for (const { site, polygons } of outlines) for (const cell of cellsInside(grid, polygons)) names[cell] = site;
    return names;
  });
}
