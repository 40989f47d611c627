import type { Graph, Value } from '@radiolect/onnx';
import { fromHeads, linear, norm } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';

/** Deviation of a transformer's first weight matrices, as in BERT, ViT and Swin. */
export const firstWeights = { deviation: 0.02 };

export interface TransformerBlockSettings {
  readonly heads: number;
  /** Width between the two layers of the feed-forward branch. */
  readonly hidden: number;
  /** Of both norms. */
  readonly epsilon: number;
  /** (B, 1, 1): what both residual branches are multiplied by, picture by picture. */
  readonly factors?: Value;
}

/**
 * x + attention(norm(x)), then x + W₂ gelu(W₁ norm(x)): a pre-norm block with exact GELU. `rows` is (B·T, D), every
 * token of a picture attends to every other.
 */
export function transformerBlock(
  g: Graph,
  p: Parameters,
  name: string,
  rows: Value,
  batch: number,
  { heads, hidden, epsilon, factors }: TransformerBlockSettings,
): Value {
  const normed = norm(g, p, `${name}.attention.norm`, rows, epsilon);
  const attended = fusedAttention(g, p, `${name}.attention`, normed, batch, heads);
  const between = addBranch(g, rows, attended, factors);
  return addBranch(g, between, feedForwardBranch(g, p, `${name}.feed-forward`, between, hidden, epsilon), factors);
}

/**
 * Queries, keys and values by one Gemm, attention, and the layer that joins the heads: (B·T, D) → (B·T, D). `bias`,
 * (heads, T, T) or (n, heads, T, T) with B a multiple of n, is added to the scores before their softmax.
 */
export function fusedAttention(
  g: Graph,
  p: Parameters,
  name: string,
  x: Value,
  batch: number,
  heads: number,
  bias?: Value,
): Value {
  const [rows, width] = x.shape as [number, number];
  const part = width / heads;
  const all = linear(g, p, `${name}.qkv`, x, 3 * width, firstWeights);
  const apart = g.transpose(g.reshape(all, [batch, rows / batch, 3, heads, part]), [2, 0, 3, 1, 4]);
  const [q, k, v] = g.split(apart, 0, [1, 1, 1]).map((one) => g.reshape(one, [batch, heads, rows / batch, part])) as [
    Value,
    Value,
    Value,
  ];
  const scores = g.matmul(q, k, { transB: true, alpha: 1 / Math.sqrt(part) });
  const read = fromHeads(g, g.matmul(g.op('Softmax', biased(g, scores, bias)), v));
  return linear(g, p, `${name}.out`, read, width, firstWeights);
}

/** Scores (B, heads, T, T) with a bias whose first axis, where it has one, repeats over B. */
function biased(g: Graph, scores: Value, bias?: Value): Value {
  if (bias?.shape.length !== 4) return bias ? g.add(scores, bias) : scores;
  const apart = g.reshape(scores, [scores.shape[0]! / bias.shape[0]!, ...bias.shape]);
  return g.reshape(g.add(apart, bias), scores.shape);
}

/** W₂ gelu(W₁ norm(x)) of rows (B·T, D). */
export function feedForwardBranch(
  g: Graph,
  p: Parameters,
  name: string,
  x: Value,
  hidden: number,
  epsilon: number,
): Value {
  const inner = linear(g, p, `${name}.in`, norm(g, p, `${name}.norm`, x, epsilon), hidden, firstWeights);
  return linear(g, p, `${name}.out`, g.op('Gelu', inner), x.shape[1]!, firstWeights);
}

/** x + factors · branch, rows (B·T, D), `factors` (B, 1, 1). */
export function addBranch(g: Graph, x: Value, branch: Value, factors?: Value): Value {
  if (!factors) return g.add(x, branch);
  const [rows, width] = x.shape as [number, number];
  const batch = factors.shape[0]!;
  const scaled = g.mul(g.reshape(branch, [batch, rows / batch, width]), factors);
  return g.add(x, g.reshape(scaled, [rows, width]));
}

/** One block's row of `dropPath` (blocks, B), as (B, 1, 1). Blocks are numbered from 1. */
export function branchFactors(g: Graph, dropPath: Value, block: number): Value {
  return g.reshape(g.slice(dropPath, 0, block - 1, block), [dropPath.shape[1]!, 1, 1]);
}
