import type { Finding, LabelState, Pack, ReportReading, TextEvidence } from '@radiolect/findings';
import type { SiteStates } from '../marks/site-state.ts';
import { siteStates } from '../marks/site-state.ts';

/** One row of the label table: a finding, or a position that the report is silent on. */
export interface LabelRow {
  readonly key: string;
  readonly site: string;
  readonly state: LabelState;
  readonly finding?: Finding;
  /** Not the first of its position: `label` writes the strongest one. */
  readonly further: boolean;
  readonly evidence: readonly TextEvidence[];
}

export interface LabelTable {
  readonly rows: readonly LabelRow[];
  /** Positions by state; they add up to the length of the label vector. */
  readonly counts: Readonly<Record<LabelState, number>>;
  readonly states: SiteStates;
}

const rank = { present: 0, uncertain: 1, absent: 2, unmentioned: 3 } as const satisfies Record<LabelState, number>;

/** Lays a reading out as rows: present, uncertain, absent, silent; inside each in the order of the label vector. */
export function labelTable(reading: Pick<ReportReading, 'findings'>, pack: Pick<Pack, 'labelSpace'>): LabelTable {
  const { positions } = pack.labelSpace;
  const states = siteStates(reading.findings);
  const place = new Map(positions.map((position, index) => [position, index]));
  const seen = new Set<string>();
  const stated = [...reading.findings]
    .sort((a, b) => rank[a.presence] - rank[b.presence])
    .map((finding): LabelRow => {
      const further = seen.has(finding.site);
      seen.add(finding.site);
      const evidence = finding.evidence.filter((entry): entry is TextEvidence => entry.kind === 'text');
      return { key: finding.id, site: finding.site, state: finding.presence, finding, further, evidence };
    });
  const silent = positions
    .filter((position) => !seen.has(position))
    .map((site): LabelRow => ({ key: `silent-${site}`, site, state: 'unmentioned', further: false, evidence: [] }));
  const rows = [...stated, ...silent].sort(
    (a, b) => rank[a.state] - rank[b.state] || (place.get(a.site) ?? 0) - (place.get(b.site) ?? 0),
  );
  const counts = { present: 0, uncertain: 0, absent: 0, unmentioned: 0 };
  for (const position of positions) counts[states.get(position) ?? 'unmentioned']++;
  return { rows, counts, states };
}
