import type { SiteLabel } from '@radiolect/findings';
import type { ReviewItem } from '@radiolect/server/api';

/** Items that one look settles: one statement of one report, read alike at all of its sites. */
export interface ReviewGroup {
  /** Id of the first item. */
  readonly id: string;
  readonly items: readonly [ReviewItem, ...ReviewItem[]];
}

/**
 * Puts items together that differ in nothing but the site: "the ribs are unremarkable" is one question, not twenty-four.
 * Groups and their items keep the order of the queue; those in `apart` (by id) stand each alone.
 */
export function reviewGroups(items: readonly ReviewItem[], apart: ReadonlySet<string>): readonly ReviewGroup[] {
  const groups = new Map<string, [ReviewItem, ...ReviewItem[]]>();
  for (const item of items) {
    const key = apart.has(item.id) ? item.id : sameQuestion(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].map((members) => ({ id: members[0].id, items: members }));
}

function sameQuestion({ report, model, readings, state, resolution }: ReviewItem): string {
  const settled = resolution && [resolution.take, resolution.by, said(resolution.label ?? undefined)];
  return JSON.stringify([report.id, model, state, said(readings.rules), said(readings.model), settled]);
}

/** A label without the text of its evidence, whose place says as much. */
function said(label: SiteLabel | undefined): readonly unknown[] {
  if (!label) return [];
  const { state, nature, likelihood, change, uptake, intensity, evidence } = label;
  return [state, nature, likelihood, change, uptake, intensity, evidence?.start, evidence?.end];
}
