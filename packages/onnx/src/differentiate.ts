import { ShapeError } from './errors.ts';
import { gradientRules } from './gradient-rules.ts';
import type { Graph, Node, Value } from './graph.ts';
import { floatTensor, sizeOf } from './tensor.ts';

/**
 * Appends the backward pass to the graph and returns ∂loss/∂v for each of `wrt`, in that order. `loss` holds one
 * value. Work is done only for nodes that lie between `wrt` and the loss. A value that the loss does not depend on
 * gets a gradient of zeros.
 */
export function differentiate(g: Graph, loss: Value, wrt: readonly Value[]): readonly Value[] {
  if (sizeOf(loss.shape) !== 1) throw new ShapeError('differentiate', 'the loss holds one value', [loss.shape]);
  const depends = new Set(wrt.map((value) => value.name));
  const forward: Node[] = [];
  for (const node of g.nodes)
    if (node.inputs.some((input) => depends.has(input.name))) {
      forward.push(node);
      for (const output of node.outputs) depends.add(output.name);
    }
  const gradients = new Map<string, Value>();
  gradients.set(loss.name, g.constant(floatTensor(loss.shape, new Array<number>(sizeOf(loss.shape)).fill(1))));
  for (const node of forward.reverse()) {
    const all = node.outputs.map((output) => gradients.get(output.name));
    const first = all.find((gradient) => gradient !== undefined);
    if (!first) continue;
    const rule = gradientRules[node.operator] as (typeof gradientRules)['Add'];
    const back = rule(g, node as Extract<Node, { operator: 'Add' }>, first, all);
    node.inputs.forEach((input, index) => {
      const gradient = back[index];
      if (!gradient || !depends.has(input.name)) return;
      const known = gradients.get(input.name);
      gradients.set(input.name, known ? g.add(known, gradient) : gradient);
    });
  }
  return wrt.map((value) => gradients.get(value.name) ?? g.constant(floatTensor(value.shape)));
}
