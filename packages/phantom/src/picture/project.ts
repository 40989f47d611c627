import type { View, Warp } from '@radiolect/findings';
import { atlasPositions } from '@radiolect/findings';
import type { PhantomScanner } from '../phantom-case.ts';
import { blur } from './blur.ts';
import { bodyRows } from './body-model.ts';
import type { Layers } from './compose-body.ts';
import { farCm, nearCm } from './compose-body.ts';

export const pictureRows = 1024;
export const pictureColumns = 256;
const pixelMm = 2.26;
const fwhmPerSigma = 2.3548;

/** Blur of the collimator at a depth below the skin, as a standard deviation in pixels. */
export function blurSigma(cm: number, scanner: PhantomScanner, view: View): number {
  const distance = cm + scanner.gapMm[view] / 10;
  // A parallel-hole collimator's own width grows by about 4 mm per 10 cm, from resolutionMm at 5 cm.
  const fwhm = scanner.resolutionMm * (1 + 0.05 * (distance - 5));
  return Math.max(0.5, fwhm / fwhmPerSigma / pixelMm);
}

/** Atlas positions of all pixels of the anterior picture: (1024 × 256 × 2). */
export function picturePositions(anteriorWarp: Warp): Float32Array {
  return atlasPositions(anteriorWarp, pictureRows, pictureColumns);
}

/**
 * Lays the layers into a picture of each view, blurred, before scaling to counts. The posterior picture is the anterior
 * one mirrored in place: both cameras look at the patient at once.
 */
export function projectLayers(
  layers: Layers,
  positions: Float32Array,
  scanner: PhantomScanner,
): Record<View, Float32Array> {
  const near = {
    anterior: new Float32Array(pictureRows * pictureColumns),
    posterior: new Float32Array(pictureRows * pictureColumns),
  };
  const far = {
    anterior: new Float32Array(pictureRows * pictureColumns),
    posterior: new Float32Array(pictureRows * pictureColumns),
  };
  const planeColumns = pictureColumns;
  const { anteriorNear: aN, anteriorFar: aF, posteriorNear: pN, posteriorFar: pF } = layers;
  for (let row = 0; row < pictureRows; row++)
    for (let column = 0; column < pictureColumns; column++) {
      const at = row * pictureColumns + column;
      const gx = positions[2 * at]! - 0.5;
      const gy = positions[2 * at + 1]! - 0.5;
      const c = Math.floor(gx);
      const r = Math.floor(gy);
      if (c < 0 || r < 0 || c >= planeColumns - 1 || r >= bodyRows - 1) continue;
      const s = gx - c;
      const t = gy - r;
      const i = r * planeColumns + c;
      const w00 = (1 - s) * (1 - t);
      const w01 = s * (1 - t);
      const w10 = (1 - s) * t;
      const w11 = s * t;
      const below = i + planeColumns;
      const mirror = row * pictureColumns + (pictureColumns - 1 - column);
      near.anterior[at] = aN[i]! * w00 + aN[i + 1]! * w01 + aN[below]! * w10 + aN[below + 1]! * w11;
      far.anterior[at] = aF[i]! * w00 + aF[i + 1]! * w01 + aF[below]! * w10 + aF[below + 1]! * w11;
      near.posterior[mirror] = pN[i]! * w00 + pN[i + 1]! * w01 + pN[below]! * w10 + pN[below + 1]! * w11;
      far.posterior[mirror] = pF[i]! * w00 + pF[i + 1]! * w01 + pF[below]! * w10 + pF[below + 1]! * w11;
    }
  const result = { anterior: near.anterior, posterior: near.posterior };
  for (const view of ['anterior', 'posterior'] as const) {
    blur(near[view], pictureRows, pictureColumns, blurSigma(nearCm, scanner, view));
    blur(far[view], pictureRows, pictureColumns, blurSigma(farCm, scanner, view));
    const sum = result[view];
    const other = far[view];
    for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + other[at]!;
    addScatter(sum);
  }
  return result;
}

/** Share of the counts that were scattered on their way, and how wide they spread (standard deviation in pixels). */
const scatterShare = 0.16;
const scatterSigma = 9;
const coarse = 4;

/** Moves the scattered share of a picture into its wide halo, in place; the halo is smooth, so a coarse grid will do. */
function addScatter(picture: Float32Array): void {
  const rows = pictureRows / coarse;
  const columns = pictureColumns / coarse;
  const halo = new Float32Array(rows * columns);
  for (let row = 0; row < pictureRows; row++) {
    const to = Math.floor(row / coarse) * columns;
    for (let column = 0; column < pictureColumns; column++)
      halo[to + Math.floor(column / coarse)]! += picture[row * pictureColumns + column]! / (coarse * coarse);
  }
  blur(halo, rows, columns, scatterSigma / coarse);
  for (let row = 0; row < pictureRows; row++) {
    const gy = Math.min(rows - 1, Math.max(0, (row + 0.5) / coarse - 0.5));
    const r = Math.min(rows - 2, Math.floor(gy));
    const t = gy - r;
    for (let column = 0; column < pictureColumns; column++) {
      const gx = Math.min(columns - 1, Math.max(0, (column + 0.5) / coarse - 0.5));
      const c = Math.min(columns - 2, Math.floor(gx));
      const s = gx - c;
      const i = r * columns + c;
      const wide =
        (halo[i]! * (1 - s) + halo[i + 1]! * s) * (1 - t) +
        (halo[i + columns]! * (1 - s) + halo[i + columns + 1]! * s) * t;
      const at = row * pictureColumns + column;
      picture[at] = picture[at]! * (1 - scatterShare) + wide * scatterShare;
    }
  }
}
