import type { AnatomicSite, Finding, ReportReading, TextEvidence } from '@radiolect/findings';
import type { Message } from '../checks/message.ts';
import { fillMessage, siteNames } from '../checks/message.ts';
import type { Lexicon } from '../reader/lexicon.ts';
import { baseOf } from '../reader/lexicon.ts';
import type { CheckData } from './check-data.ts';
import type { Hit } from './cue.ts';
import { messages } from './messages.ts';
import type { NamedPlace, Outline, OutlineSentence } from './outline.ts';
import type { CheckContext, CheckSeverity, ReportCheck, ReportCheckCode } from './report-check.ts';

/** Everything that the checks of one report look at. */
export interface Work {
  readonly outline: Outline;
  readonly data: CheckData;
  readonly lexicon: Lexicon;
  readonly context: CheckContext;
  /** The whole report. */
  readonly reading: ReportReading;
  /** The report without its impression; the whole where it has none. */
  readonly findings: ReportReading;
  /** The impression alone. */
  readonly impression: ReportReading | undefined;
  /** One sentence or phrase on its own; its offsets are those of that text. */
  read(text: string): ReportReading;
  /** Sites of the pack by id. */
  readonly sites: ReadonlyMap<string, AnatomicSite>;
  readonly checks: ReportCheck[];
}

export interface About {
  readonly severity: CheckSeverity;
  readonly at?: readonly Hit[];
  readonly sites?: readonly string[];
  readonly values?: Readonly<Record<string, string | Message | readonly (string | Message)[]>>;
}

/** Adds a check with its message. */
export function report(work: Work, code: ReportCheckCode, { severity, at = [], sites = [], values = {} }: About): void {
  const names = new Map([...work.sites].map(([id, site]) => [id, site.names]));
  work.checks.push({
    code,
    severity,
    sites: [...new Set(sites)],
    evidence: evidenceOf(work.outline.text, at),
    message: fillMessage(messages[code], { sites: siteNames([...new Set(sites)], names), ...values }),
  });
}

/** Spans as evidence: in order, each once. */
export function evidenceOf(text: string, hits: readonly Hit[]): TextEvidence[] {
  const once = new Map(hits.map((hit) => [`${hit.start} ${hit.end}`, hit]));
  return [...once.values()]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ kind: 'text', start, end, text: text.slice(start, end) }));
}

export const wordsAt = (work: Work, { start, end }: Hit): string => work.outline.text.slice(start, end);

/** The sentence that holds a place of the text. */
export const sentenceAt = (work: Work, at: number): OutlineSentence | undefined =>
  work.outline.sentences.find((sentence) => sentence.start <= at && at < sentence.end);

export const spansOf = (finding: Finding): Hit[] => finding.evidence.flatMap((e) => (e.kind === 'text' ? [e] : []));

/** Findings by site, the strongest first. */
export function positives(reading: ReportReading): Map<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of reading.findings) {
    if (finding.presence === 'absent') continue;
    if (found.get(finding.site)?.presence !== 'present') found.set(finding.site, finding);
  }
  return found;
}

/** Sites that are only called absent. */
export function negatives(reading: ReportReading): Map<string, Finding> {
  const positive = positives(reading);
  return new Map(
    reading.findings
      .filter(({ site, presence }) => presence === 'absent' && !positive.has(site))
      .map((finding) => [finding.site, finding]),
  );
}

/** Whether a vague statement ("multiple left ribs") or a place without its side may mean this site. */
export function mayBeMeant(work: Work, reading: ReportReading, site: string): boolean {
  const base = baseOf(site);
  return (
    reading.regional.some(
      ({ region, side }) =>
        work.lexicon.regions.get(region)?.bases.has(base) === true &&
        (side === undefined || site === base || site.endsWith(side)),
    ) || reading.warnings.some(({ code, subject }) => code === 'side-missing' && subject === base)
  );
}

export const otherSide = (site: string): string | undefined =>
  site.endsWith('-left')
    ? `${site.slice(0, -5)}-right`
    : site.endsWith('-right')
      ? `${site.slice(0, -6)}-left`
      : undefined;

/** Places of the text that name a site one by one; a place without its side may name either. */
export const namedAt = (work: Work, site: string): NamedPlace[] => {
  const base = baseOf(site);
  return work.outline.places.filter(
    ({ bases, side, region }) =>
      !region &&
      bases.includes(base) &&
      (side === undefined || side === 'both' || site === base || site.endsWith(side)),
  );
};

/** The sites of the pack that a place means. */
export const sitesOf = (work: Work, { bases, side }: NamedPlace): string[] =>
  bases.flatMap((base) =>
    work.sites.has(base)
      ? [base]
      : ['right', 'left']
          .filter((one) => side === undefined || side === 'both' || side === one)
          .map((one) => `${base}-${one}`)
          .filter((site) => work.sites.has(site)),
  );

export const overlaps = (a: Hit, b: Hit): boolean => a.start < b.end && b.start < a.end;
