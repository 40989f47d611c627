import type { GreyImage } from '@radiolect/dicom';
import type { View, Warp } from '@radiolect/findings';
import { views, warpToAtlas, warpToPicture } from '@radiolect/findings';
import type { Example, Region } from '../example.ts';
import type { ReadingGrid } from './reading-grid.ts';
import { toGrid } from './reading-grid.ts';
import { uptakePicture } from './uptake-picture.ts';

/** The pictures of one study by view; one may be missing. */
export type StudyViews = Readonly<Partial<Record<View, GreyImage>>>;

/** One view on the reading grid, in units of the body's typical count, row-major. */
export interface GridView {
  readonly values: Float32Array;
  /** Counts (stored values) that one unit stands for: how noisy the values are. */
  readonly countsPerUnit: number;
  /** The abnormalities of the view where they are known, outlines in cells of the grid: [column, row]. */
  readonly regions?: readonly Region[];
}

/** A study as the model takes it. */
export type ModelInput = Readonly<Partial<Record<View, GridView>>>;

/** Samples along one side of a cell, at most: a cell that spans more pixels than this leaves some out. */
const mostSamples = 8;
/** The share of the body's cells that lie below one unit. */
const unitQuantile = 0.6;

/** Brings the pictures of a study, and their outlines where they are known, onto the reading grid through their warps. */
export function modelInput(
  pictures: StudyViews,
  warps: Readonly<Partial<Record<View, Warp>>>,
  grid: ReadingGrid,
  regions?: Example['regions'],
): ModelInput {
  const input: Partial<Record<View, GridView>> = {};
  for (const view of views) {
    const picture = pictures[view];
    const warp = warps[view];
    if (!picture || !warp) continue;
    const known = regions?.[view];
    input[view] = {
      ...gridView(uptakePicture(picture), warp, grid.body[view], grid),
      ...(known ? { regions: known.map((region) => onGrid(region, warp, grid)) } : {}),
    };
  }
  return input;
}

const onGrid = (region: Region, warp: Warp, grid: ReadingGrid): Region => ({
  ...region,
  polygon: region.polygon.map((point) => toGrid(grid, warpToAtlas(warp, point))),
});

function gridView(picture: GreyImage, warp: Warp, body: readonly number[], grid: ReadingGrid): GridView {
  const values = new Float32Array(grid.rows * grid.columns);
  const [across, down] = samplesPerCell(warp, grid);
  const share = 1 / (across * down);
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      let sum = 0;
      for (let i = 0; i < down; i++)
        for (let j = 0; j < across; j++) {
          const x = grid.left + (column + (j + 0.5) / across) * grid.cellWidth;
          const y = grid.top + (row + (i + 0.5) / down) * grid.cellHeight;
          sum += sample(picture, warpToPicture(warp, [x, y]));
        }
      values[row * grid.columns + column] = sum * share;
    }
  const sorted = Float32Array.from(body, (cell) => values[cell]!).sort();
  const unit = Math.max(sorted[Math.floor(sorted.length * unitQuantile)] ?? 0, 1e-3);
  return { values: values.map((value) => Math.max(value, 0) / unit), countsPerUnit: unit };
}

/** As many samples as a cell spans pixels, so that averaging keeps all counts of a picture of any size. */
function samplesPerCell(warp: Warp, grid: ReadingGrid): readonly [across: number, down: number] {
  const [left, right] = [warpToPicture(warp, [64, 512]), warpToPicture(warp, [192, 512])];
  const [top, bottom] = [warpToPicture(warp, [128, 256]), warpToPicture(warp, [128, 768])];
  const number = (pixels: number): number => Math.min(Math.max(Math.round(Math.abs(pixels)), 1), mostSamples);
  return [
    number(((right[0] - left[0]) / 128) * grid.cellWidth),
    number(((bottom[1] - top[1]) / 512) * grid.cellHeight),
  ];
}

/** Bilinear between pixel centres; 0 outside the picture. */
function sample({ rows, columns, pixels }: GreyImage, [x, y]: readonly [number, number]): number {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  if (left < -1 || top < -1 || left >= columns || top >= rows) return 0;
  const s = x - 0.5 - left;
  const t = y - 0.5 - top;
  const inLeft = left >= 0;
  const inRight = left + 1 < columns;
  const at = top * columns + left;
  let sum = 0;
  if (top >= 0) {
    if (inLeft) sum += pixels[at]! * (1 - s) * (1 - t);
    if (inRight) sum += pixels[at + 1]! * s * (1 - t);
  }
  if (top + 1 < rows) {
    if (inLeft) sum += pixels[at + columns]! * (1 - s) * t;
    if (inRight) sum += pixels[at + columns + 1]! * s * t;
  }
  return sum;
}
