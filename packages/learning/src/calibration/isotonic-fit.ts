/** A rising function by its corners: straight between them, level outside. Both lists are as long; `at` rises strictly. */
export interface IsotonicFit {
  readonly at: readonly number[];
  /** Never falls. */
  readonly value: readonly number[];
}

/**
 * The never-falling function of x nearest to y in weighted squares (pool adjacent violators; Ayer et al. 1955). Equal x
 * are pooled first, so that they get one value. Throws RangeError without points or on lists of unequal length.
 */
export function isotonicFit(x: readonly number[], y: readonly number[], weights?: readonly number[]): IsotonicFit {
  if (x.length === 0 || x.length !== y.length || (weights && weights.length !== x.length))
    throw new RangeError(`an isotonic fit takes as many x as y and weights, at least one: ${x.length}, ${y.length}`);
  const blocks: Block[] = [];
  const points = new Map<number, Block>();
  for (const index of x.map((_, i) => i).sort((a, b) => x[a]! - x[b]!)) {
    const place = x[index]!;
    const point = points.get(place) ?? { first: place, last: place, weight: 0, sum: 0 };
    const weight = weights?.[index] ?? 1;
    point.weight += weight;
    point.sum += weight * y[index]!;
    points.set(place, point);
  }
  for (const point of points.values()) {
    blocks.push(point);
    // The last two are pooled while the upper one is not above the lower one.
    for (let upper = blocks.at(-1)!, lower = blocks.at(-2); lower && mean(upper) <= mean(lower); ) {
      lower.last = upper.last;
      lower.weight += upper.weight;
      lower.sum += upper.sum;
      blocks.pop();
      upper = lower;
      lower = blocks.at(-2);
    }
  }
  const corners = blocks.flatMap((block) =>
    block.first === block.last
      ? [[block.first, mean(block)]]
      : [block.first, block.last].map((at) => [at, mean(block)]),
  );
  return { at: corners.map(([at]) => at!), value: corners.map(([, value]) => value!) };
}

/** Points next to each other that share one value. */
interface Block {
  readonly first: number;
  last: number;
  weight: number;
  sum: number;
}

const mean = ({ sum, weight }: Block): number => sum / weight;

export function isotonicAt({ at, value }: IsotonicFit, x: number): number {
  if (x <= at[0]!) return value[0]!;
  let [low, high] = [0, at.length - 1];
  if (x >= at[high]!) return value[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= x) low = middle;
    else high = middle;
  }
  const share = (x - at[low]!) / (at[high]! - at[low]!);
  return value[low]! + share * (value[high]! - value[low]!);
}
