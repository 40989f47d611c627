import type { Point } from '@radiolect/findings';

/**
 * Which part of a picture a canvas shows. The centre is in pixels of the anterior view's picture; zoom 1 fits the box.
 * One viewport drives all views, so that zooming one zooms the others at the same height.
 */
export interface Viewport {
  readonly zoom: number;
  readonly centre: Point;
}

export type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How one picture lies on its canvas: screen = (picture − origin) × scale, per axis, in CSS pixels. */
export interface Placement {
  readonly origin: Point;
  readonly scale: Point;
}

const margin = 1.04;
export const zoomRange = { least: 1, most: 16 } as const;

/** Fits `box` into the canvas at zoom 1, true to the pixel spacing ([between rows, between columns], any unit). */
export function place(viewport: Viewport, canvas: Size, box: Box, pixelSpacing: readonly [number, number]): Placement {
  const [left, top, right, bottom] = box;
  const [rowSpacing, columnSpacing] = pixelSpacing;
  const fit = Math.min(
    canvas.width / ((right - left) * columnSpacing * margin),
    canvas.height / ((bottom - top) * rowSpacing * margin),
  );
  const scale: Point = [fit * viewport.zoom * columnSpacing, fit * viewport.zoom * rowSpacing];
  const [x, y] = viewport.centre;
  return { scale, origin: [x - canvas.width / 2 / scale[0], y - canvas.height / 2 / scale[1]] };
}

export const toScreen = ({ origin, scale }: Placement, [x, y]: Point): Point => [
  (x - origin[0]) * scale[0],
  (y - origin[1]) * scale[1],
];

export const toPicture = ({ origin, scale }: Placement, [x, y]: Point): Point => [
  x / scale[0] + origin[0],
  y / scale[1] + origin[1],
];

export const centreOf = ([left, top, right, bottom]: Box): Point => [(left + right) / 2, (top + bottom) / 2];

/** Zooms by `factor` so that the picture's point `anchor` stays where it is. */
export function zoomAt(viewport: Viewport, anchor: Point, factor: number): Viewport {
  const zoom = Math.min(zoomRange.most, Math.max(zoomRange.least, viewport.zoom * factor));
  const ratio = viewport.zoom / zoom;
  return {
    zoom,
    centre: [
      anchor[0] + (viewport.centre[0] - anchor[0]) * ratio,
      anchor[1] + (viewport.centre[1] - anchor[1]) * ratio,
    ],
  };
}

/** Moves the picture under the canvas by `by` CSS pixels, never so far that its box is lost. */
export function pan(viewport: Viewport, by: Point, placement: Placement, box: Box): Viewport {
  const [left, top, right, bottom] = box;
  return {
    zoom: viewport.zoom,
    centre: [
      clamp(viewport.centre[0] - by[0] / placement.scale[0], left, right),
      clamp(viewport.centre[1] - by[1] / placement.scale[1], top, bottom),
    ],
  };
}

/** The same viewport for the opposite view, whose columns run the other way. */
export function mirrored(viewport: Viewport, columns: number): Viewport {
  return { zoom: viewport.zoom, centre: [columns - viewport.centre[0], viewport.centre[1]] };
}

/** The smallest box that holds both, the second one first mirrored in `columns` when it is of the opposite view. */
export function unionBox(a: Box, b: Box, mirrorColumns?: number): Box {
  const [left, top, right, bottom] = b;
  const other = mirrorColumns === undefined ? b : ([mirrorColumns - right, top, mirrorColumns - left, bottom] as const);
  return [Math.min(a[0], other[0]), Math.min(a[1], other[1]), Math.max(a[2], other[2]), Math.max(a[3], other[3])];
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
