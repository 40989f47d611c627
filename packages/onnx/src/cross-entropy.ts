import { ShapeError } from './errors.ts';
import type { Graph, Value } from './graph.ts';
import { sizeOf } from './tensor.ts';

/**
 * Mean over tokens of −ln softmax(logits)[target], one value. `logits` are (…, V) over a vocabulary of V, `targets` an
 * int64 (…) of indices 0 ≤ target < V; tokens whose target is `ignoreIndex` count nowhere. 0 where all are ignored.
 * Stable for logits of any size. Throws a {@link ShapeError} where the targets do not lie along the logits.
 */
export function crossEntropy(g: Graph, logits: Value, targets: Value, ignoreIndex = -100): Value {
  const tokens = sizeOf(targets.shape);
  const vocabulary = logits.shape.at(-1) ?? 0;
  const along = logits.shape.length === targets.shape.length + 1 && sizeOf(logits.shape) === tokens * vocabulary;
  if (!along || targets.dtype !== 'int64')
    throw new ShapeError('crossEntropy', 'takes logits (…, V) and int64 targets (…)', [logits.shape, targets.shape]);
  const flat = g.reshape(targets, [tokens, 1]);
  const ignored = g.op('Equal', flat, g.indices([1, 1], [ignoreIndex]));
  // An ignored target may lie outside the vocabulary: it reads the first word, with weight 0.
  const read = g.op('Where', ignored, g.indices([1, 1], [0]), flat);
  const rows = g.indices(
    [tokens, 1],
    Array.from({ length: tokens }, (_, row) => row),
  );
  const likelihoods = g.op('LogSoftmax', g.reshape(logits, [tokens, vocabulary]));
  const chosen = g.op('GatherND', likelihoods, g.concat([rows, read], 1));
  const counted = g.sub(g.scalar(1), g.reshape(g.cast(ignored, 'float32'), [tokens]));
  const total = g.sum(g.mul(chosen, counted), [0]);
  return g.op('Neg', g.div(total, g.op('Max', g.sum(counted, [0]), g.scalar(1))));
}
