/** Lets at most `places` pieces of work in at once; the others wait in the order they came. */
export function createTurnstile(places: number): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (work, signal) => {
    if (free > 0) free--;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      // The place goes to the next in line, if there is one.
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
