import type { Atlas, View } from '@radiolect/findings';
import { views } from '@radiolect/findings';
import type { Plane } from '../input/plane.ts';
import { boxMean } from '../input/plane.ts';
import { candidatesOf } from './candidates.ts';
import type { HotSpot } from './hot-spot.ts';
import { hotSpot } from './hot-spot.ts';
import type { Localiser, PreparedStudy } from './load-localiser.ts';
import { shownStudy } from './shown-study.ts';

/**
 * Readers that nobody trained, to stand beside one that was. `deviation`: counts against the mean and the spread of
 * normal studies at each place, in standard deviations. `background`: counts over the mean count around them, as one
 * threshold for a whole picture would be set; the score is that multiple.
 */
export type PlainReader = 'deviation' | 'background';
export const plainReaders = ['deviation', 'background'] as const satisfies readonly PlainReader[];

/** Cells to each side over which counts are averaged, and which count as the surroundings. */
const own = 1;
const around = 12;
/** Below one standard deviation, or 1.2 times the surroundings, nothing is said. */
const floors = { deviation: 1, background: 0.2 } as const;

/** At most so many hot spots of each view on bone, highest score first. Of a plain reader's spots `malignant` says nothing: it is 0. */
export function plainSpots(
  reader: PlainReader,
  { input, warps }: PreparedStudy,
  { grid, bone, normal, anatomy }: Pick<Localiser, 'grid' | 'bone' | 'normal' | 'anatomy'>,
  atlas: Atlas,
  most = 80,
): HotSpot[] {
  const study = shownStudy(input, grid, normal);
  const nothing = new Float32Array(grid.rows * grid.columns);
  const spots = views.flatMap((view, v) => {
    const counts = input[view]?.values;
    const warp = warps[view];
    const layer = study.views[v]?.layers[0];
    if (!counts || !warp || !layer) return [];
    const map = reader === 'deviation' ? plain(layer.deviation, grid) : aboveBackground(counts, grid);
    for (let cell = 0; cell < map.length; cell++) map[cell] = bone[v]![cell] ? Math.max(map[cell]!, 0) : 0;
    return candidatesOf(map, grid, floors[reader], anatomy[v]!)
      .slice(0, most)
      .map((candidate) =>
        hotSpot(candidate, view as View, counts, nothing, { grid, atlas, anatomy: anatomy[v]! }, warp),
      );
  });
  // The score of the map is how far above 1 the multiple is.
  const shown = reader === 'background' ? spots.map((spot) => ({ ...spot, score: spot.score + 1 })) : spots;
  return shown.sort((a, b) => b.score - a.score);
}

const averaged = (values: Float32Array, { rows, columns }: Pick<Plane, 'rows' | 'columns'>, radius: number) =>
  boxMean({ rows, columns, values: values.slice() }, radius).values;

const plain = (deviation: Float32Array, grid: Pick<Plane, 'rows' | 'columns'>): Float32Array =>
  averaged(deviation, grid, own);

function aboveBackground(counts: Float32Array, grid: Pick<Plane, 'rows' | 'columns'>): Float32Array {
  const local = averaged(counts, grid, own);
  const background = averaged(counts, grid, around);
  return local.map((value, cell) => value / Math.max(background[cell]!, 0.1) - 1);
}
