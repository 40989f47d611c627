import type { GreyImage, GreyPixels } from '@radiolect/dicom';
import type { Point, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { StudyViews } from './model-input.ts';

// For tests and figures: what exports and scanners do to pictures, and where a point of the picture lies afterwards.

export interface PictureChange {
  readonly name: string;
  readonly change: (image: GreyImage) => GreyImage;
  /** Where a point of the unchanged picture lies in the changed one. */
  readonly place: (point: Point, image: GreyImage) => Point;
  /** Views that stay; both where left out. */
  readonly views?: readonly View[];
}

const same = (point: Point): Point => point;

export const pictureChanges: readonly PictureChange[] = [
  { name: 'unchanged', change: (image) => image, place: same },
  { name: '8 bits, brightest 255', change: (image) => eightBits(image, 1), place: same },
  { name: '8 bits, a hot spot four times as bright sets the top', change: (image) => eightBits(image, 4), place: same },
  { name: '8 bits, windowed at the 99.5th percentile', change: windowed, place: same },
  { name: '8 bits, background at 20', change: (image) => lifted(eightBits(image, 1.2), 20), place: same },
  { name: '97 × 385, 8 bits', change: (image) => eightBits(resized(image, 385, 97), 1), place: scaled(97, 385) },
  { name: '512 × 2048', change: (image) => resized(image, 2048, 512), place: scaled(512, 2048) },
  { name: 'rows twice as high (256 × 512)', change: flattened, place: scaled(256, 512) },
  { name: 'padded to 600 × 1300', change: (image) => padded(image, 1300, 600, 0), place: shifted(172, 138) },
  {
    name: 'padded to 600 × 1300 with white, 8 bits',
    change: (image) => padded(eightBits(image, 1), 1300, 600, 255),
    place: shifted(172, 138),
  },
  { name: 'greys inverted, 16 bits', change: (image) => inverted(image, 65_535), place: same },
  { name: 'greys inverted, 8 bits', change: (image) => inverted(eightBits(image, 1), 255), place: same },
  {
    name: 'greys inverted, 8 bits, padded with black',
    change: (image) => padded(inverted(eightBits(image, 1), 255), 1100, 330, 0),
    place: shifted(37, 38),
  },
  { name: 'both arms cut off', change: (image) => cropped(image, 34, 34), place: shifted(-34, 0) },
  { name: 'one arm cut off', change: (image) => cropped(image, 46, 0), place: shifted(-46, 0) },
  { name: 'dark thumbnail, anterior alone', change: darkThumbnail, place: scaled(97, 385), views: ['anterior'] },
  { name: 'dark thumbnail, posterior alone', change: darkThumbnail, place: scaled(97, 385), views: ['posterior'] },
  { name: 'anterior alone', change: (image) => image, place: same, views: ['anterior'] },
  { name: 'posterior alone', change: (image) => image, place: same, views: ['posterior'] },
];

export function changedStudy(pictures: StudyViews, { change, views: kept = views }: PictureChange): StudyViews {
  return Object.fromEntries(
    kept.flatMap((view) => {
      const image = pictures[view];
      return image ? [[view, change(image)]] : [];
    }),
  );
}

const mapped = (image: GreyImage, pixels: GreyPixels): GreyImage => ({ ...image, pixels });

/** The brightest pixel, times `head`, becomes 255. */
function eightBits(image: GreyImage, head: number): GreyImage {
  const most = highest(image.pixels) * head;
  return mapped(
    image,
    Uint8Array.from(image.pixels, (value) => Math.round((255 * value) / most)),
  );
}

/** As exported pictures often are: 97 × 385, 8 bits, the brightest pixel at 98. */
function darkThumbnail(image: GreyImage): GreyImage {
  return eightBits(resized(image, 385, 97), 2.6);
}

function windowed(image: GreyImage): GreyImage {
  const sorted = Float32Array.from(image.pixels).sort();
  const top = Math.max(sorted[Math.floor(0.995 * (sorted.length - 1))]!, 1);
  return mapped(
    image,
    Uint8Array.from(image.pixels, (value) => Math.min(255, Math.round((255 * value) / top))),
  );
}

const lifted = (image: GreyImage, by: number): GreyImage =>
  mapped(
    image,
    Uint8Array.from(image.pixels, (value) => Math.min(255, value + by)),
  );

const inverted = (image: GreyImage, top: number): GreyImage =>
  mapped(
    image,
    top > 255
      ? Uint16Array.from(image.pixels, (value) => top - value)
      : Uint8Array.from(image.pixels, (value) => top - value),
  );

function highest(pixels: GreyPixels): number {
  let most = 1;
  for (const value of pixels) most = Math.max(most, value);
  return most;
}

/** Bilinear where it grows, the mean over what a pixel covers where it shrinks. */
function resized(image: GreyImage, rows: number, columns: number): GreyImage {
  const pixels = new Float32Array(rows * columns);
  const down = Math.max(1, Math.round((2 * image.rows) / rows));
  const across = Math.max(1, Math.round((2 * image.columns) / columns));
  const at = (row: number, column: number): number =>
    image.pixels[
      Math.min(Math.max(row, 0), image.rows - 1) * image.columns + Math.min(Math.max(column, 0), image.columns - 1)
    ]!;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < down; i++)
        for (let j = 0; j < across; j++) {
          const y = ((row + (i + 0.5) / down) * image.rows) / rows - 0.5;
          const x = ((column + (j + 0.5) / across) * image.columns) / columns - 0.5;
          const [top, left] = [Math.floor(y), Math.floor(x)];
          const [t, s] = [y - top, x - left];
          sum +=
            (at(top, left) * (1 - s) + at(top, left + 1) * s) * (1 - t) +
            (at(top + 1, left) * (1 - s) + at(top + 1, left + 1) * s) * t;
        }
      pixels[row * columns + column] = sum / (down * across);
    }
  return { rows, columns, pixels };
}

function flattened(image: GreyImage): GreyImage {
  return { ...resized(image, image.rows / 2, image.columns), pixelSpacing: [4.52, 2.26] };
}

/** The picture in the middle of a larger one. */
function padded(image: GreyImage, rows: number, columns: number, value: number): GreyImage {
  const pixels = image.pixels.slice(0, 0) as GreyPixels;
  const wide = new (pixels.constructor as new (length: number) => GreyPixels)(rows * columns).fill(value) as GreyPixels;
  const top = (rows - image.rows) >> 1;
  const left = (columns - image.columns) >> 1;
  for (let row = 0; row < image.rows; row++)
    wide.set(image.pixels.subarray(row * image.columns, (row + 1) * image.columns), (top + row) * columns + left);
  return { rows, columns, pixels: wide };
}

function cropped(image: GreyImage, fromLeft: number, fromRight: number): GreyImage {
  const columns = image.columns - fromLeft - fromRight;
  const pixels = new Float32Array(image.rows * columns);
  for (let row = 0; row < image.rows; row++)
    for (let column = 0; column < columns; column++)
      pixels[row * columns + column] = image.pixels[row * image.columns + fromLeft + column]!;
  return { ...image, columns, pixels };
}

function scaled(columns: number, rows: number): PictureChange['place'] {
  return ([x, y], image) => [(x * columns) / image.columns, (y * rows) / image.rows];
}

function shifted(across: number, down: number): PictureChange['place'] {
  return ([x, y]) => [x + across, y + down];
}
