import type { Atlas } from '@radiolect/findings';
import { mirrorSite, natures, views } from '@radiolect/findings';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { readingGrid } from '../input/reading-grid.ts';
import type { SiteWindows } from '../input/site-windows.ts';
import { siteWindows } from '../input/site-windows.ts';

/** How a recipe cuts the picture. */
export interface WindowSettings {
  readonly rows: number;
  readonly columns: number;
  /** Cells along one side of a window. */
  readonly side: number;
  /** No cell of a site is farther than this from a window's centre. */
  readonly reach: number;
}

/** What the atlas fixes of the model before any training. */
export interface Geometry {
  readonly grid: ReadingGrid;
  readonly windows: SiteWindows;
  readonly sites: number;
  readonly natures: number;
  /** (T): 0 for an anterior window, 1 for a posterior one. */
  readonly viewOfWindow: readonly number[];
  /** (S, T): log-prior with which a site reads a window. */
  readonly readingPrior: Float32Array;
  /** (S): index of the same site on the other side. */
  readonly mirror: readonly number[];
  /** (S): indices of the sites that touch it. */
  readonly neighbours: readonly (readonly number[])[];
}

/** Natures the model tells apart, in order; `unspecified` states no cause, so there is nothing to learn of it. */
export const learntNatures = natures.filter((nature) => nature !== 'unspecified');

/** A neighbour's window counts e⁻⁴ of an own one before anything is learnt. */
const neighbourPrior = -4;
const forbidden = -1e4;

/** (S): index of the same site on the other side; its own where there is none. */
export const mirrorOf = (positions: readonly string[]): readonly number[] => {
  const indexOf = new Map(positions.map((id, index) => [id, index]));
  return positions.map((id, index) => indexOf.get(mirrorSite(id)) ?? index);
};

export function makeGeometry(atlas: Atlas, positions: readonly string[], settings: WindowSettings): Geometry {
  const grid = readingGrid(atlas, settings.rows, settings.columns);
  const windows = siteWindows(atlas, positions, grid, settings);
  const indexOf = new Map(positions.map((id, index) => [id, index]));
  const neighbours = positions.map((id) => (atlas.neighbours[id] ?? []).flatMap((other) => indexOf.get(other) ?? []));
  const count = windows.windows.length;
  const readingPrior = new Float32Array(positions.length * count).fill(forbidden);
  windows.windows.forEach(({ site }, window) => {
    readingPrior[site * count + window] = 0;
    for (const neighbour of neighbours[site]!) readingPrior[neighbour * count + window] = neighbourPrior;
  });
  return {
    grid,
    windows,
    sites: positions.length,
    natures: learntNatures.length,
    viewOfWindow: windows.windows.map(({ view }) => views.indexOf(view)),
    readingPrior,
    mirror: mirrorOf(positions),
    neighbours,
  };
}
