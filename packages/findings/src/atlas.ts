import type { Point } from './evidence.ts';
import type { View } from './vocabulary.ts';

/** Closed polygons in atlas coordinates; several when a site has separate parts in projection. */
export interface AtlasOutline {
  readonly site: string;
  readonly polygons: readonly (readonly Point[])[];
}

/** One projection of the standing body. Outlines are in drawing order, the farthest from the camera first. */
export interface AtlasView {
  readonly outlines: readonly AtlasOutline[];
  /** The silhouette of the body's soft tissue. */
  readonly body: readonly (readonly Point[])[];
  /** Organs that take up tracer or are drawn for orientation: kidneys, bladder, …; named as in the guideline. */
  readonly organs: readonly { readonly name: string; readonly polygons: readonly (readonly Point[])[] }[];
}

/** What a normal picture looks like on the atlas plane, averaged over many: 8-bit brightness, row-major, base64. */
export interface MeanPicture {
  readonly rows: number;
  readonly columns: number;
  readonly brightness: string;
}

/**
 * The drawing of a pack's sites. Atlas coordinates are pixels of 2.26 mm on a plane 256 wide and 1024 high, as seen by
 * the camera: in the anterior view the patient's left is at the picture's right, in the posterior view at its left.
 */
export interface Atlas {
  readonly width: number;
  readonly height: number;
  readonly pixelSizeMm: number;
  readonly views: Readonly<Record<View, AtlasView>>;
  /** Sites that touch each other, by site id. */
  readonly neighbours: Readonly<Record<string, readonly string[]>>;
  /** From the pack's `mean-picture.json`, where it has one. */
  readonly meanPictures?: Readonly<Record<View, MeanPicture>>;
}

/**
 * A smooth map between the atlas plane and one picture. A lattice of `rows` × `columns` control points spans the atlas
 * plane corner to corner; `points[row * columns + column]` is where that lattice point lies in the picture, in pixels
 * of the picture. Between lattice points the map is bilinear.
 */
export interface Warp {
  readonly rows: number;
  readonly columns: number;
  readonly points: readonly Point[];
}
