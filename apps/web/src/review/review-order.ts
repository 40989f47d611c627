/** Where to go from an item that is about to leave the queue, or is skipped: the next one, else the one before it. */
export function neighbourItem(ids: readonly string[], id: string | undefined, step: 1 | -1): string | undefined {
  const at = id === undefined ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0];
  return ids[at + step];
}

/** The item to show after one is settled: the next open one, else the last that is left. */
export function afterSettling(ids: readonly string[], id: string): string | undefined {
  const left = ids.filter((other) => other !== id);
  return neighbourItem(ids, id, 1) ?? left.at(-1);
}
