import type { ReportReading } from '@radiolect/findings';
import { siteLabelsOf } from '@radiolect/findings';

/** A line of `radiolect label`, ready for JSON: see "A line of `label`" in the command reference. */
export interface LabelLine {
  readonly id: string;
  readonly language: ReportReading['language'];
  readonly labels: ReturnType<typeof siteLabelsOf>;
  readonly regional: readonly { region: string; side?: 'right' | 'left'; evidence: SpanJson }[];
  readonly extraosseous: readonly { what: string; evidence: SpanJson }[];
  readonly warnings: readonly { code: string; subject?: string; evidence: readonly SpanJson[] }[];
  readonly impressionClass: ReportReading['impressionClass'];
}

interface SpanJson {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const span = ({ start, end, text }: SpanJson): SpanJson => ({ start, end, text });

/** Lays a reading out as a line of `label`. */
export function labelLine(id: string, reading: ReportReading): LabelLine {
  return {
    id,
    language: reading.language,
    labels: siteLabelsOf(reading),
    regional: reading.regional.map((r) => ({ ...r, evidence: span(r.evidence) })),
    extraosseous: reading.extraosseous.map(({ what, evidence }) => ({ what, evidence: span(evidence) })),
    warnings: reading.warnings.map((w) => ({ ...w, evidence: w.evidence.map(span) })),
    impressionClass: reading.impressionClass,
  };
}
