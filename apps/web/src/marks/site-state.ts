import type { Finding, LabelState, SiteComparison } from '@radiolect/findings';

/** Strongest state per site; sites without an entry are unmentioned. */
export type SiteStates = ReadonlyMap<string, LabelState>;

const order = { present: 3, uncertain: 2, absent: 1, unmentioned: 0 } as const satisfies Record<LabelState, number>;

export function siteStates(findings: readonly Finding[]): SiteStates {
  const states = new Map<string, LabelState>();
  for (const { site, presence } of findings)
    if (order[presence] > order[states.get(site) ?? 'unmentioned']) states.set(site, presence);
  return states;
}

/**
 * How the list and the report on file stand to each other at a site. `only-here` and `only-there` are asked from the
 * side that is looked at: the draft's `only-here` is the report's `only-there`. `differ`: both speak of it and say different
 * things (cause, uptake, intensity, a doubt).
 */
export type Mark = 'agree' | 'differ' | 'contradict' | 'only-here' | 'only-there' | 'changed';

/** Marks by site as seen from the findings list (`first`) or from the report on file (`second`). */
export function marksBySite(
  comparison: readonly SiteComparison[],
  side: 'first' | 'second',
): ReadonlyMap<string, Mark> {
  return new Map(comparison.map((entry) => [entry.site, markOf(entry, side)]));
}

function markOf({ kind, differs, first, second }: SiteComparison, side: 'first' | 'second'): Mark {
  // A doubt contradicts neither a yes nor a no, but it is not the same either.
  if (kind === 'agree' && (differs.length > 0 || first?.presence !== second?.presence)) return 'differ';
  if (kind === 'only-first') return side === 'first' ? 'only-here' : 'only-there';
  if (kind === 'only-second') return side === 'second' ? 'only-here' : 'only-there';
  return kind;
}

const severity = {
  contradict: 5,
  changed: 4,
  'only-here': 3,
  'only-there': 2,
  differ: 1,
  agree: 0,
} as const satisfies Record<Mark, number>;

/**
 * One mark for a sentence or a span that speaks of several sites: the one that most needs a look. Sites where the
 * mark says nothing worth telling (an absent site that the other side passes over) are left out by `counts`.
 */
export function worstMark(marks: Iterable<Mark | undefined>): Mark | undefined {
  let worst: Mark | undefined;
  for (const mark of marks) if (mark && (!worst || severity[mark] > severity[worst])) worst = mark;
  return worst;
}

/** Counts of each mark, for the summary line; silence about an absent site is no difference worth counting. */
export function markCounts(comparison: readonly SiteComparison[]): Readonly<Record<Mark, number>> {
  const counts: Record<Mark, number> = {
    agree: 0,
    differ: 0,
    contradict: 0,
    'only-here': 0,
    'only-there': 0,
    changed: 0,
  };
  for (const entry of comparison) if (worthTelling(entry)) counts[markOf(entry, 'first')]++;
  return counts;
}

/** Agreement on an abnormal site and every difference that involves one; two silences or denials tell nothing. */
export function worthTelling({ first, second }: SiteComparison): boolean {
  return [first, second].some((finding) => finding !== undefined && finding.presence !== 'absent');
}
