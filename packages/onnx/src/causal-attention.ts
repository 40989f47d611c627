import { ShapeError } from './errors.ts';
import type { Graph, Value } from './graph.ts';
import { floatTensor } from './tensor.ts';

// B batch, T tokens, S slots of a cache, d width of one head. A score of −10³⁰ is a weight of zero after Softmax, and
// unlike −∞ it survives every device's arithmetic.
const unseen = -1e30;

/** Each token reads itself and those before it: q, k (B, heads, T, d), v (B, heads, T, e) → (B, heads, T, e). */
export function causalAttention(g: Graph, q: Value, k: Value, v: Value): Value {
  const tokens = q.shape[2]!;
  const everywhere = g.expand(g.constant(floatTensor([1, 1], [unseen])), [tokens, tokens]);
  const mask = g.trilu(everywhere, { upper: true, diagonal: 1 });
  return read(g, q, k, v, mask);
}

/** What attention needs of the tokens read so far, in a room for S: (B, heads, S, d) and (B, heads, S, e). */
export interface KeyValueCache {
  readonly keys: Value;
  readonly values: Value;
}

/**
 * {@link causalAttention} of T further tokens, after the `position` tokens in the cache: a text is read token by token,
 * or a prompt at once, with the same numbers as in one pass. The cache begins as zeros; the one returned holds the new
 * tokens at `position` … `position` + T − 1 and is fed with the next run. `position` is int64 (1), and position + T ≤ S:
 * a token beyond the room would be lost.
 */
export function cachedAttention(
  g: Graph,
  { q, k, v }: { readonly q: Value; readonly k: Value; readonly v: Value },
  cache: KeyValueCache,
  position: Value,
): { readonly read: Value; readonly cache: KeyValueCache } {
  const tokens = q.shape[2]!;
  const room = cache.keys.shape[2] ?? 0;
  if (tokens > room)
    throw new ShapeError('cachedAttention', `${tokens} tokens do not fit the room of the cache`, [cache.keys.shape]);
  const count = (length: number, shape: readonly number[]): Value =>
    g.indices(
      shape,
      Array.from({ length }, (_, index) => index),
    );
  const slots = count(room, [1, room]);
  const places = g.add(count(tokens, [tokens, 1]), position);
  // (S, T): 1 where a token belongs into a slot.
  const placing = g.transpose(g.cast(g.op('Equal', slots, places), 'float32'), [1, 0]);
  const kept = g.sub(g.scalar(1), g.sum(placing, [1], true));
  const put = (old: Value, added: Value): Value => g.add(g.mul(old, kept), g.matmul(placing, added));
  const next = { keys: put(cache.keys, k), values: put(cache.values, v) };
  const mask = g.scale(g.cast(g.op('Greater', slots, places), 'float32'), unseen);
  return { read: read(g, q, next.keys, next.values, mask), cache: next };
}

/** softmax(q kᵀ / √d + mask) v */
function read(g: Graph, q: Value, k: Value, v: Value, mask: Value): Value {
  const scores = g.matmul(q, k, { transB: true, alpha: 1 / Math.sqrt(q.shape.at(-1)!) });
  return g.matmul(g.op('Softmax', g.add(scores, mask)), v);
}
