import type { Atlas, Point } from '@radiolect/findings';
import { polygonArea, views } from '@radiolect/findings';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { cellsInside } from '../input/reading-grid.ts';

/** What the atlas says of the cells of one view. */
export interface Anatomy {
  /** By cell: the sites whose outline holds its centre, smallest first. */
  readonly sites: readonly (readonly string[])[];
  /**
   * 1 where a full bladder lies in front of bone. Urine outshines what lies behind it, so the anterior view says nothing
   * there; the posterior one does.
   */
  readonly bladder: Uint8Array;
}

const none: readonly string[] = [];

/** By view. Asks the atlas once: spots are many, and asking it for each of their cells costs more than finding them. */
export function anatomyOf(atlas: Atlas, grid: ReadingGrid): readonly Anatomy[] {
  return views.map((view) => {
    const { outlines, organs } = atlas.views[view];
    const sites = new Array<readonly string[]>(grid.rows * grid.columns).fill(none);
    const bySize = outlines
      .map((outline) => ({
        ...outline,
        area: outline.polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0),
      }))
      .sort((a, b) => a.area - b.area);
    for (const { site, polygons } of bySize)
      for (const cell of cellsInside(grid, polygons)) sites[cell] = [...sites[cell]!, site];
    const bladder = new Uint8Array(sites.length);
    if (view === 'anterior')
      for (const { name, polygons } of organs)
        if (name === 'bladder') for (const cell of cellsInside(grid, polygons.map(filled))) bladder[cell] = 1;
    return { sites, bladder };
  });
}

/** A full bladder is twice as high as the atlas draws it. */
const fullest = 2;

/** Its floor stays; it rises, and widens with the root. */
function filled(polygon: readonly Point[]): Point[] {
  const floor = Math.max(...polygon.map(([, y]) => y));
  const xs = polygon.map(([x]) => x);
  const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
  return polygon.map(([x, y]) => [middle + (x - middle) * Math.sqrt(fullest), floor + (y - floor) * fullest]);
}
