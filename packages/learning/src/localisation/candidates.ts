import type { GridSize } from '../input/reading-grid.ts';
import type { Anatomy } from './anatomy.ts';
import { boneByBone } from './bone-by-bone.ts';
import { cellsBeside } from './connected.ts';

/** A connected spot of a map. */
export interface Candidate {
  /** Ascending, row · columns + column. */
  readonly cells: readonly number[];
  /** The cell of the highest value. */
  readonly peak: number;
  /** The smoothed map's value there. */
  readonly score: number;
}

/** A spot reaches down to this share of its peak. */
const reachesTo = 0.5;
/** A spot that lies on the bladder with this share of its cells is urine. */
const bladderShare = 0.7;

/**
 * The spots of a map whose values are 0 where nothing is, highest first. The map is smoothed over 3 × 3 cells; every
 * peak of at least `floor` takes the connected cells down to half its height. A peak that runs into a higher spot is its
 * shoulder and no spot of its own. With no threshold common to all, a faint spot beside a strong one stays apart. A spot
 * over several bones is cut along them, and one that lies on the bladder is none.
 */
export function candidatesOf(
  map: Float32Array,
  { rows, columns }: GridSize,
  floor: number,
  { sites, bladder }: Anatomy,
): Candidate[] {
  const smooth = smoothed(map, rows, columns);
  const peaks: number[] = [];
  for (let row = 1; row < rows - 1; row++)
    for (let column = 1; column < columns - 1; column++) {
      const cell = row * columns + column;
      const value = smooth[cell]!;
      if (value < floor) continue;
      let highest = true;
      for (let i = -1; highest && i <= 1; i++)
        for (let j = -1; highest && j <= 1; j++) highest = smooth[cell + i * columns + j]! <= value;
      if (highest) peaks.push(cell);
    }
  peaks.sort((a, b) => smooth[b]! - smooth[a]!);
  const taken = new Uint8Array(rows * columns);
  const candidates: Candidate[] = [];
  for (const peak of peaks) {
    const cells = flooded(smooth, peak, reachesTo * smooth[peak]!, taken, columns);
    if (!cells) continue;
    for (const cell of cells) taken[cell] = 1;
    cells.sort((a, b) => a - b);
    for (const part of boneByBone(cells, sites, columns)) {
      if (part.filter((cell) => bladder[cell]).length >= bladderShare * part.length) continue;
      const top = part.reduce((highest, cell) => (smooth[cell]! > smooth[highest]! ? cell : highest));
      candidates.push({ cells: part, peak: top, score: smooth[top]! });
    }
  }
  return candidates.sort((a, b) => b.score - a.score);
}

/** Probabilities this near to 0 or 1 are all the same. */
const nearest = 1e-6;

/**
 * How much a spot of a map of probabilities speaks for a lesion: its mean log-odds, and the logarithm of how many of its
 * cells are rather a lesion's than not. The height of its peak alone ranks a speck of noise beside a lesion
 * (`docs/log.md`).
 */
export function evidenceOf(cells: readonly number[], probabilities: Float32Array): number {
  let odds = 0;
  let likely = 0;
  for (const cell of cells) {
    const p = Math.min(Math.max(probabilities[cell]!, nearest), 1 - nearest);
    odds += Math.log(p / (1 - p));
    if (p >= 0.5) likely += 1;
  }
  return odds / cells.length + Math.log1p(likely);
}

/** The cells around a peak that are at least so high; undefined where a taken one is among them. */
function flooded(
  map: Float32Array,
  peak: number,
  least: number,
  taken: Uint8Array,
  columns: number,
): number[] | undefined {
  const found = new Set([peak]);
  for (const cell of found) {
    if (taken[cell]) return undefined;
    for (const next of cellsBeside(cell, columns)) if (map[next]! >= least) found.add(next);
  }
  return [...found];
}

/** Binomial, 1 2 1 in both directions; the outermost cells are left at 0. */
function smoothed(map: Float32Array, rows: number, columns: number): Float32Array {
  const across = new Float32Array(map.length);
  for (let row = 0; row < rows; row++)
    for (let column = 1; column < columns - 1; column++) {
      const cell = row * columns + column;
      across[cell] = (map[cell - 1]! + 2 * map[cell]! + map[cell + 1]!) / 4;
    }
  const smooth = new Float32Array(map.length);
  for (let cell = columns; cell < map.length - columns; cell++)
    smooth[cell] = (across[cell - columns]! + 2 * across[cell]! + across[cell + columns]!) / 4;
  return smooth;
}
