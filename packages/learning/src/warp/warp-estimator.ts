import type { GreyImage } from '@radiolect/dicom';
import type { Atlas, Point, View, Warp } from '@radiolect/findings';
import { makeWarp } from '@radiolect/findings';
import type { Plane } from '../input/plane.ts';
import { blur, cut, plane, sample, shrink, stretched } from '../input/plane.ts';
import { uptakePicture } from '../input/uptake-picture.ts';
import type { BodyBox } from './body-box.ts';
import { bodyBox, trunkMiddle } from './body-box.ts';
import { brightnessOf } from './brightness.ts';
import type { Field } from './demons.ts';
import { demons, localCorrelation, warpedBy } from './demons.ts';
import { drawnTemplate, fill } from './drawn-template.ts';
import { decodeMeanPicture, meanPictureShrink } from './mean-picture.ts';

/** What registration found of one picture. */
export interface WarpEstimate {
  readonly warp: Warp;
  /** Mean local correlation with the template inside the body, −1 to 1: how much the picture looks like a skeleton. */
  readonly similarity: number;
  /** Width over height of the body found, in the picture's own pixels. */
  readonly aspect: number;
}

export interface WarpEstimator {
  /** Undefined where the picture holds no body at all. */
  estimate(image: GreyImage, view: View): WarpEstimate | undefined;
}

/** Lattice of an estimated warp: control points every 8 atlas pixels. */
const latticeRows = 129;
const latticeColumns = 33;

/** Pictures wider than this are averaged down first. */
const workingColumns = 128;

/** Working resolution: each level is the atlas plane shrunk by this factor, coarse to fine. */
const levels = [
  { shrinkBy: 8, iterations: 45, window: 4, updateSmoothing: 3, fieldSmoothing: 1.6, step: 0.5 },
  { shrinkBy: 4, iterations: 30, window: 9, updateSmoothing: 4, fieldSmoothing: 2.2, step: 0.5 },
] as const;

/**
 * Templates and weights are made once per atlas; estimating is then a pure function of the picture. Where the atlas has
 * mean pictures they stand in for the drawing of the outlines, which halves the larger errors (`docs/log.md`).
 */
export function createWarpEstimator(atlas: Atlas): WarpEstimator {
  const templates = { anterior: pyramid(atlas, 'anterior'), posterior: pyramid(atlas, 'posterior') };
  return {
    estimate(image, view) {
      const found = squareBody(uptakePicture(image));
      if (!found) return undefined;
      const { picture, box, place } = found;
      const { warp, ...rest } = register(picture, box, templates[view]);
      return { ...rest, warp: { ...warp, points: warp.points.map(place) } };
    },
  };
}

interface SquareBody {
  /** At working resolution, pixels square. */
  readonly picture: Plane;
  readonly box: BodyBox;
  /** From there to pixels of the picture itself. */
  readonly place: (point: Point) => Point;
}

/**
 * The picture at working resolution, with the body in it. Where the body fills less than half of the picture's height or
 * width the rest is cut away first, so that a body in a wide margin is not averaged down to nothing.
 */
function squareBody(image: GreyImage): SquareBody | undefined {
  const [down, across] = image.pixelSpacing ?? [1, 1];
  // Spacings are rounded in headers, and a little stretch is what registration is for.
  const ratio = Math.abs(down / across - 1) > 0.03 ? down / across : 1;
  const full = brightnessOf(image);
  const atFull = (left: number, top: number, columns: number, rows: number): SquareBody | undefined => {
    const part = columns === full.columns && rows === full.rows ? full : cut(full, left, top, columns, rows);
    const square = ratio === 1 ? part : stretched(part, Math.round(rows * ratio));
    const factor = Math.max(1, Math.round(columns / workingColumns));
    const picture = shrink(square, factor);
    const box = bodyBox(picture);
    if (!box) return undefined;
    const upright = square.rows / rows;
    return { picture, box, place: ([x, y]) => [left + x * factor, top + (y * factor) / upright] };
  };
  const whole = atFull(0, 0, full.columns, full.rows);
  if (!whole) return undefined;
  const { picture, box, place } = whole;
  const fills = Math.min((box.right - box.left) / picture.columns, (box.bottom - box.top) / picture.rows);
  if (fills >= leastFilling) return whole;
  const margin = cutMargin * (box.bottom - box.top);
  const [left, top] = place([box.left - margin, box.top - margin]).map((edge) => Math.max(0, Math.floor(edge)));
  const [right, bottom] = place([box.right + margin, box.bottom + margin]);
  const columns = Math.min(full.columns, Math.ceil(right)) - left!;
  const rows = Math.min(full.rows, Math.ceil(bottom)) - top!;
  return atFull(left!, top!, columns, rows);
}

/** Share of the picture's height or width below which the body stands in a margin that is cut away. */
const leastFilling = 0.5;
/** What stays around it, as a share of its height. */
const cutMargin = 0.08;

interface TemplateLevel {
  readonly picture: Plane;
  /** Where agreement counts: the body and a margin around it, 0 to 1. */
  readonly weight: Plane;
}
interface Templates {
  readonly box: BodyBox;
  readonly levels: readonly TemplateLevel[];
}

function register(picture: Plane, box: BodyBox, template: Templates): WarpEstimate {
  const from = template.box;
  const scaleX = (box.right - box.left) / (from.right - from.left);
  const scaleY = (box.bottom - box.top) / (from.bottom - from.top);
  // Widths mislead (arms abducted) more than heights do, so the body keeps its proportions within bounds; where arms are
  // cut off, the width says nothing, and the trunk tells the middle.
  const armsCut = box.left === 0 || box.right === picture.columns;
  const width = armsCut ? scaleY : Math.min(Math.max(scaleX, 0.8 * scaleY), 1.2 * scaleY);
  const centre = armsCut ? trunkMiddle(picture, box) : (box.left + box.right) / 2;
  const toPicture = (x: number, y: number): [number, number] => [
    centre + (x - (from.left + from.right) / 2) * width,
    box.top + (y - from.top) * scaleY,
  ];
  let field: Field | undefined;
  let similarity = 0;
  levels.forEach((level, index) => {
    const { picture: fixed, weight } = template.levels[index]!;
    const moving = equalised(resampled(picture, fixed, level.shrinkBy, toPicture));
    field = field ? finer(field, fixed) : { x: plane(fixed.rows, fixed.columns), y: plane(fixed.rows, fixed.columns) };
    demons(fixed, moving, field, weight, level);
    if (index === levels.length - 1)
      similarity = localCorrelation(fixed, warpedBy(moving, field), weight, level.window);
  });
  const { x, y } = field!;
  const shrinkBy = levels.at(-1)!.shrinkBy;
  const warp = makeWarp(latticeRows, latticeColumns, ([u, v]) =>
    toPicture(
      u + shrinkBy * sample(x, u / shrinkBy, v / shrinkBy),
      v + shrinkBy * sample(y, u / shrinkBy, v / shrinkBy),
    ),
  );
  const aspect = (box.right - box.left) / (box.bottom - box.top);
  return { warp, similarity, aspect };
}

function pyramid(atlas: Atlas, view: View): Templates {
  const mean = atlas.meanPictures && decodeMeanPicture(atlas.meanPictures[view]);
  const xs = atlas.views[view].body.flatMap((polygon) => polygon.map((point) => point[0]));
  const ys = atlas.views[view].body.flatMap((polygon) => polygon.map((point) => point[1]));
  return {
    box: { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) },
    levels: levels.map(({ shrinkBy }) => {
      const weight = plane(Math.ceil(atlas.height / shrinkBy), Math.ceil(atlas.width / shrinkBy));
      for (const polygon of atlas.views[view].body) fill(weight, polygon, shrinkBy, 1);
      const picture = mean ? shrink(mean, shrinkBy / meanPictureShrink) : drawnTemplate(atlas, view, shrinkBy);
      return { picture: equalised(picture), weight: blur(weight, 8 / shrinkBy) };
    }),
  };
}

/** Divided by the mean of what is lit and cut at three times that, so that pictures of any exposure compare. */
function equalised(picture: Plane): Plane {
  let sum = 0;
  let count = 0;
  // A bladder or a spill far above all else must not decide what counts as lit.
  const sorted = picture.values.slice().sort();
  const peak = Math.min(sorted.at(-1)!, 3 * sorted[Math.floor(0.98 * (sorted.length - 1))]!);
  for (const value of picture.values)
    if (value > 0.05 * peak) {
      sum += value;
      count++;
    }
  const scale = sum > 0 ? count / sum : 0;
  return { ...picture, values: picture.values.map((value) => Math.min(3, value * scale)) };
}

/** The picture on the atlas grid through the first guess, smoothed to the grid's resolution. */
function resampled(
  picture: Plane,
  like: Plane,
  shrinkBy: number,
  toPicture: (x: number, y: number) => [number, number],
): Plane {
  const [x0] = toPicture(0, 0);
  const [x1] = toPicture(1, 0);
  const smooth = blur({ ...picture, values: picture.values.slice() }, 0.55 * shrinkBy * (x1 - x0));
  const coarse = plane(like.rows, like.columns);
  for (let row = 0; row < coarse.rows; row++)
    for (let column = 0; column < coarse.columns; column++)
      coarse.values[row * coarse.columns + column] = sample(
        smooth,
        ...toPicture((column + 0.5) * shrinkBy, (row + 0.5) * shrinkBy),
      );
  return coarse;
}

/** A coarse field on a grid of twice the resolution; displacements are in pixels of their own grid. */
function finer(field: Field, like: Plane): Field {
  const enlarge = (coarse: Plane): Plane => {
    const target = plane(like.rows, like.columns);
    const factor = like.rows / coarse.rows;
    for (let row = 0; row < target.rows; row++)
      for (let column = 0; column < target.columns; column++)
        target.values[row * target.columns + column] =
          factor * sample(coarse, (column + 0.5) / factor, (row + 0.5) / factor);
    return target;
  };
  return { x: enlarge(field.x), y: enlarge(field.y) };
}
