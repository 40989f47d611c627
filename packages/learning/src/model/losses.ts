import type { Graph, Value } from '@radiolect/onnx';
import type { SiteReaderOutputs } from './site-reader.ts';

/**
 * What a batch asks of the model. Weights carry every policy (mask, positive weight, averaging), so the graph does not
 * know one: a zero weight is an unmentioned site.
 */
export interface Targets {
  /** (B, S): weight of "present" and of "absent". */
  readonly present: Value;
  readonly absent: Value;
  /** (B, S, N): weight of each cause. */
  readonly nature: Value;
  /** (B, 1) */
  readonly metastatic: Value;
  readonly notMetastatic: Value;
}

/** Σ w₊ softplus(−x) + w₋ softplus(x): weighted binary cross-entropy on logits. */
function binary(g: Graph, logits: Value, positive: Value, negative: Value): Value {
  const terms = g.add(
    g.mul(positive, g.op('Softplus', g.op('Neg', logits))),
    g.mul(negative, g.op('Softplus', logits)),
  );
  return g.sum(
    terms,
    terms.shape.map((_, axis) => axis),
  );
}

/** Scalars: the loss to descend and its three parts. */
export function losses(
  g: Graph,
  outputs: SiteReaderOutputs,
  targets: Targets,
): { readonly total: Value; readonly presence: Value; readonly nature: Value; readonly metastasis: Value } {
  const presence = binary(g, outputs.presence, targets.present, targets.absent);
  const causes = g.mul(targets.nature, g.op('LogSoftmax', outputs.nature));
  const nature = g.op('Neg', g.sum(causes, [0, 1, 2]));
  const metastasis = binary(g, outputs.metastasis, targets.metastatic, targets.notMetastatic);
  return { total: g.add(g.add(presence, nature), metastasis), presence, nature, metastasis };
}
