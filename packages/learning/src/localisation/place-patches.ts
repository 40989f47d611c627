import type { Tensor } from '@radiolect/onnx';
import type { GridSize } from '../input/reading-grid.ts';
import type { Place } from './places.ts';
import { placeSide } from './places.ts';
import type { Layer, ShownStudy } from './shown-study.ts';

// N places. A patch is a square of cells; each cell gives its level and its deviation from normal.

/** Cells along one side of a patch of the place itself, and of what surrounds it. */
export const fineSide = 4;
export const coarseSide = 8;
/** Patches of a place at full resolution, and of each of its four surroundings. */
export const finePatches = (placeSide / fineSide) ** 2;
export const coarsePatches = (placeSide / coarseSide) ** 2;
/** Twice as far at half resolution, four times as far at a quarter, the mirror place, the place in the other view. */
export const surroundings = ['near', 'far', 'mirror', 'other-view'] as const;
/** Numbers that say where on the body a place lies. */
export const placeFeatures = 25;

const frequencies = 6;

/** Feeds of the network for some places of some studies. */
export class PlacePatches {
  readonly #fine: Float32Array;
  readonly #coarse: readonly Float32Array[];
  readonly #where: Float32Array;
  readonly #count: number;
  #next = 0;

  constructor(count: number) {
    this.#count = count;
    this.#fine = new Float32Array(count * finePatches * 2 * fineSide ** 2);
    this.#coarse = surroundings.map(() => new Float32Array(count * coarsePatches * 2 * coarseSide ** 2));
    this.#where = new Float32Array(count * placeFeatures);
  }

  /** Adds a place of a study. Throws RangeError when all are taken. */
  add(study: ShownStudy, { view, row, column }: Place, grid: GridSize): void {
    if (this.#next === this.#count) throw new RangeError(`all ${this.#count} places are taken`);
    const at = this.#next++;
    const own = study.views[view]?.layers;
    const other = study.views[1 - view]?.layers;
    const middleRow = row + placeSide / 2;
    const middleColumn = column + placeSide / 2;
    const side = placeSide;
    cut(own?.[0], row, column, false, fineSide, this.#fine, at);
    const [near, far, mirror, opposite] = this.#coarse as [Float32Array, Float32Array, Float32Array, Float32Array];
    cut(own?.[1], (middleRow >> 1) - side / 2, (middleColumn >> 1) - side / 2, false, coarseSide, near, at);
    cut(own?.[2], (middleRow >> 2) - side / 2, (middleColumn >> 2) - side / 2, false, coarseSide, far, at);
    // Left and right change places in the mirror and in the other view alike.
    const across = grid.columns - column - side;
    cut(own?.[0], row, across, true, coarseSide, mirror, at);
    cut(other?.[0], row, across, true, coarseSide, opposite, at);
    let k = at * placeFeatures;
    this.#where[k++] = 2 * view - 1;
    for (const share of [middleRow / grid.rows, middleColumn / grid.columns])
      for (let frequency = 0; frequency < frequencies; frequency++) {
        this.#where[k++] = Math.sin(2 ** frequency * Math.PI * share);
        this.#where[k++] = Math.cos(2 ** frequency * Math.PI * share);
      }
  }

  /** By the names of the network's inputs; places that were not added are zeros. */
  tensors(): Record<string, Tensor> {
    const patches = (data: Float32Array, count: number, side: number): Tensor => ({
      dtype: 'float32',
      shape: [this.#count * count, 2 * side ** 2],
      data,
    });
    return {
      place: patches(this.#fine, finePatches, fineSide),
      ...Object.fromEntries(
        surroundings.map((name, index) => [name, patches(this.#coarse[index]!, coarsePatches, coarseSide)]),
      ),
      where: { dtype: 'float32', shape: [this.#count, placeFeatures], data: this.#where },
    };
  }
}

/** Copies a square of a layer, patch by patch; cells beyond the plane, and a layer that is missing, are zeros. */
function cut(
  layer: Layer | undefined,
  top: number,
  left: number,
  flipped: boolean,
  patch: number,
  target: Float32Array,
  place: number,
): void {
  if (!layer) return;
  const perSide = placeSide / patch;
  const size = 2 * patch * patch;
  for (let i = 0; i < placeSide; i++) {
    const row = top + i;
    if (row < 0 || row >= layer.rows) continue;
    for (let j = 0; j < placeSide; j++) {
      const column = left + (flipped ? placeSide - 1 - j : j);
      if (column < 0 || column >= layer.columns) continue;
      const from = row * layer.columns + column;
      const token = place * perSide * perSide + Math.floor(i / patch) * perSide + Math.floor(j / patch);
      const to = token * size + (i % patch) * patch + (j % patch);
      target[to] = layer.level[from]!;
      target[to + patch * patch] = layer.deviation[from]!;
    }
  }
}
