import type { ListedFinding } from '@radiolect/server/api';

const rank = { present: 0, uncertain: 1, absent: 2 } as const;

/** Present before uncertain, each from head to feet as the pack lists the sites; denied sites apart. */
export function orderedFindings(
  findings: readonly ListedFinding[],
  sites: readonly string[],
): { readonly abnormal: readonly ListedFinding[]; readonly absent: readonly ListedFinding[] } {
  const place = new Map(sites.map((site, index) => [site, index]));
  const ordered = [...findings].sort(
    ({ finding: a }, { finding: b }) =>
      rank[a.presence] - rank[b.presence] ||
      (place.get(a.site) ?? sites.length) - (place.get(b.site) ?? sites.length) ||
      a.id.localeCompare(b.id),
  );
  return {
    abnormal: ordered.filter(({ finding }) => finding.presence !== 'absent'),
    absent: ordered.filter(({ finding }) => finding.presence === 'absent'),
  };
}
