import type { Finding, ReportReading } from '@radiolect/findings';
import type { Span } from '../marks/text-segments.ts';

/** What the reader took from one span: findings, or a note for what it set aside (a region, uptake outside bone). */
export interface SpanLabels {
  readonly findings: readonly Finding[];
  readonly note?: string;
}

/** The spans of a report that the reader understood. Findings with one and the same span come together. */
export function labelSpans(
  reading: Pick<ReportReading, 'findings' | 'regional' | 'extraosseous'>,
): readonly Span<SpanLabels>[] {
  const bySpan = new Map<string, { start: number; end: number; findings: Finding[] }>();
  for (const finding of reading.findings)
    for (const evidence of finding.evidence) {
      if (evidence.kind !== 'text') continue;
      const { start, end } = evidence;
      const key = `${start}-${end}`;
      const known = bySpan.get(key) ?? { start, end, findings: [] };
      known.findings.push(finding);
      bySpan.set(key, known);
    }
  const asides = [
    ...reading.regional.map(({ region, side, evidence }) => ({
      note: [side, region].filter(Boolean).join(' '),
      evidence,
    })),
    ...reading.extraosseous.map(({ what, evidence }) => ({ note: what, evidence })),
  ];
  return [
    ...[...bySpan.values()].map(({ start, end, findings }) => ({ start, end, value: { findings } })),
    ...asides.map(({ note, evidence: { start, end } }) => ({ start, end, value: { findings: [], note } })),
  ];
}
