import { mirrorSite } from '@radiolect/findings';
import { baseOf } from './lexicon.ts';
import type { SiteRecord, Span } from './site-record.ts';
import { mergeRecords, withImpression } from './site-record.ts';

export interface Warning {
  readonly code: string;
  readonly subject: string;
  readonly spans: readonly Span[];
}

type Records = ReadonlyMap<string, SiteRecord>;

/**
 * Findings and impression brought together (guideline, rule 5): the same site counts once, for its cause the
 * impression wins, and where they contradict on presence or on the side the site is uncertain and a warning is added.
 * `calledNormal` is the span of an impression that calls the whole scan normal.
 */
export function reconcile(
  findings: Records,
  impression: Records,
  calledNormal: Span | undefined,
  warnings: Warning[],
): Map<string, SiteRecord> {
  const result = new Map(findings);
  const contradiction = (site: string, found: Span, concluded: Span): void => {
    warnings.push({ code: 'contradiction', subject: site, spans: [found, concluded] });
  };
  for (const [site, concluded] of impression) {
    const found = findings.get(site);
    if (!found) onlyConcluded(site, concluded, findings, impression, result, warnings);
    else if (found.state === 'absent' && concluded.state !== 'absent') {
      if (found.change === 'resolved') continue;
      contradiction(site, found.span, concluded.span);
      result.set(site, { ...concluded, state: 'uncertain' });
    } else if (found.state !== 'absent' && concluded.state === 'absent') {
      if (concluded.change === 'resolved') continue;
      contradiction(site, found.span, concluded.span);
      result.set(site, doubted(found));
    } else if (found.state === 'absent') result.set(site, mergeRecords(found, concluded));
    else result.set(site, withImpression(found, concluded));
  }
  const concludes = [...impression.values()].some((record) => record.state !== 'absent');
  if (calledNormal && !concludes)
    for (const [site, found] of findings) {
      if (found.state !== 'present' || !found.specific || explained.has(found.nature ?? '')) continue;
      contradiction(site, found.span, calledNormal);
      result.set(site, doubted(found));
    }
  return result;
}

/** Causes beside which a scan may still be called normal: it means no metastasis. */
const explained: ReadonlySet<string> = new Set([
  'degenerative',
  'traumatic',
  'inflammatory',
  'postoperative',
  'benign-other',
]);

const doubted = ({ span, specific, uptake, intensity }: SiteRecord): SiteRecord => ({
  state: 'uncertain',
  uptake,
  intensity,
  span,
  specific,
});

/** A site that only the impression names: its own, or that of the findings with the wrong side. */
function onlyConcluded(
  site: string,
  concluded: SiteRecord,
  findings: Records,
  impression: Records,
  result: Map<string, SiteRecord>,
  warnings: Warning[],
): void {
  const other = mirrorSite(site);
  const opposite = findings.get(other);
  const swapped = other !== site && concluded.state !== 'absent' && concluded.specific;
  if (swapped && opposite && opposite.state !== 'absent' && opposite.specific && !impression.has(other)) {
    warnings.push({ code: 'contradiction', subject: baseOf(site), spans: [opposite.span, concluded.span] });
    result.set(other, { ...opposite, state: 'uncertain' });
    result.set(site, { ...concluded, state: 'uncertain' });
  } else result.set(site, concluded);
}
