import type { GreyImage } from '@radiolect/dicom';
import type { Plane } from '../input/plane.ts';
import { plane } from '../input/plane.ts';

/** Square root of the counts: its noise is even (Anscombe 1948), and a hot bladder no longer rules the picture. */
export function brightnessOf({ rows, columns, pixels }: GreyImage): Plane {
  const picture = plane(rows, columns);
  for (let i = 0; i < pixels.length; i++) picture.values[i] = Math.sqrt(Math.max(0, pixels[i]!));
  return picture;
}
