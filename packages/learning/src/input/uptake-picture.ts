import type { GreyImage } from '@radiolect/dicom';
import { greyImage, upright } from '@radiolect/dicom';

/** Share of the pixels that lie at or below the background. */
const backgroundQuantile = 0.02;
/** The quantile is taken over every so-manieth pixel. */
const step = 7;

/**
 * The picture with uptake bright and air at zero, whatever export it comes from: inverted greys and bright frames are
 * mended ({@link upright}), and an even background is taken off. A picture of counts comes back as it is.
 */
export function uptakePicture(image: GreyImage): GreyImage {
  const turned = upright(image);
  const background = quantile(turned.pixels);
  if (background === 0) return turned;
  const pixels = Float32Array.from(turned.pixels, (value) => Math.max(0, value - background));
  return greyImage(turned.rows, turned.columns, pixels, turned.pixelSpacing);
}

function quantile(pixels: GreyImage['pixels']): number {
  const some = new Float32Array(Math.ceil(pixels.length / step));
  for (let index = 0; index < some.length; index++) some[index] = pixels[index * step]!;
  some.sort();
  return some[Math.floor(backgroundQuantile * (some.length - 1))] ?? 0;
}
