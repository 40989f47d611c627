import type { View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { NamedTensors, Session } from '@radiolect/onnx';
import { sigmoid } from '../calibration/scored-labels.ts';
import type { GridSize } from '../input/reading-grid.ts';
import { finePatches, fineSide, PlacePatches } from './place-patches.ts';
import type { Place } from './places.ts';
import { coveringPlaces, placeSide } from './places.ts';
import type { ShownStudy } from './shown-study.ts';

/** What the network says of every cell of one view, 0 to 1; 0 where no bone is near. */
export interface LesionPlanes {
  readonly lesion: Float32Array;
  /** That a lesion there, if there is one, is malignant. */
  readonly malignant: Float32Array;
}

/** Places that one run of the network takes. */
export const placesPerRun = 48;

/**
 * Reads all bone of a study, place by place; where places overlap, the one whose middle is nearer counts more.
 * `weights` are fed where the network takes them as inputs.
 */
export async function readPlanes(
  session: Session,
  study: ShownStudy,
  grid: GridSize,
  bone: readonly Uint8Array[],
  weights?: NamedTensors,
): Promise<Partial<Record<View, LesionPlanes>>> {
  const seen = views.filter((_, v) => study.views[v]);
  const places = coveringPlaces(bone, grid, seen);
  const cells = grid.rows * grid.columns;
  const sums = views.map(() => ({
    lesion: new Float32Array(cells),
    malignant: new Float32Array(cells),
    weight: new Float32Array(cells),
  }));
  for (let from = 0; from < places.length; from += placesPerRun) {
    const chosen = places.slice(from, from + placesPerRun);
    const patches = new PlacePatches(placesPerRun);
    for (const place of chosen) patches.add(study, place, grid);
    const results = await session.run({ ...(weights ? Object.fromEntries(weights) : {}), ...patches.tensors() });
    const mask = results.maskLogits!.data as Float32Array;
    const malignant = results.malignantLogits!.data as Float32Array;
    chosen.forEach((place, index) => {
      addPlace(sums[place.view]!, place, grid.columns, mask, malignant, index);
    });
  }
  return Object.fromEntries(
    views.flatMap((view, v) => {
      if (!seen.includes(view)) return [];
      const { lesion, malignant, weight } = sums[v]!;
      for (let cell = 0; cell < cells; cell++) {
        const share = weight[cell]! > 0 && bone[v]![cell] ? 1 / weight[cell]! : 0;
        lesion[cell]! *= share;
        malignant[cell]! *= share;
      }
      return [[view, { lesion, malignant }] as const];
    }),
  );
}

function addPlace(
  sum: { readonly lesion: Float32Array; readonly malignant: Float32Array; readonly weight: Float32Array },
  { row, column }: Place,
  columns: number,
  mask: Float32Array,
  malignant: Float32Array,
  index: number,
): void {
  const perSide = placeSide / fineSide;
  for (let i = 0; i < placeSide; i++)
    for (let j = 0; j < placeSide; j++) {
      const token = index * finePatches + Math.floor(i / fineSide) * perSide + Math.floor(j / fineSide);
      const cell = (row + i) * columns + column + j;
      const inwards = Math.min(i, j, placeSide - 1 - i, placeSide - 1 - j) + 1;
      sum.lesion[cell]! += inwards * sigmoid(mask[token * fineSide ** 2 + (i % fineSide) * fineSide + (j % fineSide)]!);
      sum.malignant[cell]! += inwards * sigmoid(malignant[token]!);
      sum.weight[cell]! += inwards;
    }
}
