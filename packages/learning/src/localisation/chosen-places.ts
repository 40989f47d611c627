import type { GridSize } from '../input/reading-grid.ts';
import type { Random } from '../random.ts';
import type { LesionCells } from './lesion-cells.ts';
import type { Place } from './places.ts';
import { placeSide } from './places.ts';
import type { ShownStudy } from './shown-study.ts';

/** Share of a study's places that hold a lesion, where there is one; of the rest, those where normal bone looks hottest. */
const lesionShare = 0.5;
const hottestShare = 0.2;
/** Of so many places of bone the hottest is taken. */
const compared = 24;
/** A lesion lies up to this many cells from the middle of its place. */
const jitter = 12;

/**
 * Where a study is shown in a step: around lesions, each as likely as any other; where bone without a lesion deviates
 * most from normal; and anywhere on bone.
 */
export function chosenPlaces(
  study: ShownStudy,
  lesions: readonly LesionCells[],
  bone: readonly Uint8Array[],
  grid: GridSize,
  count: number,
  random: Random,
): Place[] {
  const seen = [0, 1].filter((view) => study.views[view]);
  if (seen.length === 0) return [];
  const all = seen.flatMap((view) => lesions[view]!.lesions.map((lesion) => ({ view, cells: lesion.cells })));
  const around = (view: number, cell: number, spread: number): Place => ({
    view,
    row: within(Math.floor(cell / grid.columns) - placeSide / 2 + symmetric(spread), grid.rows - placeSide),
    column: within((cell % grid.columns) - placeSide / 2 + symmetric(spread), grid.columns - placeSide),
  });
  const symmetric = (spread: number): number => Math.round((2 * random() - 1) * spread);
  const anywhere = (): readonly [view: number, cell: number] => {
    const view = seen[Math.floor(random() * seen.length)]!;
    for (;;) {
      const cell = Math.floor(random() * grid.rows * grid.columns);
      if (bone[view]![cell]) return [view, cell];
    }
  };
  const onLesions = all.length > 0 ? Math.round(count * lesionShare) : 0;
  const onHottest = Math.round(count * hottestShare);
  return Array.from({ length: count }, (_, index) => {
    if (index < onLesions) {
      const { view, cells } = all[Math.floor(random() * all.length)]!;
      const cell = cells[Math.floor(random() * cells.length)];
      // An outline may lie beside the grid, where a warp went astray: it has no cells.
      if (cell !== undefined) return around(view, cell, jitter);
    }
    const [view, cell] = index < onLesions + onHottest ? hottest(study, lesions, anywhere, grid) : anywhere();
    return around(view, cell, jitter);
  });
}

function hottest(
  study: ShownStudy,
  lesions: readonly LesionCells[],
  anywhere: () => readonly [view: number, cell: number],
  { columns }: GridSize,
): readonly [view: number, cell: number] {
  let best = anywhere();
  let highest = Number.NEGATIVE_INFINITY;
  for (let tried = 0; tried < compared; tried++) {
    const [view, cell] = anywhere();
    if (lesions[view]!.owner[cell] !== 0) continue;
    const half = study.views[view]!.layers[1]!;
    const value = half.deviation[(Math.floor(cell / columns) >> 1) * half.columns + ((cell % columns) >> 1)]!;
    if (value > highest) {
      best = [view, cell];
      highest = value;
    }
  }
  return best;
}

const within = (value: number, largest: number): number => Math.min(Math.max(value, 0), largest);
