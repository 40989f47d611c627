import { type GreyImage, type GreyPixels, greyImage, valueRange } from '../grey-image.ts';
import { type Inner, innerOf } from './even-frame.ts';

/**
 * True when the background is bright and uptake dark, as many viewers print bone scans. The border of a scan is empty,
 * so the median of its outermost pixels tells: it lies in the upper half of the range. An even frame around the scan is
 * left out.
 */
export function hasInvertedGreys(image: GreyImage): boolean {
  return invertedWithin(image, innerOf(image));
}

/**
 * The same picture with uptake bright and nothing bright around it: inverted greys are turned over within their own
 * range, and a frame that is brighter than the background it surrounds becomes background. Other pictures come back as
 * they are.
 */
export function upright(image: GreyImage): GreyImage {
  const inner = innerOf(image);
  const inverted = invertedWithin(image, inner);
  const [smallest, largest] = innerRange(image, inner);
  const background = inverted ? smallest : borderMedian(image, inner);
  const framed = inner.frame !== undefined && (inverted ? smallest + largest - inner.frame : inner.frame) > background;
  if (!inverted && !framed) return image;
  const { rows, columns } = image;
  const pixels = image.pixels.slice() as GreyPixels;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      if (row < inner.top || row >= inner.bottom || column < inner.left || column >= inner.right)
        pixels[at] = background;
      else if (inverted) pixels[at] = smallest + largest - pixels[at]!;
    }
  return greyImage(rows, columns, pixels, image.pixelSpacing);
}

function invertedWithin(image: GreyImage, inner: Inner): boolean {
  const [smallest, largest] = innerRange(image, inner);
  if (largest === smallest) return false;
  let sum = 0;
  for (let row = inner.top; row < inner.bottom; row++)
    for (let column = inner.left; column < inner.right; column++) sum += image.pixels[row * image.columns + column]!;
  const mean = sum / ((inner.right - inner.left) * (inner.bottom - inner.top));
  const middle = (smallest + largest) / 2;
  // Both must agree: a bright border around a dark picture is no inverted scan.
  return borderMedian(image, inner) > middle && mean > middle;
}

function innerRange(image: GreyImage, { left, right, top, bottom, frame }: Inner): [number, number] {
  if (frame === undefined) return valueRange(image.pixels);
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const value = image.pixels[row * image.columns + column]!;
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
    }
  return smallest > largest ? valueRange(image.pixels) : [smallest, largest];
}

function borderMedian({ columns, pixels }: GreyImage, { left, right, top, bottom }: Inner): number {
  const border: number[] = [];
  for (let column = left; column < right; column++)
    border.push(pixels[top * columns + column]!, pixels[(bottom - 1) * columns + column]!);
  for (let row = top; row < bottom; row++)
    border.push(pixels[row * columns + left]!, pixels[row * columns + right - 1]!);
  border.sort((a, b) => a - b);
  return border[border.length >> 1] ?? 0;
}
