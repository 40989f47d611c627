import type { Atlas, Point, View, Warp } from '@radiolect/findings';
import { distanceToPolygon, polygonArea, warpToPicture } from '@radiolect/findings';
import type { ReadingGrid } from '../input/reading-grid.ts';
import { cellCentre } from '../input/reading-grid.ts';
import type { Anatomy } from './anatomy.ts';
import type { Candidate } from './candidates.ts';
import { outlineOfCells } from './outline-of-cells.ts';

/** One place of raised uptake in one picture. */
export interface HotSpot {
  readonly view: View;
  /** The site that holds most of it; undefined where no site is near. Of sites that lie over each other, the smallest. */
  readonly site: string | undefined;
  /** All sites at its peak, smallest first. */
  readonly sites: readonly string[];
  /** In pixels of the picture, as are box and area. */
  readonly outline: readonly Point[];
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly area: number;
  readonly peak: Point;
  /** Highest count in it over the median count around it. */
  readonly contrast: number;
  /** 0 to 1; the higher the surer that it is a lesion. */
  readonly score: number;
  /** Probability that it is malignant, if it is a lesion. */
  readonly malignant: number;
}

/** Atlas pixels from a site's outline within which a spot beside all sites is still named by the nearest. */
const nearby = 8;

/** Names a candidate by the atlas and carries it into the picture. `counts` are the view's values on the grid. */
export function hotSpot(
  candidate: Candidate,
  view: View,
  counts: Float32Array,
  malignant: Float32Array,
  { grid, atlas, anatomy: { sites } }: { readonly grid: ReadingGrid; readonly atlas: Atlas; readonly anatomy: Anatomy },
  warp: Warp,
): HotSpot {
  const { cells, peak, score } = candidate;
  const toPicture = ([column, row]: Point): Point =>
    warpToPicture(warp, [grid.left + column * grid.cellWidth, grid.top + row * grid.cellHeight]);
  const outline = outlineOfCells(cells, grid.columns).map(toPicture);
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const peakCell: Point = [(peak % grid.columns) + 0.5, Math.floor(peak / grid.columns) + 0.5];
  return {
    view,
    site: siteOf(cells, view, grid, atlas, sites),
    sites: sites[peak]!,
    outline,
    box: { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) },
    area: polygonArea(outline),
    peak: toPicture(peakCell),
    contrast: contrastOf(cells, counts, grid),
    score,
    malignant: cells.reduce((sum, cell) => sum + malignant[cell]!, 0) / cells.length,
  };
}

/** Each cell votes for the smallest site that holds it; a spot beside all sites belongs to the nearest. */
function siteOf(
  cells: readonly number[],
  view: View,
  grid: ReadingGrid,
  atlas: Atlas,
  sites: Anatomy['sites'],
): string | undefined {
  const votes = new Map<string, number>();
  for (const cell of cells) {
    const [site] = sites[cell]!;
    if (site !== undefined) votes.set(site, (votes.get(site) ?? 0) + 1);
  }
  const [most] = [...votes].sort((a, b) => b[1] - a[1]);
  if (most) return most[0];
  const middle = cells[cells.length >> 1]!;
  const point = cellCentre(grid, Math.floor(middle / grid.columns), middle % grid.columns);
  let best: { readonly site: string; readonly distance: number } | undefined;
  for (const { site, polygons } of atlas.views[view].outlines)
    for (const polygon of polygons) {
      const distance = distanceToPolygon(polygon, point);
      if (distance <= nearby && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { site, distance };
    }
  return best?.site;
}

/** Cells around a spot's box that count as its surroundings. */
const surround = 8;

function contrastOf(cells: readonly number[], counts: Float32Array, { rows, columns }: ReadingGrid): number {
  const own = new Set(cells);
  const rowOf = (cell: number): number => Math.floor(cell / columns);
  const top = Math.max(rowOf(cells[0]!) - surround, 0);
  const bottom = Math.min(rowOf(cells.at(-1)!) + surround, rows - 1);
  const across = cells.map((cell) => cell % columns);
  const left = Math.max(Math.min(...across) - surround, 0);
  const right = Math.min(Math.max(...across) + surround, columns - 1);
  const around: number[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const cell = row * columns + column;
      if (!own.has(cell)) around.push(counts[cell]!);
    }
  around.sort((a, b) => a - b);
  const highest = cells.reduce((most, cell) => Math.max(most, counts[cell]!), 0);
  return highest / Math.max(around[around.length >> 1] ?? 0, 0.05);
}
