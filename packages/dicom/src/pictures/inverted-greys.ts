import { type GreyImage, greyImage, valueRange } from '../grey-image.ts';

/**
 * True when the background is bright and uptake dark, as many viewers print bone scans. The border of a scan is empty,
 * so the median of the outermost pixels tells: it lies in the upper half of the range of the picture.
 */
export function hasInvertedGreys(image: GreyImage): boolean {
  const { rows, columns, pixels } = image;
  const [smallest, largest] = valueRange(pixels);
  if (largest === smallest) return false;
  const border: number[] = [];
  for (let column = 0; column < columns; column++) border.push(pixels[column]!, pixels[(rows - 1) * columns + column]!);
  for (let row = 0; row < rows; row++) border.push(pixels[row * columns]!, pixels[row * columns + columns - 1]!);
  border.sort((a, b) => a - b);
  const edge = border[border.length >> 1]!;
  let sum = 0;
  for (let index = 0; index < pixels.length; index++) sum += pixels[index]!;
  const mean = sum / pixels.length;
  const middle = (smallest + largest) / 2;
  // Both must agree: a bright frame around a dark picture is no inverted scan.
  return edge > middle && mean > middle;
}

/** The same picture with uptake bright: inverted greys are turned over within their own range. */
export function upright(image: GreyImage): GreyImage {
  if (!hasInvertedGreys(image)) return image;
  const [smallest, largest] = valueRange(image.pixels);
  const pixels = image.pixels.map((value) => smallest + largest - value) as GreyImage['pixels'];
  return greyImage(image.rows, image.columns, pixels, image.pixelSpacing);
}
