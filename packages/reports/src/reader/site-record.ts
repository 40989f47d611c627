import type { Change, Intensity, Likelihood, Nature, Presence, Uptake } from '@radiolect/findings';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What one section of a report says of one site. */
export interface SiteRecord {
  readonly state: Presence;
  readonly nature?: Nature | undefined;
  readonly likelihood?: Likelihood | undefined;
  readonly causeWord?: string | undefined;
  readonly change?: Change | undefined;
  readonly uptake?: Uptake | undefined;
  readonly intensity?: Intensity | undefined;
  readonly span: Span;
  /** Named as a site, not as part of a region. */
  readonly specific: boolean;
}

const strength: Readonly<Record<Presence, number>> = { present: 3, uncertain: 2, absent: 1 };
const rank: Readonly<Record<Intensity, number>> = { faint: 1, mild: 2, moderate: 3, intense: 4 };
const rankOf = (r: SiteRecord): number => (r.intensity ? rank[r.intensity] : 0);

/** Two statements about one site in one section: the stronger state; metastatic first, then the more intense cause. */
export function mergeRecords(a: SiteRecord, b: SiteRecord): SiteRecord {
  // A resolved site stays resolved where a region around it is called normal, and the other way round.
  if (a.state === 'absent' && b.state === 'absent') {
    const change = a.change ?? b.change;
    const better = b.specific && !a.specific ? b : a;
    return change === undefined ? better : { ...better, change };
  }
  if (strength[a.state] !== strength[b.state]) return strength[a.state] > strength[b.state] ? a : b;
  const causeFirst = betterCause(a, b);
  const cause = causeFirst ? a : b;
  const more = rankOf(b) > rankOf(a) ? b : a;
  const place = b.specific && !a.specific ? b : a;
  return {
    state: a.state,
    nature: cause.nature,
    likelihood: cause.likelihood,
    causeWord: cause.causeWord,
    change: a.change ?? b.change,
    uptake: a.uptake ?? b.uptake,
    intensity: more.intensity,
    span: place.span,
    specific: a.specific || b.specific,
  };
}

function betterCause(a: SiteRecord, b: SiteRecord): boolean {
  if (b.nature === undefined) return true;
  if (a.nature === undefined) return false;
  if (a.nature === 'unspecified' || b.nature === 'unspecified') return b.nature === 'unspecified';
  if (a.nature === 'metastatic' || b.nature === 'metastatic') return a.nature === 'metastatic';
  return rankOf(a) >= rankOf(b);
}

/** The impression beside the findings: its cause wins; what only one of them says is kept. */
export function withImpression(found: SiteRecord, concluded: SiteRecord): SiteRecord {
  const wins = concluded.nature !== undefined;
  const cause = wins ? concluded : found;
  return {
    ...found,
    nature: cause.nature,
    likelihood: cause.likelihood,
    causeWord: cause.causeWord,
    change: found.change ?? concluded.change,
    uptake: found.uptake ?? concluded.uptake,
    intensity: found.intensity ?? concluded.intensity,
  };
}
