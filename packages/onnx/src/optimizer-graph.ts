import { Graph, type Value } from './graph.ts';
import type { TrainedParameter } from './training-graph.ts';

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

export interface SgdSettings {
  readonly kind: 'sgd';
  /** Share of the last update that is kept; 0 for plain descent. */
  readonly momentum: number;
  /** Added to the gradient as weight decay × parameter. */
  readonly weightDecay: number;
  readonly clipNorm: number;
}

/** Gradients are not clipped where `clipNorm` is 0 or infinite. */
export type OptimizerSettings = ({ readonly kind?: 'adamw' } & AdamWSettings) | SgdSettings;

/** Names of the inputs and outputs of the optimizer's graph that belong to one parameter. */
export const slots = {
  parameter: (name: string): string => `parameter/${name}`,
  gradient: (name: string): string => `gradient/${name}`,
  first: (name: string): string => `first/${name}`,
  second: (name: string): string => `second/${name}`,
  average: (name: string): string => `average/${name}`,
} as const;

/** The outputs are the renewed inputs, under `next/` and the input's name. */
export const renewed = (slot: string): string => `next/${slot}`;

/** The gradient graph's input that holds a parameter's gradient over the micro-batches before. */
export const total = (name: string): string => `total/${name}`;

/** Scalars of one step, made in double precision: float32 would lose digits of 1 − βᵗ while t is small. */
export function stepScalars(
  settings: OptimizerSettings,
  step: number,
  learningRate: number,
  averageShare: number,
): Readonly<Record<string, number>> {
  const shared = { learningRate, averageShare };
  if (settings.kind === 'sgd') return shared;
  // m̂ ÷ (√v̂ + ε) = (√c₂ ÷ c₁) · m ÷ (√v + ε √c₂), with c the bias corrections: they cost no pass over the tensors.
  const first = 1 - settings.beta1 ** step;
  const second = Math.sqrt(1 - settings.beta2 ** step);
  return { ...shared, directionRate: (learningRate * second) / first, epsilon: settings.epsilon * second };
}

/**
 * One optimizer step, parameter by parameter: AdamW (Loshchilov and Hutter 2019, algorithm 2) or stochastic gradient
 * descent with momentum (PyTorch's form: the buffer holds momentum × buffer + gradient). Inputs and outputs are named
 * by {@link slots} and {@link renewed}, scalars as in {@link stepScalars}; `gradientNorm` is the norm over all
 * gradients before clipping.
 *
 * Each old value is read only by nodes that its renewed value waits for, so both may share their memory.
 */
export function optimizerGraph(
  trained: readonly TrainedParameter[],
  settings: OptimizerSettings,
  keepsAverage: boolean,
): Graph {
  const g = new Graph();
  const scalars = new Map<string, Value>();
  for (const name of Object.keys(stepScalars(settings, 1, 0, 0))) scalars.set(name, g.input(name, 'float32', []));
  const scalar = (name: string): Value => scalars.get(name)!;
  const scaled = sharedBy((rate: string, factor: number) =>
    factor === 1 ? scalar(rate) : g.scale(scalar(rate), factor),
  );
  const gradients = trained.map(({ value }) => g.input(slots.gradient(value.name), 'float32', value.shape));
  const norm = normOver(g, gradients);
  g.output('gradientNorm', norm);
  const clips = settings.clipNorm > 0 && Number.isFinite(settings.clipNorm);
  const limit = g.scalar(clips ? settings.clipNorm : 1);
  const clip = clips ? g.div(limit, g.op('Max', norm, limit)) : undefined;
  const { weightDecay } = settings;

  const adamWStep = ({ beta1, beta2 }: AdamWSettings) => {
    const firstShare = clip ? g.scale(clip, 1 - beta1) : g.scalar(1 - beta1);
    const secondShare = clip ? g.scale(g.mul(clip, clip), 1 - beta2) : g.scalar(1 - beta2);
    const kept = sharedBy((_: string, factor: number) =>
      g.sub(g.scalar(1), g.scale(scalar('learningRate'), factor * weightDecay)),
    );
    return ({ value, decays, learningRateScale }: TrainedParameter, old: Value, gradient: Value): Value => {
      const input = (slot: string): Value => g.input(slot, 'float32', value.shape);
      const first = g.add(g.scale(input(slots.first(value.name)), beta1), g.mul(gradient, firstShare));
      const square = g.mul(g.mul(gradient, gradient), secondShare);
      const second = g.add(g.scale(input(slots.second(value.name)), beta2), square);
      g.output(renewed(slots.first(value.name)), first);
      g.output(renewed(slots.second(value.name)), second);
      const direction = g.div(first, g.add(g.op('Sqrt', second), scalar('epsilon')));
      const shrunk = decays && weightDecay > 0 ? g.mul(old, kept('', learningRateScale)) : old;
      return g.sub(shrunk, g.mul(direction, scaled('directionRate', learningRateScale)));
    };
  };
  const sgdStep =
    ({ momentum }: SgdSettings) =>
    ({ value, decays, learningRateScale }: TrainedParameter, old: Value, gradient: Value): Value => {
      const clipped = clip ? g.mul(gradient, clip) : gradient;
      const decayed = decays && weightDecay > 0 ? g.add(clipped, g.scale(old, weightDecay)) : clipped;
      const before = g.input(slots.first(value.name), 'float32', value.shape);
      const first = g.add(g.scale(before, momentum), decayed);
      g.output(renewed(slots.first(value.name)), first);
      return g.sub(old, g.mul(first, scaled('learningRate', learningRateScale)));
    };

  const next = settings.kind === 'sgd' ? sgdStep(settings) : adamWStep(settings);
  trained.forEach((parameter, index) => {
    const { name, shape } = parameter.value;
    const moved = next(parameter, g.input(slots.parameter(name), 'float32', shape), gradients[index]!);
    g.output(renewed(slots.parameter(name)), moved);
    if (!keepsAverage) return;
    const average = g.input(slots.average(name), 'float32', shape);
    const closer = g.add(average, g.mul(g.sub(moved, average), scalar('averageShare')));
    g.output(renewed(slots.average(name)), closer);
  });
  return g;
}

function normOver(g: Graph, gradients: readonly Value[]): Value {
  const squares = gradients.map((gradient) =>
    g.reshape(
      g.sum(
        g.mul(gradient, gradient),
        gradient.shape.map((_, axis) => axis),
      ),
      [1],
    ),
  );
  return g.op('Sqrt', g.sum(g.concat(squares, 0), [0]));
}

/** Remembers what `make` made of a name and a number: parameters with one learning rate share their scalars. */
function sharedBy(make: (name: string, factor: number) => Value): (name: string, factor: number) => Value {
  const known = new Map<string, Value>();
  return (name, factor) => {
    const key = `${name} ${factor}`;
    const value = known.get(key) ?? make(name, factor);
    known.set(key, value);
    return value;
  };
}
