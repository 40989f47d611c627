import type { PlantableReport, Span } from './planted-case.ts';

/** Headings of an impression, as people write them; this suite's own list. */
const impressionHeading =
  /(?:^|[\n.。;；])\s*(impression|imp|conclusion|opinion|interpretation|assessment|summary|結論|结论|診斷意見|诊断意见|診斷|诊断|印象|影像診斷|影像诊断)\s*[:：]/gi;
const findingsHeading = /(?:^|\n)\s*(findings|today|所見|影像所见|检查所见|檢查所見|发现|發現)\s*[:：]/gi;

/** What stands below the last impression heading, without the heading; undefined where there is none. */
export function impressionOf(text: string): Span | undefined {
  const headings = [...text.matchAll(impressionHeading)];
  const last = headings.at(-1);
  if (!last) return undefined;
  const findings = [...text.matchAll(findingsHeading)].at(-1);
  const start = last.index + last[0].length;
  return findings && findings.index > start ? undefined : { start, end: text.length };
}

/** Ends of sentences; a point inside a number or after a short abbreviation is none. */
const stop = /[。！？;；\n]|[.!?](?=\s|$)/g;
const abbreviation = /(?:\b(?:rt|lt|bil|bilat|jts?|approx|dr|mr|mrs|st|vs|no)|[\d])$/i;

/** The sentence around a place: from the stop before it to the stop after it. */
export function sentenceAround(text: string, at: Span): Span {
  let start = 0;
  for (const match of text.matchAll(stop)) {
    const end = match.index + 1;
    const short = match[0] === '.' && abbreviation.test(text.slice(Math.max(0, match.index - 7), match.index));
    if (short && !/^\s*(?:\n|$|[A-Z])/.test(text.slice(end))) continue;
    if (end <= at.start) start = end;
    else if (match.index >= at.end) return { start, end };
  }
  return { start, end: text.length };
}

/** Every place of the source at which the evidence of a label stands. */
export function placesOf(text: string, evidence: string | undefined): Span[] {
  const places: Span[] = [];
  if (!evidence) return places;
  for (let at = text.indexOf(evidence); at >= 0; at = text.indexOf(evidence, at + 1))
    places.push({ start: at, end: at + evidence.length });
  return places;
}

/** Positive sites whose evidence touches a span of the source. */
export const positivesIn = (report: PlantableReport, span: Span): string[] =>
  Object.entries(report.labels)
    .filter(([, { state, evidence }]) => state !== 'absent' && placesOf(report.text, evidence).some(touches(span)))
    .map(([site]) => site);

export const touches =
  (a: Span) =>
  (b: Span): boolean =>
    a.start < b.end && b.start < a.end;

export const isPositive = (report: PlantableReport, site: string): boolean => {
  const state = report.labels[site]?.state;
  return state !== undefined && state !== 'absent';
};

/** Spans of all matches of a pattern between two places of a text. */
export function matchesIn(text: string, pattern: RegExp, span: Span): (Span & { readonly match: RegExpMatchArray })[] {
  return [...text.slice(span.start, span.end).matchAll(pattern)].map((match) => ({
    start: span.start + match.index,
    end: span.start + match.index + match[0].length,
    match,
  }));
}
