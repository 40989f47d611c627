import type { Finding } from './finding.ts';
import type { Presence } from './vocabulary.ts';

/** How two readings of one study, or two dates of one patient, stand to each other at one site. */
export interface SiteComparison {
  readonly site: string;
  readonly kind: 'agree' | 'contradict' | 'only-first' | 'only-second' | 'changed';
  readonly first?: Finding;
  readonly second?: Finding;
  /** Attributes that both state and state differently (nature, uptake); presence disagreement is the kind itself. */
  readonly differs: readonly ('nature' | 'uptake' | 'intensity')[];
}

export type Comparison = readonly SiteComparison[];

const strength = { present: 3, uncertain: 2, absent: 1 } as const satisfies Record<Presence, number>;

/**
 * Compares two sets of findings site by site, in the order in which sites first occur. `contradict` is present against
 * absent. An uncertain finding agrees with both, since it denies neither. With `overTime` the same disagreement is
 * `changed`: the first set is the earlier study.
 */
export function compareFindings(first: readonly Finding[], second: readonly Finding[], overTime = false): Comparison {
  const a = strongestBySite(first);
  const b = strongestBySite(second);
  return [...new Set([...a.keys(), ...b.keys()])].map((site): SiteComparison => {
    const one = a.get(site);
    const other = b.get(site);
    if (!one || !other)
      return {
        site,
        kind: one ? 'only-first' : 'only-second',
        ...(one ? { first: one } : {}),
        ...(other ? { second: other } : {}),
        differs: [],
      };
    const opposed = Math.abs(strength[one.presence] - strength[other.presence]) === 2;
    const differs = (['nature', 'uptake', 'intensity'] as const).filter(
      (key) => one[key] !== undefined && other[key] !== undefined && one[key] !== other[key],
    );
    return {
      site,
      kind: opposed ? (overTime ? 'changed' : 'contradict') : 'agree',
      first: one,
      second: other,
      differs,
    };
  });
}

function strongestBySite(findings: readonly Finding[]): Map<string, Finding> {
  const bySite = new Map<string, Finding>();
  for (const finding of findings) {
    const known = bySite.get(finding.site);
    if (!known || strength[finding.presence] > strength[known.presence]) bySite.set(finding.site, finding);
  }
  return bySite;
}
