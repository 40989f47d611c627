import type { GreyImage } from '@radiolect/dicom';
import type { Atlas, Point, View, Warp } from '@radiolect/findings';
import { mirrorWarp, outlineInPicture, views } from '@radiolect/findings';
import type { PhantomBody, PhantomCase } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { BodyModel } from './body-model.ts';
import { makeBodyModel } from './body-model.ts';
import { composeBody } from './compose-body.ts';
import { bladderPiece, distractorPieces } from './distractor-pieces.ts';
import type { RenderedLesion } from './lesion-strength.ts';
import { renderLesion } from './lesion-strength.ts';
import type { PicturePatch, Stage } from './piece.ts';
import { addPatch, projectPiece } from './piece.ts';
import { drawCounts } from './poisson.ts';
import { poseWarp } from './pose.ts';
import { pictureColumns, picturePositions, pictureRows, projectLayers } from './project.ts';

/** Expected counts without noise, with and without lesions: what a perfect reader would compare a picture with. */
export interface ExpectedCounts {
  /** Of the whole case: (1024 × 256), row-major. */
  readonly all: Readonly<Record<View, Float32Array>>;
  /** What one lesion adds or takes away, by lesion id. */
  readonly changes: Readonly<Record<string, Readonly<Partial<Record<View, PicturePatch>>>>>;
  /** Expected counts as if the named lesions were not there; everything else stays, the scale of counts too. */
  without(lesionIds: readonly string[]): Record<View, Float32Array>;
}

export interface RenderedPhantom {
  /** Counts, 1024 rows × 256 columns, 2.26 mm pixels. */
  readonly views: Readonly<Record<View, GreyImage>>;
  /** The true warp from the atlas's view to the picture of that view. */
  readonly warp: Readonly<Record<View, Warp>>;
  readonly siteOutlines: Readonly<Record<string, Readonly<Record<View, readonly (readonly Point[])[]>>>>;
  /** By lesion id: its outline in the views that show it. */
  readonly lesionOutlines: Readonly<Record<string, Readonly<Partial<Record<View, readonly Point[]>>>>>;
  readonly expected: ExpectedCounts;
  /** The same acquisition without the named lesions: the noise of every pixel they do not touch is the same. */
  redrawWithout(lesionIds: readonly string[]): Record<View, GreyImage>;
}

const pixelMm = 2.26;

// A model follows from its atlas alone, so keeping it changes no result, only the time.
const models = new WeakMap<Atlas, BodyModel>();
function modelOf(atlas: Atlas): BodyModel {
  const known = models.get(atlas);
  if (known) return known;
  const made = makeBodyModel(atlas);
  models.set(atlas, made);
  return made;
}

/**
 * Draws both views of a case. The same case and stream give the same pictures; taking a lesion out of the case changes
 * nothing but what that lesion shows. Throws RangeError where a lesion's site is not in the atlas.
 */
export function renderPhantom(phantomCase: PhantomCase, atlas: Atlas, random: RandomStream): RenderedPhantom {
  const model = modelOf(atlas);
  const body = posed(phantomCase, random.child('crooked'));
  const warp = poseWarp(body);
  const stage: Stage = { warp, positions: picturePositions(warp), body, scanner: phantomCase.scanner };

  const normal = projectLayers(composeBody(model, phantomCase, random.child('body')), stage.positions, stage.scanner);
  const scale = scaleToCounts(normal, phantomCase);

  const lesions = new Map<string, RenderedLesion>();
  for (const lesion of phantomCase.lesions)
    lesions.set(lesion.id, renderLesion(model, lesion, stage, normal, random.child('lesion').child(lesion.id)));

  const rest = { anterior: normal.anterior.slice(), posterior: normal.posterior.slice() };
  const extra = [
    bladderPiece(model, phantomCase),
    ...phantomCase.distractors.flatMap((distractor, i) =>
      distractorPieces(distractor, random.child('distractor').child(i)),
    ),
  ];
  for (const piece of extra) {
    const seen = projectPiece(piece, stage);
    if (seen) for (const view of views) addPatch(rest[view], seen[view], scale[view]);
  }

  const without = (ids: readonly string[]): Record<View, Float32Array> => {
    const result = { anterior: rest.anterior.slice(), posterior: rest.posterior.slice() };
    for (const view of views) {
      for (const [id, { change }] of lesions) {
        const patch = change[view];
        if (patch && !ids.includes(id)) addPatch(result[view], patch);
      }
      const values = result[view];
      // Overlapping defects could take away more than there is.
      for (let at = 0; at < values.length; at++) if (values[at]! < 0) values[at] = 0;
    }
    return result;
  };
  const noiseSeed = random.child('noise').integer(1, 0x7fffffff);
  const draw = (expected: Record<View, Float32Array>): Record<View, GreyImage> => ({
    anterior: asPicture(drawCounts(expected.anterior, noiseSeed)),
    posterior: asPicture(drawCounts(expected.posterior, noiseSeed ^ 0x5bd1e995)),
  });
  const all = without([]);
  const warps = { anterior: warp, posterior: mirrorWarp(warp, pictureColumns) };
  return {
    views: draw(all),
    warp: warps,
    siteOutlines: outlinesOf(atlas, warps),
    lesionOutlines: Object.fromEntries([...lesions].map(([id, lesion]) => [id, lesion.outline])),
    expected: { all, changes: Object.fromEntries([...lesions].map(([id, lesion]) => [id, lesion.change])), without },
    redrawWithout: (ids) => draw(without(ids)),
  };
}

const asPicture = (pixels: Uint16Array): GreyImage => ({
  rows: pictureRows,
  columns: pictureColumns,
  pixels,
  pixelSpacing: [pixelMm, pixelMm],
});

/** A patient who lies crooked leans and tilts beyond what the case says of the body. */
function posed({ body, distractors }: PhantomCase, random: RandomStream): PhantomBody {
  if (!distractors.some((distractor) => distractor.kind === 'crooked-positioning')) return body;
  const side = random.pick([-1, 1]);
  return {
    ...body,
    lean: body.lean + side * random.between(2.5, 5.5),
    headTilt: body.headTilt + side * random.between(-12, 14),
    scoliosis: body.scoliosis + side * random.between(0, 14),
  };
}

/** Multiplies the normal pictures, in place, to the counts of the scanner; gives the factor per view. */
function scaleToCounts(normal: Record<View, Float32Array>, { scanner }: PhantomCase): Record<View, number> {
  const total = views.reduce((sum, view) => sum + normal[view].reduce((a, b) => a + b, 0), 0);
  const scale = {
    anterior: (2 * scanner.anteriorShare * scanner.counts) / total,
    posterior: (2 * (1 - scanner.anteriorShare) * scanner.counts) / total,
  };
  for (const view of views) {
    const values = normal[view];
    for (let row = 0; row < pictureRows; row++) {
      const factor = scale[view] * (1 + scanner.tilt * (2 * (row / pictureRows) - 1));
      for (let at = row * pictureColumns; at < (row + 1) * pictureColumns; at++) values[at] = values[at]! * factor;
    }
  }
  return scale;
}

/** Every second point is enough between the bends of the atlas's curves, and halves the truth files. */
function outlinesOf(atlas: Atlas, warps: Record<View, Warp>): RenderedPhantom['siteOutlines'] {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const outline = (view: View, site: string): Point[][] =>
    outlineInPicture(atlas, view, site, warps[view]).map((polygon) =>
      polygon.filter((_, i) => polygon.length < 20 || i % 2 === 0).map(([x, y]): Point => [round(x), round(y)]),
    );
  return Object.fromEntries(
    atlas.views.anterior.outlines.map(({ site }) => [
      site,
      { anterior: outline('anterior', site), posterior: outline('posterior', site) },
    ]),
  );
}
