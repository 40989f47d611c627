import type {
  CdeSet,
  DeniedCause,
  Finding,
  Language,
  Presence,
  ReportReading,
  StructuredReport,
} from '@radiolect/findings';
import { elementOf } from '@radiolect/findings';
import type { ReportCheck } from '@radiolect/reports';
import type { Highlight } from '../marks/highlight.tsx';
import type { Span } from '../marks/text-segments.ts';

/** What lies on a stretch of the text: how it is drawn, and what lights up when one points at it. */
export interface TextMark {
  /** Equal for all spans that belong together; other parts of the page light them by it. */
  readonly id: string;
  readonly look: string;
  /** In words, for whoever points at it. */
  readonly about: string;
  readonly findings: readonly Finding[];
}

/** A piece of a text, in UTF-16 code units. */
export type Stretch = { readonly start: number; readonly end: number };

/** The highlight of a stretch: all its findings and their sites, and the ids of its marks. */
export function highlightOf(marks: readonly TextMark[]): Highlight {
  const findings = marks.flatMap((mark) => mark.findings);
  return {
    sites: new Set(findings.map(({ site }) => site)),
    findings: new Set(findings.map(({ id }) => id)),
    spans: new Set(marks.map(({ id }) => id)),
  };
}

/** Whether a highlight lights a mark: by its id, by one of its findings, or where only a site is lit, by that. */
export function isLit({ id, findings }: TextMark, highlight: Highlight): boolean {
  if (highlight.spans?.has(id)) return true;
  if (highlight.findings.size > 0) return findings.some((finding) => highlight.findings.has(finding.id));
  return findings.some((finding) => highlight.sites.has(finding.site));
}

const order = { present: 2, uncertain: 1, absent: 0 } as const satisfies Record<Presence, number>;

export const strongest = (findings: readonly Finding[]): Finding | undefined =>
  [...findings].sort((a, b) => order[b.presence] - order[a.presence] || Number(!!b.nature) - Number(!!a.nature))[0];

/** Spread to the body, harmless, or left open: how a cause is drawn, whatever its pack calls it. */
export function causeLook({ presence, nature }: Pick<Finding, 'presence' | 'nature'>): string {
  if (presence === 'absent' || nature === undefined) return '';
  if (nature === 'metastatic' || nature === 'malignant-other') return 'malignant';
  return nature === 'unspecified' ? 'undetermined' : 'benign';
}

/** How the parts of a reading are said in the language of the interface. */
export interface ReadingVoice {
  readonly findings: (findings: readonly Finding[]) => string;
  readonly regional: (statement: ReportReading['regional'][number]) => string;
  readonly extraosseous: (what: string) => string;
  readonly denied: (nature: DeniedCause['nature']) => string;
  readonly warning: (warning: ReportReading['warnings'][number]) => string;
}

/** The marks of a reading: findings with one and the same span come together. */
export function marksOfReading(reading: ReportReading, say: ReadingVoice): readonly Span<TextMark>[] {
  const spans: Span<TextMark>[] = [];
  const byPlace = new Map<string, { start: number; end: number; findings: Finding[] }>();
  for (const finding of reading.findings)
    for (const evidence of finding.evidence) {
      if (evidence.kind !== 'text') continue;
      const { start, end } = evidence;
      const key = `${start}-${end}`;
      const place = byPlace.get(key) ?? { start, end, findings: [] };
      place.findings.push(finding);
      byPlace.set(key, place);
    }
  for (const [key, { start, end, findings }] of byPlace) {
    const first = strongest(findings);
    if (!first) continue;
    const look = ['label-span', first.presence, causeLook(first)].filter(Boolean).join(' ');
    spans.push({ start, end, value: { id: `finding-${key}`, look, about: say.findings(findings), findings } });
  }
  const add = (id: string, look: string, about: string, evidence: readonly Stretch[]): void => {
    for (const { start, end } of evidence) spans.push({ start, end, value: { id, look, about, findings: [] } });
  };
  for (const [index, statement] of reading.regional.entries())
    add(`regional-${index}`, 'aside-span', say.regional(statement), [statement.evidence]);
  for (const [index, { what, evidence }] of reading.extraosseous.entries())
    add(`extraosseous-${index}`, 'aside-span', say.extraosseous(what), [evidence]);
  for (const [index, { nature, evidence }] of (reading.deniedCauses ?? []).entries())
    add(`denied-${index}`, 'aside-span', say.denied(nature), [evidence]);
  for (const [index, warning] of reading.warnings.entries())
    add(`warning-${index}`, 'warned-span', say.warning(warning), warning.evidence);
  return spans;
}

/** How a stretch under several marks is drawn: as its strongest finding, with the signs of all that is no finding. */
export function lookOf(marks: readonly TextMark[]): string {
  const found = strongest(marks.flatMap((mark) => mark.findings));
  const leading = found && marks.find((mark) => mark.findings.includes(found));
  const others = marks.filter((mark) => mark.findings.length === 0).map((mark) => mark.look);
  return [...new Set([...(leading ? [leading.look] : []), ...others])].join(' ');
}

/** The words that the checks rest on. */
export function marksOfChecks(checks: readonly ReportCheck[], language: Language): readonly Span<TextMark>[] {
  return checks.flatMap(({ severity, message, evidence }, index) =>
    evidence.map(({ start, end }) => ({
      start,
      end,
      value: { id: `check-${index}`, look: `checked-span ${severity}`, about: message[language], findings: [] },
    })),
  );
}

/** The sources of the values, of the conflicts and of what has no element. */
export function marksOfStructured(
  { values, conflicts, unmapped }: StructuredReport,
  set: CdeSet,
): readonly Span<TextMark>[] {
  const named = (id: string): string => elementOf(set, id)?.name ?? id;
  const span = (id: string, look: string, about: string, { start, end }: Stretch): Span<TextMark> => ({
    start,
    end,
    value: { id, look, about, findings: [] },
  });
  return [
    ...values.map(({ element, evidence }, index) => span(`value-${index}`, 'value-span', named(element), evidence)),
    ...conflicts.flatMap(({ reason, evidence }, index) =>
      evidence.map((stretch) => span(`conflict-${index}`, 'warned-span', reason, stretch)),
    ),
    ...unmapped.map(({ text, evidence }, index) => span(`unmapped-${index}`, 'aside-span', text, evidence)),
  ];
}
