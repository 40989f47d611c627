import type { Atlas, Point } from '@radiolect/findings';
import { siteOutline } from '@radiolect/findings';
import type { Patch } from './raster.ts';
import { coverage, depthProfile, sampleAt } from './raster.ts';
import type { BoneRow } from './uptake-table.ts';
import { accents, bladderRow, boneKey, boneRows, organRows } from './uptake-table.ts';

/**
 * A piece of the body that takes up tracer, as the front camera sees it on the atlas plane. A site has one part, or a
 * front and a back part where its outlines differ between the views.
 */
export interface BodyPart {
  readonly site: string;
  /** Depth profile times relative uptake. */
  readonly patch: Patch;
  /** 1 where the part is, for lesions: coverage without profile. */
  readonly mask: Patch;
  /** Outline from the front. */
  readonly polygons: readonly (readonly Point[])[];
  /** Centimetres of tissue between the part and each camera, in a typical adult. */
  readonly front: number;
  readonly back: number;
  readonly accent: boolean;
  readonly joint: boolean;
  readonly face: 'whole' | 'front' | 'back';
}

/** The atlas turned into what the renderer adds up. Seen from the front; the back camera sees it mirrored. */
export interface BodyModel {
  readonly parts: readonly BodyPart[];
  readonly bySite: ReadonlyMap<string, readonly BodyPart[]>;
  readonly organs: ReadonlyMap<string, BodyPart>;
  readonly bladder: BodyPart;
  /** Thickness of soft tissue, 0 to 1, over the plane down to `rows`. */
  readonly tissue: Patch;
}

/** Rows of the plane that hold the body; below is nothing. */
export const bodyRows = 800;

const mirrored = (polygons: readonly (readonly Point[])[], width: number): Point[][] =>
  polygons.map((polygon) => polygon.map(([x, y]): Point => [width - x, y]).reverse());

/** Builds the model; takes a good part of a second, so build it once per atlas. */
export function makeBodyModel(atlas: Atlas): BodyModel {
  const parts: BodyPart[] = [];
  for (const { site } of atlas.views.anterior.outlines) {
    const row = boneRows[boneKey(site)];
    if (!row) throw new RangeError(`No uptake is known for site ${site}`);
    const front = siteOutline(atlas, 'anterior', site);
    const back = mirrored(siteOutline(atlas, 'posterior', site), atlas.width);
    if ('frontPart' in row) {
      parts.push(partOf(site, row.frontPart, front, 'front'), partOf(site, row.backPart, back, 'back'));
    } else parts.push(partOf(site, row, front, 'whole'));
  }
  const bySite = new Map<string, BodyPart[]>();
  parts.push(...posteriorElements(atlas));
  for (const part of parts) if (part.site !== '') bySite.set(part.site, [...(bySite.get(part.site) ?? []), part]);
  for (const accent of accents) {
    for (const part of bySite.get(accent.site) ?? []) {
      const x = atlas.width / 2 + accent.u;
      const { left, top, columns, rows, values } = part.patch;
      const bump = values.map((value, at) => {
        const dx = left + (at % columns) + 0.5 - x;
        const dy = top + Math.floor(at / columns) + 0.5 - accent.y;
        return value * accent.gain * Math.exp(-(dx * dx + dy * dy) / (2 * (accent.radius * 0.75) ** 2));
      });
      parts.push({
        ...part,
        patch: { left, top, columns, rows, values: bump },
        accent: true,
        joint: accent.joint ?? false,
      });
    }
  }
  const organ = (name: string, row: BoneRow): BodyPart => {
    const polygons = atlas.views.anterior.organs.find((drawn) => drawn.name === name)?.polygons ?? [];
    if (polygons.length === 0) throw new RangeError(`The atlas does not draw ${name}`);
    return partOf(name, row, polygons, 'whole');
  };
  return {
    parts,
    bySite,
    organs: new Map(Object.entries(organRows).map(([name, row]) => [name, organ(name, row)])),
    bladder: organ('bladder', bladderRow),
    tissue: tissueOf(atlas),
  };
}

function partOf(site: string, row: BoneRow, polygons: readonly (readonly Point[])[], face: BodyPart['face']): BodyPart {
  const patch = depthProfile(polygons, row.profile);
  const values = patch.values.map((value) => value * row.uptake);
  return {
    site,
    patch: { ...patch, values },
    mask: coverage(polygons),
    polygons,
    front: row.front,
    back: row.back,
    accent: false,
    joint: false,
    face,
  };
}

/** Arches and spinous processes run on between the boxes of the vertebrae; they are no site of their own. */
function posteriorElements(atlas: Atlas): BodyPart[] {
  const middle = atlas.width / 2;
  const edges = (site: string): number[] =>
    siteOutline(atlas, 'anterior', site)
      .flat()
      .map((point) => point[1]);
  return (
    [
      ['c1', 'c7', 5, 'cervical'],
      ['t1', 't12', 5.5, 'thoracic'],
      ['l1', 'l5', 7, 'lumbar'],
    ] as const
  ).map(([first, last, half, key]) => {
    const [top, bottom] = [Math.min(...edges(first)), Math.max(...edges(last))];
    const row = boneRows[key] as BoneRow;
    const strip: Point[] = [
      [middle - half, top],
      [middle + half, top],
      [middle + half, bottom],
      [middle - half, bottom],
    ];
    return partOf('', { ...row, uptake: 0.3 * row.uptake, back: row.back - 2, front: row.front + 2 }, [strip], 'whole');
  });
}

/** Soft tissue is smooth, so its depth is measured on a grid of this many pixels. */
const tissueGrid = 4;

/** Trunk and arms overlap on the plane, so the thicker of the two counts, not the sum. */
function tissueOf(atlas: Atlas): Patch {
  const values = new Float32Array(bodyRows * atlas.width);
  for (const polygon of atlas.views.anterior.body) {
    const small = polygon.map(([x, y]): Point => [x / tissueGrid, y / tissueGrid]);
    const depth = depthProfile([small], { kind: 'round', radius: 34 / tissueGrid });
    const mask = coverage([polygon]);
    for (let row = 0; row < mask.rows; row++)
      for (let column = 0; column < mask.columns; column++) {
        const [x, y] = [column + mask.left, row + mask.top];
        const covered = mask.values[row * mask.columns + column]!;
        if (covered === 0 || y >= bodyRows) continue;
        const value = covered * Math.max(0.2, sampleAt(depth, (x + 0.5) / tissueGrid, (y + 0.5) / tissueGrid));
        const at = y * atlas.width + x;
        if (value > values[at]!) values[at] = value;
      }
  }
  return { left: 0, top: 0, columns: atlas.width, rows: bodyRows, values };
}

/** Whether a part covers a place on the plane, 0 to 1. */
export const coverageAt = (part: BodyPart, x: number, y: number): number => sampleAt(part.mask, x, y);
