import type { Finding, SiteLabel } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import type { FindingForm } from '../findings-list/edited-finding.ts';

/** A label as a finding, for the fields that edit one; a site that nobody labelled starts as present. */
export function findingOfLabel(site: string, label: SiteLabel | undefined): Finding {
  const { state = 'present', evidence, ...attributes } = label ?? {};
  return makeFinding({ id: `label-${site}`, site, presence: state, ...attributes, source: { kind: 'reader' } });
}

/** What the fields hold, as a label of its site. */
export function labelOfForm({ site, presence, part, ...attributes }: FindingForm): SiteLabel {
  return { state: presence, ...attributes };
}

export const labelAttributes = ['nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;

/** Names of what two readers say differently of one site. */
export function differingFields(
  rules: SiteLabel | undefined,
  model: SiteLabel | undefined,
): ReadonlySet<'state' | (typeof labelAttributes)[number]> {
  return new Set((['state', ...labelAttributes] as const).filter((name) => rules?.[name] !== model?.[name]));
}
