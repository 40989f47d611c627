import type { ReportReading, SiteLabel } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';

/** What a person settled of one site of a report; null: the report says nothing of it. */
export interface SettledSite {
  readonly site: string;
  readonly label: SiteLabel | null;
}

/** A reading with what people settled in the place of what the rules had read. */
export function settledReading(reading: ReportReading, settled: readonly SettledSite[]): ReportReading {
  if (settled.length === 0) return reading;
  const bySite = new Map(settled.map(({ site, label }) => [site, label]));
  const findings = reading.findings.filter((finding) => !bySite.has(finding.site));
  for (const [site, label] of bySite) {
    if (!label) continue;
    const { state, evidence, ...attributes } = label;
    findings.push(
      makeFinding({
        site,
        presence: state,
        ...attributes,
        evidence: evidence ? [{ kind: 'text', ...evidence }] : [],
        source: { kind: 'reader' },
      }),
    );
  }
  return { ...reading, findings };
}
