/** The cells beside one by their sides. Rows above the first and below the last are not left out. */
export function cellsBeside(cell: number, columns: number): number[] {
  const column = cell % columns;
  const beside = [cell - columns, cell + columns];
  if (column > 0) beside.push(cell - 1);
  if (column < columns - 1) beside.push(cell + 1);
  return beside;
}

/** The connected parts of a set of cells, by their sides, each in ascending order. */
export function connected(cells: ReadonlySet<number>, columns: number): number[][] {
  const left = new Set(cells);
  const parts: number[][] = [];
  for (const start of cells) {
    if (!left.delete(start)) continue;
    const part = [start];
    for (const cell of part) for (const next of cellsBeside(cell, columns)) if (left.delete(next)) part.push(next);
    parts.push(part.sort((a, b) => a - b));
  }
  return parts;
}
