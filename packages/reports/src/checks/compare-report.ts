import type { Comparison, DraftReport, Finding, Presence, ReportReading } from '@radiolect/findings';
import { compareFindings } from '@radiolect/findings';

/** How a mark of one text stands to the other text. */
export type MarkKind = 'agree' | 'contradict' | 'only-here';

/** A span of the report on file (UTF-16 offsets) with the sites that it states. */
export interface ReportMark {
  readonly start: number;
  readonly end: number;
  readonly kind: MarkKind;
  readonly sites: readonly string[];
}

/** A sentence of the draft with the sites that it states. */
export interface DraftMark {
  readonly sentence: string;
  readonly kind: MarkKind;
  readonly sites: readonly string[];
}

/** One site for the body map: both sides of the comparison, and how they stand to each other. */
export interface SiteMark {
  readonly site: string;
  readonly kind: 'agree' | 'contradict' | 'only-report' | 'only-draft';
  readonly report?: Presence;
  readonly draft?: Presence;
  /** Attributes that both state and state differently. */
  readonly differs: Comparison[number]['differs'];
}

export interface ReportComparison {
  readonly report: readonly ReportMark[];
  readonly draft: readonly DraftMark[];
  readonly sites: readonly SiteMark[];
}

const weight = { agree: 0, 'only-here': 1, contradict: 2 } as const satisfies Record<MarkKind, number>;

/**
 * Sets the report on file against the draft's findings. A span or sentence that states several sites gets its gravest
 * kind, with the sites of that kind first. A negative that only one side states is no disagreement and gets no mark of
 * its own; it still stands in `sites`.
 */
export function compareReportWithFindings(
  reading: Pick<ReportReading, 'findings'>,
  draft: DraftReport,
  findings: readonly Finding[],
): ReportComparison {
  const comparison = compareFindings(reading.findings, findings);
  const kinds = new Map<string, MarkKind>();
  for (const { site, kind, first, second } of comparison) {
    const alone = (kind === 'only-first' && first?.presence) || (kind === 'only-second' && second?.presence);
    if (alone === 'absent') continue;
    kinds.set(site, kind === 'agree' || kind === 'contradict' ? kind : 'only-here');
  }
  return {
    report: reportMarks(reading.findings, kinds),
    draft: draftMarks(draft, findings, kinds),
    sites: comparison.map(({ site, kind, first, second, differs }) => ({
      site,
      kind: kind === 'only-first' ? 'only-report' : kind === 'only-second' ? 'only-draft' : (kind as 'agree'),
      ...(first ? { report: first.presence } : {}),
      ...(second ? { draft: second.presence } : {}),
      differs,
    })),
  };
}

function reportMarks(findings: readonly Finding[], kinds: ReadonlyMap<string, MarkKind>): ReportMark[] {
  const spans = new Map<string, { start: number; end: number; sites: Set<string> }>();
  for (const { site, evidence } of findings)
    for (const span of evidence) {
      if (span.kind !== 'text') continue;
      const key = `${span.start}-${span.end}`;
      const known = spans.get(key) ?? { start: span.start, end: span.end, sites: new Set<string>() };
      spans.set(key, known);
      known.sites.add(site);
    }
  return [...spans.values()]
    .flatMap(({ start, end, sites }) => {
      const mark = gravest([...sites], kinds);
      return mark ? [{ start, end, ...mark }] : [];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function draftMarks(
  draft: DraftReport,
  findings: readonly Finding[],
  kinds: ReadonlyMap<string, MarkKind>,
): DraftMark[] {
  const siteOf = new Map(findings.map((finding) => [finding.id, finding.site]));
  return draft.sentences.flatMap((sentence) => {
    const sites = [...new Set(sentence.states.flatMap((id) => siteOf.get(id) ?? []))];
    const mark = gravest(sites, kinds);
    return mark ? [{ sentence: sentence.id, ...mark }] : [];
  });
}

function gravest(
  sites: readonly string[],
  kinds: ReadonlyMap<string, MarkKind>,
): { kind: MarkKind; sites: string[] } | undefined {
  const marked = sites.flatMap((site) => {
    const kind = kinds.get(site);
    return kind ? [{ site, kind }] : [];
  });
  marked.sort((a, b) => weight[b.kind] - weight[a.kind]);
  const first = marked[0];
  return first ? { kind: first.kind, sites: marked.map(({ site }) => site) } : undefined;
}
