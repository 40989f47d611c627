import type { Estimate } from './bootstrap.ts';

/** One figure of a scorecard: never a bare number. */
export interface Metric extends Estimate {
  readonly name: string;
  readonly higherIsBetter: boolean;
  /** Studies, sites or pairs that the figure rests on. */
  readonly count: number;
}

/** What was measured, on what, by whom, so that the figures can be made again. */
export interface ScorecardManifest {
  readonly reader: string;
  readonly studies: string;
  readonly studyCount: number;
  readonly seeds: readonly number[];
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly revision?: string;
}

export interface Scorecard {
  readonly manifest: ScorecardManifest;
  readonly metrics: readonly Metric[];
}

/** The scorecard as a Markdown table: figure, 95 % interval, count. */
export function scorecardTable({ metrics }: Scorecard): string {
  const shown = (value: number): string => (Number.isNaN(value) ? 'n/a' : value.toFixed(3));
  const rows = metrics.map(
    (m) =>
      `| ${m.name} | ${shown(m.value)} | ${shown(m.low)} to ${shown(m.high)} | ${m.count} | ${m.higherIsBetter ? '↑' : '↓'} |`,
  );
  return ['| metric | value | 95 % interval | n | better |', '|---|---|---|---|---|', ...rows].join('\n');
}
