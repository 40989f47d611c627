import type { Finding, Presence } from '@radiolect/findings';
import { intensities, likelihoods } from '@radiolect/findings';
import { rankOf } from './places.ts';
import type { DraftTemplate } from './template.ts';

const strength = { present: 3, uncertain: 2, absent: 1 } as const satisfies Record<Presence, number>;

/** The findings of one site that one sentence can state together, or the sites that share all attributes. */
export interface FindingGroup {
  /** Stands for all: every member has the same attributes as far as the grouping looked at them. */
  readonly first: Finding;
  readonly members: readonly Finding[];
}

/**
 * Splits findings into the leading one of each site and the further foci. The leading one is the strongest presence,
 * then the metastatic, then the more intense (guideline, "With each labelled site").
 */
export function leadingAndFurther(findings: readonly Finding[]): { leading: Finding[]; further: Finding[] } {
  const bySite = groupBy(findings, (finding) => finding.site);
  const leading: Finding[] = [];
  const further: Finding[] = [];
  for (const foci of bySite.values()) {
    const [first, ...rest] = [...foci].sort(byPrecedence);
    if (!first) continue;
    leading.push(first);
    for (const focus of rest) (sameAttributes(first, focus) ? leading : further).push(focus);
  }
  return { leading, further };
}

function byPrecedence(a: Finding, b: Finding): number {
  const of = (f: Finding): number[] => [
    strength[f.presence],
    Number(f.nature === 'metastatic'),
    f.intensity ? intensities.indexOf(f.intensity) + 1 : 0,
    f.nature && f.nature !== 'unspecified' ? 1 : 0,
    f.likelihood ? likelihoods.length - likelihoods.indexOf(f.likelihood) : 0,
  ];
  const [x, y] = [of(a), of(b)];
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return (y[i] ?? 0) - (x[i] ?? 0);
  return 0;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

type Attribute = 'site' | 'presence' | 'nature' | 'likelihood' | 'change' | 'uptake' | 'intensity';
export const allAttributes: readonly Attribute[] = [
  'presence',
  'nature',
  'likelihood',
  'change',
  'uptake',
  'intensity',
];

/** Equal presence and attributes, whatever the site. */
export const sameAttributes = (a: Finding, b: Finding): boolean => allAttributes.every((key) => a[key] === b[key]);

/** Groups by the named attributes; groups in the order of `compare`, members in the template's order of places. */
export function groupFindings(
  findings: readonly Finding[],
  template: DraftTemplate,
  attributes: readonly Attribute[] = allAttributes,
): FindingGroup[] {
  const ordered = [...findings].sort((a, b) => rankOf(a.site, template) - rankOf(b.site, template));
  const groups = groupBy(ordered, (finding) => attributes.map((key) => finding[key] ?? '').join('|'));
  return [...groups.values()].flatMap((members) => {
    const first = members[0];
    return first ? [{ first, members }] : [];
  });
}

/** Orders groups by the weight of their cause, then likelihood, then place. */
export function byWeight(template: DraftTemplate, leadNature?: string): (a: FindingGroup, b: FindingGroup) => number {
  const rank = ({ first }: FindingGroup): number[] => [
    first.presence === 'present' ? 0 : 1,
    first.nature !== undefined && first.nature === leadNature ? 0 : 1,
    template.impression.order.indexOf(first.nature ?? 'none'),
    first.likelihood ? likelihoods.indexOf(first.likelihood) : 0,
    first.intensity ? -intensities.indexOf(first.intensity) : 1,
    rankOf(first.site, template),
  ];
  return (a, b) => {
    const [x, y] = [rank(a), rank(b)];
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return (x[i] ?? 0) - (y[i] ?? 0);
    return 0;
  };
}
