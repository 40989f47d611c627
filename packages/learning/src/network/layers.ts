import type { Graph, Value } from '@radiolect/onnx';
import type { Parameters } from './parameters.ts';

// B batch, N tokens, D width. Values between layers are matrices of (B·N, D): every linear layer is one Gemm.

/** Deviation of a weight matrix at the start, so that outputs keep the scale of a normalised input. */
const fanIn = (inputs: number): { deviation: number } => ({ deviation: 1 / Math.sqrt(inputs) });

/**
 * x (rows, inputs) → (rows, outputs). `gain` scales the first weights, or says their deviation; 0 makes the layer begin
 * as nothing.
 */
export function linear(
  g: Graph,
  p: Parameters,
  name: string,
  x: Value,
  outputs: number,
  gain: number | { readonly deviation: number } = 1,
): Value {
  const inputs = x.shape[1]!;
  const start = typeof gain === 'object' ? gain : gain === 0 ? 0 : { deviation: fanIn(inputs).deviation * gain };
  const weight = p.get({ name: `${name}.weight`, shape: [inputs, outputs], start, decays: true });
  const bias = p.get({ name: `${name}.bias`, shape: [outputs], start: 0, decays: false });
  return g.gemm(x, weight, bias);
}

export function norm(g: Graph, p: Parameters, name: string, x: Value, epsilon = 1e-5): Value {
  const width = x.shape.at(-1)!;
  const gain = p.get({ name: `${name}.gain`, shape: [width], start: 1, decays: false });
  const shift = p.get({ name: `${name}.shift`, shape: [width], start: 0, decays: false });
  return g.layerNorm(x, gain, shift, epsilon);
}

/** x + W₂ relu(W₁ norm(x)), hidden width `expansion` × D. */
export function feedForward(g: Graph, p: Parameters, name: string, x: Value, expansion: number): Value {
  const hidden = linear(g, p, `${name}.in`, norm(g, p, `${name}.norm`, x), x.shape[1]! * expansion, Math.SQRT2);
  return g.add(x, linear(g, p, `${name}.out`, g.op('Relu', hidden), x.shape[1]!, 0.5));
}

/** (B·N, D) → (B, heads, N, D / heads). */
export function toHeads(g: Graph, x: Value, batch: number, heads: number): Value {
  const [rows, width] = x.shape as [number, number];
  return g.transpose(g.reshape(x, [batch, rows / batch, heads, width / heads]), [0, 2, 1, 3]);
}

/** (B, heads, N, D / heads) → (B·N, D). */
export function fromHeads(g: Graph, x: Value): Value {
  const [batch, heads, tokens, part] = x.shape as [number, number, number, number];
  return g.reshape(g.transpose(x, [0, 2, 1, 3]), [batch * tokens, heads * part]);
}

/** x + attention(norm(x)), every token of a study to every other. */
export function selfAttention(g: Graph, p: Parameters, name: string, x: Value, batch: number, heads: number): Value {
  const width = x.shape[1]!;
  const normed = norm(g, p, `${name}.norm`, x);
  const [q, k, v] = ['query', 'key', 'value'].map((part) =>
    toHeads(g, linear(g, p, `${name}.${part}`, normed, width), batch, heads),
  ) as [Value, Value, Value];
  const scores = g.matmul(q, k, { transB: true, alpha: 1 / Math.sqrt(width / heads) });
  const read = fromHeads(g, g.matmul(g.op('Softmax', scores), v));
  return g.add(x, linear(g, p, `${name}.out`, read, width, 0.5));
}
