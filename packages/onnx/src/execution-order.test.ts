import { expect, test } from 'vitest';
import { differentiate } from './differentiate.ts';
import { executionOrder } from './execution-order.ts';
import { Graph } from './graph.ts';

test('holds what the outputs need, every node after those it reads', () => {
  const g = new Graph();
  const x = g.input('x', 'float32', [4, 4]);
  const needed = g.gemm(x, x);
  g.op('Exp', needed);
  const late = g.op('Relu', x);
  g.output('y', g.add(g.op('Tanh', needed), late));
  const order = executionOrder(g);
  expect(order.map(({ operator }) => operator).sort()).toEqual(['Add', 'Gemm', 'Relu', 'Tanh']);
  const made = new Set(['x']);
  for (const { inputs, outputs } of order) {
    for (const { name } of inputs) expect(made).toContain(name);
    for (const { name } of outputs) made.add(name);
  }
});

test('gradients of the last layer stand last but come first to a walk from the end', () => {
  const g = new Graph();
  const weights = [0, 1, 2].map((layer) => g.input(`w${layer}`, 'float32', [4, 4]));
  let x = g.input('x', 'float32', [8, 4]);
  for (const weight of weights) x = g.op('Gelu', g.gemm(x, weight));
  const gradients = differentiate(g, g.mean(x, [0, 1]), weights);
  gradients.forEach((gradient, layer) => {
    g.output(`gradient/${layer}`, gradient);
  });
  const order = executionOrder(g);
  const lastNames = order.slice(-3).map(({ outputs }) => outputs[0]!.name);
  expect(lastNames).toEqual(gradients.map(({ name }) => name));
  // The slope of a layer's GELU depends on the forward pass alone, so it stands before the backward pass.
  const at = (operator: string): number[] =>
    order.flatMap((node, index) => (node.operator === operator ? [index] : []));
  const backward = order.findIndex(({ outputs }) => outputs[0]!.name === gradients[2]!.name);
  expect(at('Erf').every((index) => index < backward)).toBe(true);
});
