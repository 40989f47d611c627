import type { Graph, Value } from './graph.ts';
import { floatTensor } from './tensor.ts';

/** Settings that stay fixed over a run; the learning rate comes in with every step. */
export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: the decayed parameters shrink by learning rate × weight decay each step. */
  readonly weightDecay: number;
  /** Gradients are scaled down when their norm over all parameters exceeds this. */
  readonly clipNorm: number;
}

export interface AdamWState {
  readonly parameters: Value;
  readonly first: Value;
  readonly second: Value;
}

/**
 * One AdamW step over all parameters laid end to end in one vector of N (Loshchilov and Hutter 2019, algorithm 2, with
 * bias correction). One vector keeps the optimizer at some twenty nodes whatever the model.
 * `step` counts from 1, `decays` is 1 where a parameter is decayed and 0 where not.
 */
export function adamW(
  g: Graph,
  state: AdamWState,
  gradient: Value,
  learningRate: Value,
  step: Value,
  decays: Float32Array,
  settings: AdamWSettings,
): { readonly next: AdamWState; readonly gradientNorm: Value } {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = settings;
  const gradientNorm = g.op('Sqrt', g.sum(g.mul(gradient, gradient), [0]));
  const clipped = g.mul(gradient, g.div(g.scalar(clipNorm), g.op('Max', gradientNorm, g.scalar(clipNorm))));
  const first = g.add(g.scale(state.first, beta1), g.scale(clipped, 1 - beta1));
  const second = g.add(g.scale(state.second, beta2), g.scale(g.mul(clipped, clipped), 1 - beta2));
  const correction = (beta: number): Value => g.sub(g.scalar(1), g.op('Exp', g.mul(step, g.scalar(Math.log(beta)))));
  const deviation = g.add(g.op('Sqrt', g.div(second, correction(beta2))), g.scalar(epsilon));
  const direction = g.div(g.div(first, correction(beta1)), deviation);
  const decay = g.mul(
    state.parameters,
    g.constant(
      floatTensor(
        [decays.length],
        decays.map((one) => one * weightDecay),
      ),
    ),
  );
  const parameters = g.sub(state.parameters, g.mul(learningRate, g.add(direction, decay)));
  return { next: { parameters, first, second }, gradientNorm };
}
