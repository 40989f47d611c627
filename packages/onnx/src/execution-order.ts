import type { Graph, Node } from './graph.ts';

/**
 * The nodes that the outputs depend on, in a topological order that keeps ONNX Runtime's memory low.
 *
 * The runtime does not run nodes in the order of the file. It walks backwards from the nodes that nothing reads, the
 * last of the file first; where a node reads several, it first follows the one that stands last. So the order of the
 * file decides what waits in memory:
 *
 * - Inner nodes stand by depth. A backward node that reads a gradient and something of the forward pass alone then gets
 *   the gradient first, and the rest when it is needed, not during the forward pass.
 * - Nodes that nothing reads stand at the end, the deepest first. The gradients of the last layer are then taken first,
 *   each as soon as its parts are there; otherwise all would wait for the gradient of the first layer.
 */
export function executionOrder(g: Graph): readonly Node[] {
  const wanted = new Set([...g.outputs.values()].map((value) => value.name));
  const read = new Set<string>();
  const needed: Node[] = [];
  for (const node of g.nodes.toReversed())
    if (node.outputs.some((output) => wanted.has(output.name))) {
      needed.push(node);
      for (const input of node.inputs) {
        wanted.add(input.name);
        read.add(input.name);
      }
    }
  needed.reverse();
  const depths = new Map<string, number>();
  const depthOf = (node: Node): number => depths.get(node.outputs[0]!.name)!;
  for (const node of needed) {
    const depth = 1 + Math.max(0, ...node.inputs.map((input) => depths.get(input.name) ?? 0));
    for (const output of node.outputs) depths.set(output.name, depth);
  }
  const isRead = (node: Node): boolean => node.outputs.some((output) => read.has(output.name));
  const inner = needed.filter(isRead).sort((a, b) => depthOf(a) - depthOf(b));
  const last = needed.filter((node) => !isRead(node)).sort((a, b) => depthOf(b) - depthOf(a));
  return [...inner, ...last];
}
