import type { Graph, Value } from '@radiolect/onnx';
import { linear } from '../network/layers.ts';
import type { Parameters } from '../network/parameters.ts';
import type { TrainingParameters } from '../network/training-parameters.ts';

// B images, D width of the backbone.

export interface ByolHeads {
  /** Width of a projection. */
  readonly projection: number;
  /** Width of the hidden layer of projector and predictor. */
  readonly hidden: number;
  /** False leaves the predictor out; without it the two networks agree on a constant. */
  readonly predictor: boolean;
}

/** Pictures to features (B, D) with the parameters given. */
export type Encode = (p: Parameters, pictures: Value) => Value;

/**
 * Bootstrap your own latent (Grill et al. 2020, equations 2 and 3): the online network's prediction of one showing is
 * drawn to the target network's projection of the other, 2 − 2 cos, both ways, mean over B. The target's weights are
 * `p.target`, the moving average, through which no gradient passes. Batch statistics are taken per showing.
 */
export function byolLoss(
  g: Graph,
  p: TrainingParameters,
  encode: Encode,
  first: Value,
  second: Value,
  heads: ByolHeads,
): Value {
  const batch = first.shape[0]!;
  // One pass of 2B through each backbone: larger matrices, same numbers.
  const both = g.concat([first, second], 0);
  const projections = (parameters: Parameters): readonly Value[] =>
    g.split(encode(parameters, both), 0, [batch, batch]).map((features) => projector(g, parameters, features, heads));
  const online = projections(p).map((z) => (heads.predictor ? predictor(g, p, z, heads) : z)) as [Value, Value];
  const target = projections(p.target) as [Value, Value];
  return g.add(disagreement(g, online[0], target[1]), disagreement(g, online[1], target[0]));
}

/** Features (B, D) → projections (B, projection): Linear, BatchNorm, ReLU, Linear. */
export const projector = (g: Graph, p: Parameters, features: Value, heads: ByolHeads): Value =>
  perceptron(g, p, 'projector', features, heads);

const predictor = (g: Graph, p: Parameters, projections: Value, heads: ByolHeads): Value =>
  perceptron(g, p, 'predictor', projections, heads);

function perceptron(g: Graph, p: Parameters, name: string, x: Value, { hidden, projection }: ByolHeads): Value {
  const inner = batchNorm(g, p, `${name}.norm`, linear(g, p, `${name}.in`, x, hidden));
  return linear(g, p, `${name}.out`, g.op('Relu', inner), projection);
}

/** Each column of (B, D) at mean 0 and deviation 1 over the batch (÷ B), then gain and shift (Ioffe and Szegedy 2015). */
export function batchNorm(g: Graph, p: Parameters, name: string, x: Value, epsilon = 1e-5): Value {
  const width = x.shape[1]!;
  const gain = p.get({ name: `${name}.gain`, shape: [width], start: 1, decays: false });
  const shift = p.get({ name: `${name}.shift`, shape: [width], start: 0, decays: false });
  const centred = g.sub(x, g.mean(x, [0], true));
  const variance = g.mean(g.mul(centred, centred), [0], true);
  const deviation = g.op('Sqrt', g.add(variance, g.scalar(epsilon)));
  return g.add(g.mul(g.div(centred, deviation), gain), shift);
}

/** Rows of (B, D) at length 1. */
export function unitRows(g: Graph, x: Value): Value {
  const squares = g.sum(g.mul(x, x), [1], true);
  return g.div(x, g.op('Sqrt', g.add(squares, g.scalar(1e-12))));
}

/** Mean over B of 2 − 2 cos. */
function disagreement(g: Graph, online: Value, target: Value): Value {
  const cosines = g.sum(g.mul(unitRows(g, online), unitRows(g, target)), [1]);
  return g.mean(g.sub(g.scalar(2), g.scale(cosines, 2)), [0]);
}
