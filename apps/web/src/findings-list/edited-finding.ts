import type { Finding, FindingAttributes, Presence } from '@radiolect/findings';
import type { EditFinding } from '@radiolect/server/api';

/** What the editor holds: every field of a finding that a reader may change. */
export interface FindingForm extends FindingAttributes {
  readonly site: string;
  readonly presence: Presence;
  readonly part?: string;
}

const attributes = ['nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;

/**
 * Carries one changed field through the rules of valid findings, so that the form never holds what the server would
 * refuse: a denied finding loses cause, uptake and intensity; a stated cause gets a likelihood, and loses it with the
 * cause; "resolved" is an absent finding.
 */
export function withRules(form: FindingForm): FindingForm {
  const { site, presence, part, nature, likelihood, change, uptake, intensity } = form;
  const absent = presence === 'absent';
  const stated = !absent && nature !== undefined && nature !== 'unspecified';
  return withoutUndefined({
    site,
    presence,
    part,
    nature: absent ? undefined : nature,
    likelihood: stated ? (likelihood ?? 'probable') : undefined,
    change: !absent && change === 'resolved' ? undefined : change,
    uptake: absent ? undefined : uptake,
    intensity: absent ? undefined : intensity,
  });
}

export const formOf = ({ site, presence, part, nature, likelihood, change, uptake, intensity }: Finding): FindingForm =>
  withoutUndefined({ site, presence, part, nature, likelihood, change, uptake, intensity });

/** The request that turns `before` into the form: only what changed, null for what was taken away. */
export function editOf(before: Finding, form: FindingForm): EditFinding {
  const edit: Record<string, string | null> = {};
  if (form.site !== before.site) edit.site = form.site;
  if (form.presence !== before.presence) edit.presence = form.presence;
  const part = form.part?.trim() || undefined;
  if (part !== before.part) edit.part = part ?? null;
  for (const key of attributes) if (form[key] !== before[key]) edit[key] = form[key] ?? null;
  return edit as EditFinding;
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } & FindingForm {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  } & FindingForm;
}
