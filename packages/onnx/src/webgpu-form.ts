import type { Node, Value } from './graph.ts';
import { Graph } from './graph.ts';

/**
 * The same graph in operators that ONNX Runtime's WebGPU provider has kernels for (1.30.0). It has none for FusedMatMul,
 * LogSoftmax and Sign: each would run on the processor, with its inputs and outputs copied over and back. What else lies
 * there is arithmetic of int64 indices, which is small.
 */
export function webGpuForm(g: Graph): Graph {
  const form = new Graph();
  const values = new Map<string, Value>();
  for (const { name, dtype, shape } of g.inputs) values.set(name, form.input(name, dtype, shape));
  // Under names of their own: the new graph numbers its scalars anew.
  for (const [name, tensor] of g.constants) values.set(name, form.constant(tensor, `given/${name}`));
  for (const node of g.nodes) {
    const outputs = applied(
      form,
      node,
      node.inputs.map(({ name }) => values.get(name)!),
    );
    node.outputs.forEach(({ name }, index) => {
      values.set(name, outputs[index]!);
    });
  }
  for (const [name, value] of g.outputs) form.output(name, values.get(value.name)!);
  return form;
}

function applied(g: Graph, node: Node, inputs: readonly Value[]): readonly Value[] {
  const [x, y] = inputs as [Value, Value];
  switch (node.operator) {
    case 'FusedMatMul': {
      const { transA, transB, alpha } = node.attributes;
      const product = g.matmul(transA ? turned(g, x) : x, transB ? turned(g, y) : y);
      return [alpha === 1 ? product : g.scale(product, alpha)];
    }
    case 'LogSoftmax': {
      const last = [x.shape.length - 1];
      const shifted = g.sub(x, g.max(x, last, true));
      return [g.sub(shifted, g.op('Log', g.sum(g.op('Exp', shifted), last, true)))];
    }
    case 'Sign': {
      const zero = g.scalar(0);
      const negative = g.op('Where', g.op('Greater', zero, x), g.scalar(-1), zero);
      return [g.op('Where', g.op('Greater', x, zero), g.scalar(1), negative)];
    }
    default:
      return g.apply(node.operator, inputs, node.attributes);
  }
}

/** The last two axes exchanged. */
function turned(g: Graph, x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return g.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
