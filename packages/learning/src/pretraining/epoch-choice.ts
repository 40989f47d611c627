import type { Measured } from './collapse.ts';
import type { Diagnostics } from './diagnostics.ts';

/** What an epoch left, measured on the same images each time. */
export interface EpochRecord extends Measured {
  /** 0 is the network before the first step. */
  readonly epoch: number;
  /** Mean AUROC of the neighbour probe; null where no position could be scored. */
  readonly probe: number | null;
  /** Its 95 % bootstrap interval over the images; left out where there is no probe. */
  readonly probeInterval?: readonly [low: number, high: number];
}

export interface EpochChoice {
  /** Of the highest probe: the one whose weights are kept. */
  readonly byProbe: EpochRecord;
  /** Of the largest mean distance between features: what that measure alone would have kept. */
  readonly byDistance: EpochRecord;
  /** Before the first step. */
  readonly untrained: EpochRecord;
}

/** What chooses an epoch: the probe; the effective rank, which needs no label, where nothing could be probed. */
export const judgedBy = ({ probe, features }: EpochRecord): number => probe ?? features.effectiveRank;

/** The first of the best trained epochs by each; undefined before there is one. */
export function chooseEpoch(records: readonly EpochRecord[]): EpochChoice | undefined {
  const untrained = records.find(({ epoch }) => epoch === 0);
  const trained = records.filter(({ epoch }) => epoch > 0);
  const best = (value: (record: EpochRecord) => number): EpochRecord | undefined =>
    trained.reduce<EpochRecord | undefined>(
      (known, record) => (known && value(known) >= value(record) ? known : record),
      undefined,
    );
  const byProbe = best(judgedBy);
  const byDistance = best(({ features }) => features.distance);
  return untrained && byProbe && byDistance ? { byProbe, byDistance, untrained } : undefined;
}

/** The choice in words for a person. */
export function choiceInWords({ byProbe, byDistance, untrained }: EpochChoice): string {
  const auroc = ({ probe, probeInterval }: EpochRecord): string => {
    if (probe === null) return 'no probe';
    const range = probeInterval ? `, ${probeInterval.map((one) => one.toFixed(3)).join(' to ')}` : '';
    return `probe ${probe.toFixed(3)}${range}`;
  };
  const by = byProbe.probe === null ? 'effective rank' : 'probe';
  const kept = `Kept: epoch ${byProbe.epoch} by the ${by} (${auroc(byProbe)}; untrained ${auroc(untrained)}).`;
  const other =
    byDistance.epoch === byProbe.epoch
      ? 'Mean distance alone would have kept the same.'
      : `Mean distance alone would have kept epoch ${byDistance.epoch} (${auroc(byDistance)}).`;
  return `${kept} ${other}`;
}

/** Names and columns of the table, in the order in which they are read. */
export const tableColumns: readonly { readonly name: string; readonly of: (record: EpochRecord) => number | null }[] = [
  { name: 'probe AUROC', of: ({ probe }) => probe },
  ...(['distance', 'deviation', 'effectiveRank', 'alignment', 'uniformity'] as const).map(
    (measure: keyof Diagnostics) => ({
      name: measure === 'effectiveRank' ? 'effective rank' : measure,
      of: ({ features }: EpochRecord) => features[measure],
    }),
  ),
];
