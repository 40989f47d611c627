import type { Atlas, Point, View } from '@radiolect/findings';
import { fillPolygon } from '@radiolect/findings';
import type { Plane } from '../input/plane.ts';
import { blur, plane } from '../input/plane.ts';

/** Brightness of the drawing relative to bone seen once: bones that overlap in projection add up to `most`. */
const brightness = { body: 0.35, organ: 0.6, bone: 0.5, most: 1.6 } as const;

/**
 * What a normal picture roughly looks like on the atlas plane, drawn from the outlines alone: soft tissue, organs and
 * bones, blurred as by a camera. A stand-in for the mean picture of an archive.
 */
export function drawnTemplate(atlas: Atlas, view: View, shrinkBy: number): Plane {
  const target = plane(Math.ceil(atlas.height / shrinkBy), Math.ceil(atlas.width / shrinkBy));
  const { body, organs, outlines } = atlas.views[view];
  for (const polygon of body) fill(target, polygon, shrinkBy, brightness.body);
  for (const organ of organs) for (const polygon of organ.polygons) fill(target, polygon, shrinkBy, brightness.organ);
  for (const outline of outlines)
    for (const polygon of outline.polygons) fill(target, polygon, shrinkBy, brightness.bone);
  for (let i = 0; i < target.values.length; i++) target.values[i] = Math.min(brightness.most, target.values[i]!);
  return blur(target, 4 / shrinkBy);
}

/** Adds `amount` to the pixels whose centre lies in a polygon (even-odd), the polygon in pixels `shrinkBy` times finer. */
export function fill(target: Plane, polygon: readonly Point[], shrinkBy: number, amount: number): void {
  const { rows, columns, values } = target;
  const shrunk = polygon.map(([x, y]): Point => [x / shrinkBy, y / shrinkBy]);
  fillPolygon(shrunk, rows, columns, (row, column) => {
    values[row * columns + column]! += amount;
  });
}
