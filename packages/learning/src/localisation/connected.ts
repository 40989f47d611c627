/** The connected parts of a set of cells, by their sides, each in ascending order. */
export function connected(cells: ReadonlySet<number>, columns: number): number[][] {
  const left = new Set(cells);
  const parts: number[][] = [];
  for (const start of cells) {
    if (!left.delete(start)) continue;
    const part = [start];
    for (const cell of part) {
      const column = cell % columns;
      const beside = [cell - columns, cell + columns];
      if (column > 0) beside.push(cell - 1);
      if (column < columns - 1) beside.push(cell + 1);
      for (const next of beside) if (left.delete(next)) part.push(next);
    }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts;
}
