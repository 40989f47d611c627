import type { Hit } from './cue.ts';
import { shown } from './dates.ts';
import type { ImageFinding } from './report-check.ts';
import type { Work } from './work.ts';
import { overlaps, positives, report, sentenceAt, spansOf } from './work.ts';

/** Comparisons with a study that does not exist, priors left out, and changes that the findings do not bear out. */
export function checkComparison(work: Work): void {
  const { prior } = work.context;
  const { cues } = work.data;
  const { folded } = work.outline;
  const none = cues.noPrior.all(folded);
  const line = (at: number): number => folded.lastIndexOf('\n', at);
  const outside = (hit: Hit): boolean =>
    !none.some(
      (other) => overlaps(hit, other) || (line(other.start) === line(hit.start) && hit.start < other.end + 12),
    );
  const claimed = [...comparedAt(work), ...changedAt(work)].filter(outside);
  if ((prior === null || none.length > 0) && claimed.length > 0)
    report(work, 'comparison-without-prior', { severity: 'warning', at: [...none, ...claimed] });
  const headed = work.outline.sentences.filter(({ section }) => section === 'comparison').filter(outside);
  // A line of the clinical details that compares has compared.
  const anywhere = cues.comparison.all(folded).filter(outside);
  if (prior && [...headed, ...anywhere, ...changedAt(work)].length === 0)
    report(work, 'prior-not-compared', {
      severity: 'warning',
      at: none,
      values: { expected: prior.date === undefined ? '–' : shown(prior.date) },
    });
  if (prior?.findings) checkChanges(work, prior.findings);
}

/** Words that compare, in sections that speak of this study. */
function comparedAt(work: Work): Hit[] {
  const { cues } = work.data;
  return cues.comparison.all(work.outline.folded).filter((hit) => {
    const section = sentenceAt(work, hit.start)?.section;
    return section !== undefined && section !== 'indication' && section !== 'technique';
  });
}

/** Findings that the text calls changed or unchanged. */
const changedAt = (work: Work): Hit[] =>
  work.reading.findings.filter(({ change }) => change !== undefined && change !== 'new').flatMap(spansOf);

function checkChanges(work: Work, prior: readonly ImageFinding[]): void {
  const before = new Set(prior.filter(({ presence }) => presence !== 'absent').map(({ site }) => site));
  const now = work.context.findings
    ? new Set(work.context.findings.filter(({ presence }) => presence !== 'absent').map(({ site }) => site))
    : new Set(positives(work.reading).keys());
  const stale: string[] = [];
  const known: string[] = [];
  const at = { stale: [] as Hit[], known: [] as Hit[] };
  for (const finding of work.reading.findings) {
    const { site, change } = finding;
    if (change === 'stable' && finding.presence !== 'absent' && (!before.has(site) || !now.has(site))) {
      stale.push(site);
      at.stale.push(...spansOf(finding));
    } else if (change === 'new' && before.has(site)) {
      known.push(site);
      at.known.push(...spansOf(finding));
    }
  }
  // "No significant change" without a place stands for the whole skeleton.
  const changed = [...now].filter((site) => !before.has(site)).concat([...before].filter((site) => !now.has(site)));
  const general = generalStability(work);
  if (changed.length > 0 && general.length > 0) {
    stale.push(...changed);
    at.stale.push(...general);
  }
  if (stale.length > 0) report(work, 'stale-unchanged', { severity: 'warning', at: at.stale, sites: stale });
  if (known.length > 0) report(work, 'not-new', { severity: 'warning', at: at.known, sites: known });
}

function generalStability(work: Work): Hit[] {
  const { outline, data } = work;
  return data.cues.stable.all(outline.folded).filter((hit) => {
    const sentence = sentenceAt(work, hit.start);
    if (!sentence || ['indication', 'technique', 'comparison'].includes(sentence.section)) return false;
    const placed = work.reading.findings.some((finding) =>
      spansOf(finding).some((span) => span.start < sentence.end && sentence.start < span.end),
    );
    return !placed && !data.cues.remainder.first(outline.folded, sentence.start, sentence.end);
  });
}
