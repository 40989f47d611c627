import type { Graph, Value } from '@radiolect/onnx';
import { firstWeights } from '../backbones/transformer-block.ts';
import { fromHeads, linear, norm, toHeads } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { ImageReportSettings } from './image-report-settings.ts';

// T texts of L tokens each, E width of the encoder, J of the space in which texts and images meet.

/** Added to the score of a token that is padding. */
const forbidden = -1e4;

export interface EncodedTexts {
  /** (T, L, J) */
  readonly words: Value;
  /** (T, L): how much each word says of what its text states; sums to 1 over a text, 0 where there is padding. */
  readonly weights: Value;
  /** (T, J): the words, so weighted. */
  readonly texts: Value;
}

/**
 * A small pre-norm transformer over the tokens of each text: `ids` (T, L) int64, `mask` (T, L), 1 where a token stands.
 * `known` is the number of ids.
 */
export function encodeTexts(
  g: Graph,
  p: Parameters,
  ids: Value,
  mask: Value,
  known: number,
  { width, depth, heads, joint }: ImageReportSettings,
): EncodedTexts {
  const [texts, length] = ids.shape as [number, number];
  const embedding = p.get({ name: 'text.token', shape: [known, width], start: { deviation: 0.02 }, decays: false });
  const place = p.get({ name: 'text.position', shape: [length, width], start: { deviation: 0.02 }, decays: false });
  let rows = g.reshape(g.add(g.gather(embedding, ids, 0), place), [texts * length, width]);
  const barred = g.scale(g.sub(g.scalar(1), mask), forbidden);
  const bias = g.reshape(barred, [texts, 1, 1, length]);
  for (let block = 1; block <= depth; block++) {
    rows = attention(g, p, `text.block-${block}.attention`, rows, texts, heads, bias);
    rows = feedForward(g, p, `text.block-${block}.feed-forward`, rows);
  }
  const normed = norm(g, p, 'text.norm', rows);
  const words = g.reshape(linear(g, p, 'text.joint', normed, joint), [texts, length, joint]);
  const scores = g.reshape(linear(g, p, 'text.weight', normed, 1), [texts, length]);
  const weights = g.mul(g.op('Softmax', g.add(scores, barred)), mask);
  return { words, weights, texts: g.sum(g.mul(words, g.reshape(weights, [texts, length, 1])), [1]) };
}

/** x + attention(norm(x)) within each text, padding left out. */
function attention(g: Graph, p: Parameters, name: string, x: Value, texts: number, heads: number, bias: Value): Value {
  const width = x.shape[1]!;
  const normed = norm(g, p, `${name}.norm`, x);
  const [q, k, v] = ['query', 'key', 'value'].map((part) =>
    toHeads(g, linear(g, p, `${name}.${part}`, normed, width, firstWeights), texts, heads),
  ) as [Value, Value, Value];
  const scores = g.matmul(q, k, { transB: true, alpha: 1 / Math.sqrt(width / heads) });
  const read = fromHeads(g, g.matmul(g.op('Softmax', g.add(scores, bias)), v));
  return g.add(x, linear(g, p, `${name}.out`, read, width, firstWeights));
}

function feedForward(g: Graph, p: Parameters, name: string, x: Value): Value {
  const width = x.shape[1]!;
  const hidden = linear(g, p, `${name}.in`, norm(g, p, `${name}.norm`, x), 4 * width, firstWeights);
  return g.add(x, linear(g, p, `${name}.out`, g.op('Gelu', hidden), width, firstWeights));
}
