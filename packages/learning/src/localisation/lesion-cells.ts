import type { Point } from '@radiolect/findings';
import { fillPolygon } from '@radiolect/findings';
import type { Region } from '../example.ts';
import type { GridSize } from '../input/reading-grid.ts';
import { finePatches, fineSide } from './place-patches.ts';
import type { Place } from './places.ts';
import { placeSide } from './places.ts';

/** What the outlines of one view say of its cells. */
export interface LesionCells {
  /** By cell: 0, or 1 + the index of the lesion in `lesions`. */
  readonly owner: Uint16Array;
  /** By cell: 1 where nothing is asked: cold lesions, and the rim of every outline, which no two readers draw alike. */
  readonly ignored: Uint8Array;
  readonly lesions: readonly {
    readonly site: string;
    readonly cells: readonly number[];
    /** Undefined where the cause is not known. */
    readonly malignant: boolean | undefined;
  }[];
}

const malignantNatures: readonly string[] = ['metastatic', 'malignant-other'];

/** Draws outlines, in cells, on the grid; smaller ones lie on top. `mirrored` turns left and right. */
export function lesionCells(regions: readonly Region[], { rows, columns }: GridSize, mirrored: boolean): LesionCells {
  const owner = new Uint16Array(rows * columns);
  const ignored = new Uint8Array(rows * columns);
  const drawn = regions
    .map((region) => ({ region, cells: cellsOf(region.polygon, rows, columns, mirrored) }))
    .sort((a, b) => b.cells.length - a.cells.length);
  const lesions: LesionCells['lesions'][number][] = [];
  for (const { region, cells } of drawn) {
    if (region.uptake === 'decreased') {
      for (const cell of cells) ignored[cell] = 1;
      continue;
    }
    const { site, nature } = region;
    lesions.push({ site, cells, malignant: nature === 'unspecified' ? undefined : malignantNatures.includes(nature) });
    for (const cell of cells) owner[cell] = lesions.length;
  }
  for (const { cells } of lesions)
    for (const cell of cells)
      for (const step of [-1, 1, -columns, columns]) if (owner[cell + step] === 0) ignored[cell + step] = 1;
  return { owner, ignored, lesions };
}

/** The cells whose centre lies inside; of an outline between all centres the cell that holds its first point. */
function cellsOf(polygon: readonly Point[], rows: number, columns: number, mirrored: boolean): number[] {
  const turned = mirrored ? polygon.map(([x, y]): Point => [columns - x, y]) : polygon;
  const cells: number[] = [];
  fillPolygon(turned, rows, columns, (row, column) => cells.push(row * columns + column));
  const [x, y] = turned[0] ?? [-1, -1];
  if (cells.length === 0 && x >= 0 && y >= 0 && x < columns && y < rows)
    cells.push(Math.floor(y) * columns + Math.floor(x));
  return cells;
}

/** A lesion of this many cells has the weight that the recipe gives. */
const usualCells = 60;

/**
 * Writes what a place should answer: the weights of "lesion" and of "none" for each cell, laid out as the network's
 * mask, and of "malignant" and "benign" for each patch. Weights are those of {@link multiLabelLoss}.
 */
export function placeTargets(
  { owner, ignored, lesions }: LesionCells,
  { row, column }: Place,
  { columns }: GridSize,
  weight: { readonly lesion: number; readonly malignant: number },
  target: {
    readonly lesion: Float32Array;
    readonly none: Float32Array;
    readonly malignant: Float32Array;
    readonly benign: Float32Array;
  },
  place: number,
): void {
  const perSide = placeSide / fineSide;
  for (let i = 0; i < placeSide; i++)
    for (let j = 0; j < placeSide; j++) {
      const cell = (row + i) * columns + column + j;
      const token = place * finePatches + Math.floor(i / fineSide) * perSide + Math.floor(j / fineSide);
      const to = token * fineSide ** 2 + (i % fineSide) * fineSide + (j % fineSide);
      const lesion = lesions[owner[cell]! - 1];
      if (lesion) {
        target.lesion[to] = weight.lesion * Math.min(Math.max(Math.sqrt(usualCells / lesion.cells.length), 0.4), 3);
        if (lesion.malignant === true) target.malignant[token] = weight.malignant;
        else if (lesion.malignant === false) target.benign[token] = weight.malignant;
      } else if (!ignored[cell]) target.none[to] = 1;
    }
}
