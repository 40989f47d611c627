import type { Graph, Value } from '@radiolect/onnx';
import { floatTensor } from '@radiolect/onnx';

type Sides = readonly [number, number];

/** How a lattice is cut into windows. */
export interface Windows {
  readonly lattice: Sides;
  readonly window: Sides;
  /** By how many tokens the lattice is rolled towards its top left corner before it is cut. */
  readonly shift: Sides;
}

/** Whole windows down and across, after the lattice has been padded at the bottom and on the right. */
const windowCounts = ({ lattice, window }: Windows): Sides => [
  Math.ceil(lattice[0] / window[0]),
  Math.ceil(lattice[1] / window[1]),
];

/** (B, rows, columns, D) → (B · windows, tokens of a window, D). What is added to fill the last windows is zero. */
export function cutWindows(g: Graph, x: Value, windows: Windows): Value {
  const { lattice, window, shift } = windows;
  const [batch, , , width] = x.shape as [number, number, number, number];
  const [down, across] = windowCounts(windows);
  const padded = g.pad(x, [0, 0, 0, 0], [0, down * window[0] - lattice[0], across * window[1] - lattice[1], 0]);
  const rolled = roll(g, roll(g, padded, 1, shift[0]), 2, shift[1]);
  const cut = g.reshape(rolled, [batch, down, window[0], across, window[1], width]);
  return g.reshape(g.transpose(cut, [0, 1, 3, 2, 4, 5]), [batch * down * across, window[0] * window[1], width]);
}

/** The inverse of {@link cutWindows}: (B · windows, tokens of a window, D) → (B, rows, columns, D). */
export function joinWindows(g: Graph, x: Value, windows: Windows): Value {
  const { lattice, window, shift } = windows;
  const [down, across] = windowCounts(windows);
  const width = x.shape.at(-1)!;
  const batch = x.shape[0]! / (down * across);
  const cut = g.reshape(x, [batch, down, across, window[0], window[1], width]);
  const [rows, columns] = [down * window[0], across * window[1]];
  const joined = g.reshape(g.transpose(cut, [0, 1, 3, 2, 4, 5]), [batch, rows, columns, width]);
  // Rolling on by what is left of a turn brings everything back to its place.
  const back = roll(g, roll(g, joined, 1, shift[0] && rows - shift[0]), 2, shift[1] && columns - shift[1]);
  const top = rows === lattice[0] ? back : g.slice(back, 1, 0, lattice[0]);
  return columns === lattice[1] ? top : g.slice(top, 2, 0, lattice[1]);
}

/** Moves every entry `by` places towards the start of an axis; what falls off comes in at its end. */
function roll(g: Graph, x: Value, axis: number, by: number): Value {
  if (by === 0) return x;
  const [first, rest] = g.split(x, axis, [by, x.shape[axis]! - by]) as [Value, Value];
  return g.concat([rest, first], axis);
}

/** What two tokens that a roll brought into one window, from opposite ends of the picture, add to their score. */
const apart = -100;

/**
 * (windows, 1, tokens, tokens): what is added to the scores so that attention stays among tokens that were neighbours
 * before the roll (Liu et al. 2021, figure 4).
 */
export function shiftMask(g: Graph, windows: Windows): Value {
  const { window, shift } = windows;
  const [down, across] = windowCounts(windows);
  const region = (index: number, axis: 0 | 1, side: number): number =>
    index < side - window[axis] || shift[axis] === 0 ? 0 : index < side - shift[axis] ? 1 : 2;
  const tokens = window[0] * window[1];
  const mask = new Float32Array(down * across * tokens * tokens);
  let at = 0;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const regions = Array.from({ length: tokens }, (_, token) => {
        const r = row * window[0] + Math.floor(token / window[1]);
        const c = column * window[1] + (token % window[1]);
        return region(r, 0, down * window[0]) * 3 + region(c, 1, across * window[1]);
      });
      for (const one of regions) for (const other of regions) mask[at++] = one === other ? 0 : apart;
    }
  return g.constant(floatTensor([down * across, 1, tokens, tokens], mask));
}

/**
 * For every pair of a window's tokens, which row of a table of (2 · side − 1)² offsets holds them: (tokens²). A window
 * that is shorter than `side` along an axis uses the middle of the table.
 */
export function offsetIndices([rows, columns]: Sides, side: number): number[] {
  const tokens = Array.from({ length: rows * columns }, (_, t) => [Math.floor(t / columns), t % columns] as const);
  return tokens.flatMap(([row, column]) =>
    tokens.map(
      ([otherRow, otherColumn]) => (row - otherRow + side - 1) * (2 * side - 1) + column - otherColumn + side - 1,
    ),
  );
}
