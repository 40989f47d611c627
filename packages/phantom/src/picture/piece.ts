import type { Point, View, Warp } from '@radiolect/findings';
import { warpToPicture } from '@radiolect/findings';
import type { PhantomBody, PhantomScanner } from '../phantom-case.ts';
import { blur } from './blur.ts';
import { visibilityOf } from './compose-body.ts';
import { blurSigma, pictureColumns, pictureRows } from './project.ts';

/** Extra or missing tracer at one depth, as the front sees it on the atlas plane. */
export interface Piece {
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Relative activity at a place on the plane; 0 outside the box. */
  readonly density: (x: number, y: number) => number;
  /** Centimetres of tissue in front and behind, in a typical adult. */
  readonly front: number;
  readonly back: number;
}

/** A rectangle of a picture of 256 × 1024. */
export interface PicturePatch {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** Where the patient and the cameras are; the same for all pieces of a study. */
export interface Stage {
  /** Warp of the anterior picture. */
  readonly warp: Warp;
  readonly positions: Float32Array;
  readonly body: PhantomBody;
  readonly scanner: PhantomScanner;
}

/** What each camera sees of a piece, blurred by its depth; undefined where it lies outside the picture. */
export function projectPiece(piece: Piece, stage: Stage): Record<View, PicturePatch> | undefined {
  const { left, top, right, bottom } = piece.box;
  const seen = visibilityOf(piece.front, piece.back, stage.body);
  const sigmas = {
    anterior: blurSigma(seen.front, stage.scanner, 'anterior'),
    posterior: blurSigma(seen.back, stage.scanner, 'posterior'),
  };
  const margin = Math.ceil(3 * Math.max(sigmas.anterior, sigmas.posterior)) + 2;
  // The box's edge is followed in steps, because the warp bends straight lines.
  const edge: Point[] = [];
  for (let k = 0; k <= 8; k++) {
    const x = left + ((right - left) * k) / 8;
    const y = top + ((bottom - top) * k) / 8;
    for (const point of [
      [x, top],
      [x, bottom],
      [left, y],
      [right, y],
    ] as const)
      edge.push(warpToPicture(stage.warp, point));
  }
  const x0 = Math.max(0, Math.floor(Math.min(...edge.map((p) => p[0]))) - margin);
  const x1 = Math.min(pictureColumns, Math.ceil(Math.max(...edge.map((p) => p[0]))) + margin);
  const y0 = Math.max(0, Math.floor(Math.min(...edge.map((p) => p[1]))) - margin);
  const y1 = Math.min(pictureRows, Math.ceil(Math.max(...edge.map((p) => p[1]))) + margin);
  if (x1 <= x0 || y1 <= y0) return undefined;
  const columns = x1 - x0;
  const rows = y1 - y0;
  const anterior = new Float32Array(rows * columns);
  const posterior = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = 2 * ((row + y0) * pictureColumns + column + x0);
      const [x, y] = [stage.positions[at]!, stage.positions[at + 1]!];
      if (x < left || x > right || y < top || y > bottom) continue;
      const value = piece.density(x, y);
      anterior[row * columns + column] = value * seen.anterior;
      posterior[row * columns + (columns - 1 - column)] = value * seen.posterior;
    }
  blur(anterior, rows, columns, sigmas.anterior);
  blur(posterior, rows, columns, sigmas.posterior);
  return {
    anterior: { left: x0, top: y0, columns, rows, values: anterior },
    posterior: { left: pictureColumns - x1, top: y0, columns, rows, values: posterior },
  };
}

/** Adds patches of one view, each times its factor, into one patch that holds them all. */
export function joinPatches(
  patches: readonly { readonly patch: PicturePatch; readonly factor: number }[],
): PicturePatch {
  const left = Math.min(...patches.map(({ patch }) => patch.left));
  const top = Math.min(...patches.map(({ patch }) => patch.top));
  const columns = Math.max(...patches.map(({ patch }) => patch.left + patch.columns)) - left;
  const rows = Math.max(...patches.map(({ patch }) => patch.top + patch.rows)) - top;
  const values = new Float32Array(rows * columns);
  for (const { patch, factor } of patches)
    for (let row = 0; row < patch.rows; row++)
      for (let column = 0; column < patch.columns; column++)
        values[(row + patch.top - top) * columns + column + patch.left - left]! +=
          factor * patch.values[row * patch.columns + column]!;
  return { left, top, columns, rows, values };
}

/** Adds a patch times a factor to a picture in place. */
export function addPatch(picture: Float32Array, patch: PicturePatch, factor = 1): void {
  for (let row = 0; row < patch.rows; row++)
    for (let column = 0; column < patch.columns; column++)
      picture[(row + patch.top) * pictureColumns + column + patch.left]! +=
        factor * patch.values[row * patch.columns + column]!;
}

/** The part of a picture that a patch covers. */
export function cutPatch(picture: Float32Array, { left, top, columns, rows }: PicturePatch): Float32Array {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = (row + top) * pictureColumns + left;
    values.set(picture.subarray(from, from + columns), row * columns);
  }
  return values;
}
