import type { Graph, Value } from '@radiolect/onnx';

/** Which loss a multi-label head descends. Weights of single labels come with the batch, whatever the kind. */
export type LossSettings =
  | { readonly kind?: 'binary-cross-entropy' }
  | {
      /** Lin et al. 2017: a label that is already right counts (1 − p)^focus of what it would. */
      readonly kind: 'focal';
      /** γ, at least 0; 0 is binary cross-entropy. The paper's choice is 2. */
      readonly focus: number;
      /** α, 0 to 1: what a positive counts, a negative counting 1 − α. Left out, both count 1. */
      readonly balance?: number;
    }
  | {
      /** Ridnik et al. 2021: positives and negatives are focused apart, and easy negatives are left out. */
      readonly kind: 'asymmetric';
      /** γ₊ and γ₋, at least 0. The paper's choice is 0 or 1, and 4. */
      readonly positiveFocus: number;
      readonly negativeFocus: number;
      /** m, 0 to below 1: a negative counts by max(p − m, 0). The paper's choice is 0.05. */
      readonly shift: number;
    };

/**
 * Weights of the two states of each label, in the shape of the logits. They carry every policy (masked, absent, the
 * share of an uncertain label, positive weight, averaging): a label whose weights are both 0 does not count.
 */
export interface LabelWeightValues {
  readonly positive: Value;
  readonly negative: Value;
}

/**
 * Σ w₊ ℓ₊(x) + w₋ ℓ₋(x) over all logits x: one value. Everything is written in softplus, so that neither the loss nor
 * its gradient overflows or divides by zero at any float32 logit. Focus factors pass their gradient too. Throws
 * RangeError on settings outside their range.
 */
export function multiLabelLoss(
  g: Graph,
  logits: Value,
  { positive, negative }: LabelWeightValues,
  settings: LossSettings = {},
): Value {
  check(settings);
  const terms = lossTerms(g, logits, settings);
  const weighed = g.add(g.mul(positive, terms.positive), g.mul(negative, terms.negative));
  return g.sum(
    weighed,
    weighed.shape.map((_, axis) => axis),
  );
}

function check(settings: LossSettings): void {
  const within = (name: string, value: number, below: number): void => {
    if (!(value >= 0 && value < below)) throw new RangeError(`loss.${name} is from 0 to below ${below}, not ${value}`);
  };
  const { POSITIVE_INFINITY } = Number;
  if (settings.kind === 'focal') {
    within('focus', settings.focus, POSITIVE_INFINITY);
    if (settings.balance !== undefined) within('balance', settings.balance, 1);
  }
  if (settings.kind === 'asymmetric') {
    within('positiveFocus', settings.positiveFocus, POSITIVE_INFINITY);
    within('negativeFocus', settings.negativeFocus, POSITIVE_INFINITY);
    within('shift', settings.shift, 1);
  }
}

/** ℓ₊ and ℓ₋ of each logit. With p = σ(x): −ln p = softplus(−x) and −ln(1 − p) = softplus(x). */
function lossTerms(g: Graph, logits: Value, settings: LossSettings): LabelWeightValues {
  const missed = g.op('Softplus', g.op('Neg', logits));
  const invented = g.op('Softplus', logits);
  if (settings.kind === 'focal') {
    const { focus, balance } = settings;
    const positive = focused(g, missed, invented, focus);
    const negative = focused(g, invented, missed, focus);
    if (balance === undefined) return { positive, negative };
    return { positive: g.scale(positive, balance), negative: g.scale(negative, 1 - balance) };
  }
  if (settings.kind === 'asymmetric') {
    const { positiveFocus, negativeFocus, shift } = settings;
    const positive = focused(g, missed, invented, positiveFocus);
    if (shift === 0) return { positive, negative: focused(g, invented, missed, negativeFocus) };
    return { positive, negative: shiftedNegative(g, logits, negativeFocus, shift) };
  }
  return { positive: missed, negative: invented };
}

/** loss · e^(−focus · distance): the probability that is raised to a power is e^(−distance). */
function focused(g: Graph, loss: Value, distance: Value, focus: number): Value {
  return focus === 0 ? loss : g.mul(loss, g.op('Exp', g.scale(distance, -focus)));
}

/** Below it a shifted probability is nothing; keeps the logarithm finite where the loss is 0 anyway. */
const nothing = 1e-12;

/** −q^γ ln(1 − q) with q = max(p − m, 0). For m > 0 its logarithm stays above ln m. */
function shiftedNegative(g: Graph, logits: Value, focus: number, shift: number): Value {
  const left = g.op('Min', g.add(g.op('Sigmoid', g.op('Neg', logits)), g.scalar(shift)), g.scalar(1));
  const loss = g.op('Neg', g.op('Log', left));
  if (focus === 0) return loss;
  const shifted = g.sub(g.op('Sigmoid', logits), g.scalar(shift));
  const logarithm = g.op('Log', g.op('Max', shifted, g.scalar(nothing)));
  return g.mul(loss, g.op('Exp', g.scale(logarithm, focus)));
}
