import type { Graph, Value } from '@radiolect/onnx';
import type { LossSettings } from '../network/losses.ts';
import { multiLabelLoss } from '../network/losses.ts';
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

/** Scalars: the loss to descend and its three parts. `settings` chooses that of presence; the others are cross-entropy. */
export function losses(
  g: Graph,
  outputs: SiteReaderOutputs,
  targets: Targets,
  settings: LossSettings = {},
): { readonly total: Value; readonly presence: Value; readonly nature: Value; readonly metastasis: Value } {
  const presence = multiLabelLoss(
    g,
    outputs.presence,
    { positive: targets.present, negative: targets.absent },
    settings,
  );
  const causes = g.mul(targets.nature, g.op('LogSoftmax', outputs.nature));
  const nature = g.op('Neg', g.sum(causes, [0, 1, 2]));
  const metastasis = multiLabelLoss(g, outputs.metastasis, {
    positive: targets.metastatic,
    negative: targets.notMetastatic,
  });
  return { total: g.add(g.add(presence, nature), metastasis), presence, nature, metastasis };
}
