import type { SiteLabel } from '@radiolect/findings';

type Labels = Readonly<Record<string, SiteLabel>>;

/** Two readers' labels of one site that are not the same. */
export interface SiteDisagreement {
  readonly site: string;
  /** `presence`: another state, or only one of them mentions the site; `attributes`: the state is the same. */
  readonly differs: 'presence' | 'attributes';
  /** null: this reader has no entry for the site. */
  readonly first: SiteLabel | null;
  readonly second: SiteLabel | null;
}

/** What two readers of one report agree on, and what they do not. */
export interface TwoReadings {
  /** What both say, with the first reader's evidence. A site of which they agree on the state alone has that state. */
  readonly agreed: Readonly<Record<string, SiteLabel>>;
  readonly disagreements: readonly SiteDisagreement[];
}

const attributes = ['nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;

/** Compares two readers' labels site by site, in the order of `positions`. Evidence is not compared. */
export function compareTwoReadings(first: Labels, second: Labels, positions: readonly string[]): TwoReadings {
  const agreed: Record<string, SiteLabel> = {};
  const disagreements: SiteDisagreement[] = [];
  for (const site of positions) {
    const a = first[site];
    const b = second[site];
    if (!a && !b) continue;
    if (!a || !b || a.state !== b.state) {
      disagreements.push({ site, differs: 'presence', first: a ?? null, second: b ?? null });
      continue;
    }
    const differing = attributes.filter((name) => a[name] !== b[name]);
    if (differing.length === 0) agreed[site] = a;
    else {
      agreed[site] = withoutAttributes(a, differing);
      disagreements.push({ site, differs: 'attributes', first: a, second: b });
    }
  }
  return { agreed, disagreements };
}

/** A cause and how sure it is stand and fall together; the rest goes one by one. */
function withoutAttributes(label: SiteLabel, differing: readonly string[]): SiteLabel {
  const cause = differing.includes('nature') || differing.includes('likelihood') ? ['nature', 'likelihood'] : [];
  const gone = new Set([...differing, ...cause]);
  return Object.fromEntries(Object.entries(label).filter(([key]) => !gone.has(key))) as unknown as SiteLabel;
}
