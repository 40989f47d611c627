import type { Intensity, Point, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { PhantomLesion } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import type { BodyModel } from './body-model.ts';
import { contour } from './contour.ts';
import { lesionPieces } from './lesion-shape.ts';
import type { PicturePatch, Stage } from './piece.ts';
import { cutPatch, joinPatches, projectPiece } from './piece.ts';

/** What one lesion changes in the pictures. */
export interface RenderedLesion {
  /** Expected counts that the lesion adds (or, below 0, takes away) per view. */
  readonly change: Readonly<Partial<Record<View, PicturePatch>>>;
  /** Its outline in the views that show it. */
  readonly outline: Readonly<Partial<Record<View, readonly Point[]>>>;
}

/** How many times the counts of its surroundings a lesion's mean reaches, by intensity: [from, to]. */
const contrastBands: Readonly<Record<Intensity, readonly [number, number]>> = {
  faint: [1.55, 1.95],
  mild: [2, 2.9],
  moderate: [2.8, 4.8],
  intense: [5, 14.5],
};
/** The share of the normal counts that a defect takes away. */
const lossBands: Readonly<Record<Intensity, readonly [number, number]>> = {
  faint: [0.3, 0.4],
  mild: [0.4, 0.5],
  moderate: [0.5, 0.65],
  intense: [0.65, 0.8],
};
/** An outline follows this share of the largest change. */
const outlineShare = 0.6;
/** A view shows a lesion where its counts stand out of their own noise this many times, and above the rest this much. */
const visibleSignal = 3;
const visibleContrast = 0.5;

interface Measured {
  /** Mean of the unit lesion inside its outline, and of the normal picture there or around it. */
  readonly unit: number;
  readonly normal: number;
}

/** Renders one lesion over the normal picture, given in expected counts. */
export function renderLesion(
  model: BodyModel,
  lesion: PhantomLesion,
  stage: Stage,
  normal: Readonly<Record<View, Float32Array>>,
  random: RandomStream,
): RenderedLesion {
  const pieces = lesionPieces(model, lesion, random.child('shape'));
  const strength = random.child('strength');
  const change: Partial<Record<View, PicturePatch>> = {};
  const hot = pieces.hot.flatMap((piece) => projectPiece(piece, stage) ?? []);
  if (hot.length > 0) {
    const units = Object.fromEntries(
      views.map((view) => [view, joinPatches(hot.map((patches) => ({ patch: patches[view], factor: 1 })))]),
    ) as Record<View, PicturePatch>;
    const measured = views.map((view) => measure(units[view], normal[view], pieces.whole));
    const [low, high] = contrastBands[lesion.intensity];
    // Wear seldom burns like tumour: the same word of a report means less there.
    const damp = lesion.shape === 'joint' || lesion.shape === 'end-plate' ? 0.65 : 1;
    const contrast = 1 + damp * (low * (high / low) ** strength.unit() - 1);
    // The contrast holds in the view that shows the lesion best; the other view sees the same tracer from its side.
    const best = measured.reduce((a, b) => (b.unit / b.normal > a.unit / a.normal ? b : a));
    const factor = ((contrast - 1) * best.normal) / best.unit;
    for (const view of views) change[view] = scaled(units[view], factor);
  }
  if (pieces.cold.length > 0) {
    const [low, high] = lossBands[lesion.uptake === 'decreased' ? lesion.intensity : 'moderate'];
    const loss = strength.between(low, high);
    for (const piece of pieces.cold) {
      const seen = projectPiece(piece, stage);
      if (!seen) continue;
      for (const view of views) {
        // Attenuation dims tracer, not its absence: what counts is where the defect is, blurred.
        const peak = seen[view].values.reduce((max, value) => Math.max(max, value), 0) || 1;
        const there = cutPatch(normal[view], seen[view]);
        const values = seen[view].values.map((value, at) => -loss * (value / peak) * there[at]!);
        const cold = { ...seen[view], values };
        const already = change[view];
        change[view] = already
          ? joinPatches([
              { patch: already, factor: 1 },
              { patch: cold, factor: 1 },
            ])
          : cold;
      }
    }
  }
  return { change, outline: outlines(change, normal, lesion.uptake === 'decreased') };
}

const scaled = (patch: PicturePatch, factor: number): PicturePatch => ({
  ...patch,
  values: patch.values.map((value) => value * factor),
});

/** Compares a unit lesion with the normal picture inside its outline and in a ring of three pixels around it. */
function measure(unit: PicturePatch, normal: Float32Array, whole: boolean): Measured {
  const peak = unit.values.reduce((max, value) => Math.max(max, value), 0);
  if (peak <= 0) return { unit: 1e-9, normal: 1 };
  const there = cutPatch(normal, unit);
  let [inside, unitSum, normalSum, ring, ringSum] = [0, 0, 0, 0, 0];
  unit.values.forEach((value, at) => {
    if (value >= outlineShare * peak) {
      inside++;
      unitSum += value;
      normalSum += there[at]!;
    } else if (value > 0.06 * peak) {
      ring++;
      ringSum += there[at]!;
    }
  });
  const own = normalSum / inside;
  const surroundings = whole || ring === 0 ? own : ringSum / ring;
  return { unit: unitSum / inside, normal: Math.max(own * (whole ? 1 : 0.8), surroundings, 1e-6) };
}

function outlines(
  change: Readonly<Partial<Record<View, PicturePatch>>>,
  normal: Readonly<Record<View, Float32Array>>,
  decreased: boolean,
): Partial<Record<View, readonly Point[]>> {
  const found = views.flatMap((view) => {
    const patch = change[view];
    if (!patch) return [];
    const seen = decreased ? scaled(patch, -1) : patch;
    const peak = seen.values.reduce((max, value) => Math.max(max, value), 0);
    if (peak <= 0) return [];
    const there = cutPatch(normal[view], patch);
    let [signal, noise] = [0, 0];
    seen.values.forEach((value, at) => {
      if (value < outlineShare * peak) return;
      signal += value;
      noise += there[at]!;
    });
    const polygon = contour(seen, outlineShare * peak);
    if (!polygon || polygon.length < 3) return [];
    return [
      { view, polygon, signal: signal / Math.sqrt(Math.max(noise, 1)), contrast: signal / Math.max(noise, 1e-6) },
    ];
  });
  const best = found.reduce<(typeof found)[number] | undefined>(
    (a, b) => (a && a.signal >= b.signal ? a : b),
    undefined,
  );
  return Object.fromEntries(
    found
      .filter((one) => one === best || (one.signal >= visibleSignal && one.contrast >= visibleContrast))
      .map(({ view, polygon }) => [view, polygon]),
  );
}
