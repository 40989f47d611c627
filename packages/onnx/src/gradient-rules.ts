import { convKernelGradient, convPictureGradient } from './convolution-gradients.ts';
import { ShapeError } from './errors.ts';
import type { Graph, Node, Value } from './graph.ts';
import type { Operator } from './operator.ts';
import { floatTensor } from './tensor.ts';

type NodeOf<O extends Operator> = Extract<Node, { operator: O }>;

/**
 * Gradients of the loss by each input of a node, from the gradient by each of its outputs (undefined where the loss
 * does not depend on it). An undefined entry means that no gradient flows into that input.
 */
export type GradientRule<O extends Operator> = (
  g: Graph,
  node: NodeOf<O>,
  dy: Value,
  all: readonly (Value | undefined)[],
) => readonly (Value | undefined)[];

const picture = (value: Value): readonly [number, number, number, number] =>
  value.shape as readonly [number, number, number, number];
const in0 = (node: Node): Value => node.inputs[0]!;
const in1 = (node: Node): Value => node.inputs[1]!;
const out = (node: Node): Value => node.outputs[0]!;

/** Undoes broadcasting: sums `dy` down to `shape`. */
export function sumToShape(g: Graph, dy: Value, shape: readonly number[]): Value {
  const extra = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((side, axis) =>
    axis < extra || (shape[axis - extra] === 1 && side !== 1) ? [axis] : [],
  );
  const summed = axes.length > 0 ? g.sum(dy, axes) : dy;
  return summed.shape.length === shape.length ? summed : g.reshape(summed, shape);
}

const to = (g: Graph, dy: Value, input: Value): Value => sumToShape(g, dy, input.shape);
const none = (_g: Graph, node: Node): readonly undefined[] => node.inputs.map(() => undefined);

/** A reduced value laid out again with its lost axes as 1, so that it broadcasts against the input. */
function withAxes(g: Graph, reduced: Value, input: Value, axes: readonly number[]): Value {
  return g.reshape(
    reduced,
    input.shape.map((side, axis) => (axes.includes(axis) ? 1 : side)),
  );
}

/** ∂/∂a and ∂/∂b of the larger (or smaller) of two: the gradient goes to the one chosen, to the second on a tie. */
const chosen =
  (firstWins: (g: Graph, a: Value, b: Value) => Value) =>
  (g: Graph, node: Node, dy: Value): readonly Value[] => {
    const first = g.cast(firstWins(g, in0(node), in1(node)), 'float32');
    const toFirst = g.mul(dy, first);
    return [to(g, toFirst, in0(node)), to(g, g.sub(dy, toFirst), in1(node))];
  };

const zeros = (g: Graph, shape: readonly number[]): Value =>
  g.expand(
    g.constant(
      floatTensor(
        shape.map(() => 1),
        [0],
      ),
    ),
    shape,
  );

/** How the gradient passes through each operator. Formulas stand above the rules that need one. */
export const gradientRules: { readonly [O in Operator]: GradientRule<O> } = {
  Add: (g, node, dy) => [to(g, dy, in0(node)), to(g, dy, in1(node))],
  Sub: (g, node, dy) => [to(g, dy, in0(node)), to(g, g.op('Neg', dy), in1(node))],
  Mul: (g, node, dy) => [to(g, g.mul(dy, in1(node)), in0(node)), to(g, g.mul(dy, in0(node)), in1(node))],
  // y = a / b: da = dy / b, db = −da · y
  Div: (g, node, dy) => {
    const da = g.div(dy, in1(node));
    return [to(g, da, in0(node)), to(g, g.op('Neg', g.mul(da, out(node))), in1(node))];
  },
  Max: chosen((g, a, b) => g.op('Greater', a, b)),
  Min: chosen((g, a, b) => g.op('Greater', b, a)),
  Neg: (g, _node, dy) => [g.op('Neg', dy)],
  Abs: (g, node, dy) => [g.mul(dy, g.op('Sign', in0(node)))],
  Sign: none,
  Exp: (g, node, dy) => [g.mul(dy, out(node))],
  Log: (g, node, dy) => [g.div(dy, in0(node))],
  // y = √x: dx = dy / 2y
  Sqrt: (g, node, dy) => [g.div(g.scale(dy, 0.5), out(node))],
  // y = tanh x: dx = dy (1 − y²)
  Tanh: (g, node, dy) => [g.mul(dy, g.sub(g.scalar(1), g.mul(out(node), out(node))))],
  // y = σ(x): dx = dy y (1 − y)
  Sigmoid: (g, node, dy) => [g.mul(dy, g.mul(out(node), g.sub(g.scalar(1), out(node))))],
  // y = ln(1 + eˣ): dx = dy σ(x)
  Softplus: (g, node, dy) => [g.mul(dy, g.op('Sigmoid', in0(node)))],
  // y = erf x: dx = dy 2/√π e^(−x²)
  Erf: (g, node, dy) => {
    const bell = g.op('Exp', g.op('Neg', g.mul(in0(node), in0(node))));
    return [g.mul(dy, g.scale(bell, 2 / Math.sqrt(Math.PI)))];
  },
  // The output is never negative, so its sign is the step function.
  Relu: (g, node, dy) => [g.mul(dy, g.op('Sign', out(node)))],
  // y = x Φ(x): dx = dy (Φ(x) + x φ(x)), Φ and φ of the normal distribution
  Gelu: (g, node, dy) => {
    const x = in0(node);
    const below = g.scale(g.add(g.op('Erf', g.scale(x, Math.SQRT1_2)), g.scalar(1)), 0.5);
    const density = g.scale(g.op('Exp', g.scale(g.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return [g.mul(dy, g.add(below, g.mul(x, density)))];
  },
  Greater: none,
  Equal: none,
  Where: (g, node, dy) => {
    const [condition, a, b] = node.inputs as [Value, Value, Value];
    const taken = g.mul(dy, g.cast(condition, 'float32'));
    return [undefined, to(g, taken, a), to(g, g.sub(dy, taken), b)];
  },
  // Only a cast that changes nothing has a gradient.
  Cast: (_g, node, dy) => [in0(node).dtype === node.attributes.to ? dy : undefined],
  Reshape: (g, node, dy) => [g.reshape(dy, in0(node).shape)],
  Expand: (g, node, dy) => [to(g, dy, in0(node))],
  Transpose: (g, node, dy) => {
    const back = node.attributes.perm.map((_, axis) => node.attributes.perm.indexOf(axis));
    return [g.transpose(dy, back)];
  },
  Concat: (g, node, dy) => {
    const { axis } = node.attributes;
    return g.split(
      dy,
      axis,
      node.inputs.map((input) => input.shape[axis]!),
    );
  },
  Split: (g, node, _dy, all) => {
    const parts = node.outputs.map((output, index) => all[index] ?? zeros(g, output.shape));
    return [g.concat(parts, node.attributes.axis)];
  },
  Slice: (g, node, dy) => {
    const { axis, start, end } = node.attributes;
    const { shape } = in0(node);
    const at = (side: number): number[] => shape.map((_, index) => (index === axis ? side : 0));
    return [g.pad(dy, at(start), at(shape[axis]! - end))];
  },
  // The gathered axes are brought to the front and their slices summed back into place.
  Gather: (g, node, dy) => {
    const [data, indices] = node.inputs as [Value, Value];
    const { axis } = node.attributes;
    const wide = indices.shape.length;
    const order = dy.shape.map((_, index) => index);
    const front = [...order.slice(axis, axis + wide), ...order.slice(0, axis), ...order.slice(axis + wide)];
    const dataOrder = data.shape.map((_, index) => index);
    const dataFront = [axis, ...dataOrder.filter((index) => index !== axis)];
    const updates = axis === 0 ? dy : g.transpose(dy, front);
    const empty = zeros(
      g,
      dataFront.map((index) => data.shape[index]!),
    );
    const summed = g.op('ScatterND', empty, g.reshape(indices, [...indices.shape, 1]), updates);
    return [
      axis === 0
        ? summed
        : g.transpose(
            summed,
            dataOrder.map((index) => dataFront.indexOf(index)),
          ),
      undefined,
    ];
  },
  GatherND: (g, node, dy) => [g.op('ScatterND', zeros(g, in0(node).shape), in1(node), dy), undefined],
  ScatterND: (g, node, dy) => [dy, undefined, g.op('GatherND', dy, in1(node))],
  ReduceSum: (g, node, dy) => [g.expand(withAxes(g, dy, in0(node), node.attributes.axes), in0(node).shape)],
  ReduceMean: (g, node, dy) => {
    const share = node.attributes.axes.reduce((product, axis) => product / in0(node).shape[axis]!, 1);
    return [g.expand(withAxes(g, g.scale(dy, share), in0(node), node.attributes.axes), in0(node).shape)];
  },
  // Equal maxima each take the whole gradient.
  ReduceMax: (g, node, dy) => {
    const { axes } = node.attributes;
    const at = g.cast(g.op('Equal', in0(node), withAxes(g, out(node), in0(node), axes)), 'float32');
    return [g.mul(at, withAxes(g, dy, in0(node), axes))];
  },
  // y = softmax x: dx = y (dy − Σ dy y)
  Softmax: (g, node, dy) => {
    const y = out(node);
    const inner = g.sum(g.mul(dy, y), [y.shape.length - 1], true);
    return [g.mul(y, g.sub(dy, inner))];
  },
  // y = log softmax x: dx = dy − eʸ Σ dy
  LogSoftmax: (g, node, dy) => {
    const y = out(node);
    return [g.sub(dy, g.mul(g.op('Exp', y), g.sum(dy, [y.shape.length - 1], true)))];
  },
  // With n = (x − mean) · inverse deviation and e = dy · gain over the last axis of D:
  // dx = inverse deviation · (e − mean(e) − n · mean(e n)), dgain = Σ dy n, dshift = Σ dy
  LayerNormalization: (g, node, dy, all) => {
    const [x, gain] = node.inputs as [Value, Value];
    // They are outputs for this rule's sake: a gradient of a gradient would reach them.
    if (all[1] || all[2])
      throw new ShapeError('LayerNormalization', 'its mean and deviation have no gradient', [x.shape]);
    const [, mean, inverse] = node.outputs as [Value, Value, Value];
    const last = x.shape.length - 1;
    const rows = x.shape.slice(0, last).map((_, axis) => axis);
    const n = g.mul(g.sub(x, mean), inverse);
    const e = g.mul(dy, gain);
    const centred = g.sub(e, g.mean(e, [last], true));
    const dx = g.mul(g.sub(centred, g.mul(n, g.mean(g.mul(e, n), [last], true))), inverse);
    return [dx, g.sum(g.mul(dy, n), rows), g.sum(dy, rows)];
  },
  // Y = A' B' (+ C), A' and B' transposed where asked: dA' = dY B'ᵀ, dB' = A'ᵀ dY
  Gemm: (g, node, dy) => {
    const [a, b, c] = node.inputs as [Value, Value, Value | undefined];
    const { transA, transB } = node.attributes;
    const da = transA
      ? g.gemm(b, dy, undefined, { transA: transB, transB: true })
      : g.gemm(dy, b, undefined, { transB: !transB });
    const db = transB
      ? g.gemm(dy, a, undefined, { transA: true, transB: transA })
      : g.gemm(a, dy, undefined, { transA: !transA });
    return c ? [da, db, to(g, dy, c)] : [da, db];
  },
  FusedMatMul: (g, node, dy) => {
    const [a, b] = node.inputs as [Value, Value];
    const { transA, transB, alpha } = node.attributes;
    const da = transA
      ? g.matmul(b, dy, { transA: transB, transB: true, alpha })
      : g.matmul(dy, b, { transB: !transB, alpha });
    const db = transB
      ? g.matmul(dy, a, { transA: true, transB: transA, alpha })
      : g.matmul(a, dy, { transA: !transA, alpha });
    return [to(g, da, a), to(g, db, b)];
  },
  // y = aᵇ, a > 0 where b's gradient is asked for: da = dy b aᵇ⁻¹, db = dy y ln a
  Pow: (g, node, dy) => {
    const [a, b] = node.inputs as [Value, Value];
    const da = g.mul(dy, g.mul(b, g.op('Pow', a, g.sub(b, g.scalar(1)))));
    return [to(g, da, a), to(g, g.mul(dy, g.mul(out(node), g.op('Log', a))), b)];
  },
  // What was not clipped, the bounds included.
  Clip: (g, node, dy) => [g.mul(dy, g.cast(g.op('Equal', in0(node), out(node)), 'float32'))],
  Pad: (g, node, dy) => [
    in0(node).shape.reduce((kept, side, axis) => {
      const start = node.attributes.before[axis]!;
      return side === kept.shape[axis] ? kept : g.slice(kept, axis, start, start + side);
    }, dy),
  ],
  Trilu: (g, node, dy) => [g.apply('Trilu', [dy], node.attributes)[0]!],
  Conv: (g, node, dy) => {
    const [x, kernel, bias] = node.inputs as [Value, Value, Value | undefined];
    const dx = convPictureGradient(g, dy, kernel, picture(x), node.attributes);
    const dKernel = convKernelGradient(g, x, dy, picture(kernel), node.attributes);
    return bias ? [dx, dKernel, g.sum(dy, [0, 2, 3])] : [dx, dKernel];
  },
  // y = convᵀ(x): dx = conv(dy), and the kernel's gradient is that of the convolution from dy to x.
  ConvTranspose: (g, node, dy) => {
    const [x, kernel, bias] = node.inputs as [Value, Value, Value | undefined];
    const { strides, pads, dilations, groups } = node.attributes;
    const attributes = { strides, pads, dilations, groups };
    const dx = g.apply('Conv', [dy, kernel], attributes)[0]!;
    const dKernel = convKernelGradient(g, dy, x, picture(kernel), attributes);
    return bias ? [dx, dKernel, g.sum(dy, [0, 2, 3])] : [dx, dKernel];
  },
};
