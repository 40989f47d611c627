import { cellsBeside, connected } from './connected.ts';

/** A part of fewer cells than this, or of a smaller share of its spot, is the edge of its neighbour. */
const fewestCells = 6;
const leastShare = 0.1;

/**
 * Cuts a spot along the bones that it runs over: lesions of neighbouring bones touch where both are hot, and findings are
 * named bone by bone. The sites that explain most of the spot each take their cells, one after the other; what none of
 * them holds goes to the part beside it. A spot that one site explains stays whole.
 */
export function boneByBone(
  cells: readonly number[],
  sites: readonly (readonly string[])[],
  columns: number,
): readonly (readonly number[])[] {
  const left = new Set(cells);
  const parts: Set<number>[] = [];
  for (;;) {
    const site = mostFrequent(left, sites);
    const own = [...left].filter((cell) => site !== undefined && sites[cell]!.includes(site));
    if (own.length < Math.max(fewestCells, leastShare * cells.length)) break;
    for (const cell of own) left.delete(cell);
    parts.push(new Set(own));
  }
  if (parts.length < 2) return [cells];
  shareOut(left, parts, columns);
  return parts.flatMap((part) => connected(part, columns)).filter(({ length }) => length >= fewestCells);
}

/** Of sites that hold equally many cells the one that came first: the smallest, since a cell names the smallest first. */
function mostFrequent(cells: Iterable<number>, sites: readonly (readonly string[])[]): string | undefined {
  const counts = new Map<string, number>();
  for (const cell of cells) for (const site of sites[cell]!) counts.set(site, (counts.get(site) ?? 0) + 1);
  let best: string | undefined;
  for (const [site, count] of counts) if (best === undefined || count > counts.get(best)!) best = site;
  return best;
}

/** Gives what is left to the parts that it touches, from their edges outwards. */
function shareOut(left: Set<number>, parts: readonly Set<number>[], columns: number): void {
  for (let grown = true; grown; ) {
    grown = false;
    for (const cell of [...left]) {
      const beside = parts.find((part) => cellsBeside(cell, columns).some((next) => part.has(next)));
      if (!beside) continue;
      beside.add(cell);
      left.delete(cell);
      grown = true;
    }
  }
}
