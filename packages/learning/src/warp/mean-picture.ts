import type { GreyImage } from '@radiolect/dicom';
import type { Atlas, MeanPicture, Warp } from '@radiolect/findings';
import { warpToPicture } from '@radiolect/findings';
import type { Plane } from '../input/plane.ts';
import { plane, sample } from '../input/plane.ts';
import { brightnessOf } from './brightness.ts';

/** The atlas plane is shrunk by this factor in a mean picture. */
export const meanPictureShrink = 2;

/** Shares of the pictures that are left out at both ends of each pixel, so that lesions do not enter the mean. */
const trimmed = 0.2;

/**
 * The trimmed mean of pictures laid on the atlas plane through their warps, after bringing each to a mean brightness of
 * 1. Pictures may come from any archive: no label is used.
 */
export function meanPicture(
  pictures: readonly { readonly image: GreyImage; readonly warp: Warp }[],
  atlas: Atlas,
): Plane {
  const rows = atlas.height / meanPictureShrink;
  const columns = atlas.width / meanPictureShrink;
  const laid = pictures.map(({ image, warp }) => {
    const picture = brightnessOf(image);
    const gain = picture.values.length / picture.values.reduce((sum, value) => sum + value, 0);
    const target = plane(rows, columns);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [x, y] = warpToPicture(warp, [(column + 0.5) * meanPictureShrink, (row + 0.5) * meanPictureShrink]);
        target.values[row * columns + column] = gain * sample(picture, x, y);
      }
    return target.values;
  });
  const first = Math.floor(trimmed * laid.length);
  const last = laid.length - first;
  const mean = plane(rows, columns);
  const column = new Float32Array(laid.length);
  for (let i = 0; i < mean.values.length; i++) {
    for (const [k, values] of laid.entries()) column[k] = values[i]!;
    column.sort();
    mean.values[i] = column.subarray(first, last).reduce((sum, value) => sum + value, 0) / (last - first);
  }
  return mean;
}

/** A mean picture as the pack keeps it, and back. */
export function encodeMeanPicture({ rows, columns, values }: Plane): MeanPicture {
  const peak = values.reduce((most, value) => Math.max(most, value), 0);
  const bytes = Array.from(values, (value) => String.fromCharCode(Math.round((255 * value) / peak)));
  return { rows, columns, brightness: btoa(bytes.join('')) };
}

export function decodeMeanPicture({ rows, columns, brightness }: MeanPicture): Plane {
  return { rows, columns, values: Float32Array.from(atob(brightness), (byte) => byte.charCodeAt(0) / 255) };
}
