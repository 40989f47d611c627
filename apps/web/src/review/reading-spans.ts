import type { ReviewItem } from '@radiolect/server/api';
import type { Span } from '../marks/text-segments.ts';

/** Which reader rests on a stretch of the report; `other`: another open item of the same report does. */
export type SpanOwner =
  | { readonly kind: 'rules' | 'model' }
  | { readonly kind: 'other'; readonly item: string; readonly site: string };

/** The stretches that both readings of the items rest on (the same for all of them), and those of the report's other open items. */
export function readingSpans(
  items: readonly [ReviewItem, ...ReviewItem[]],
  ofSameReport: readonly ReviewItem[],
): readonly Span<SpanOwner>[] {
  const [{ readings }] = items;
  const shown = new Set(items.map(({ id }) => id));
  const own = (['rules', 'model'] as const).flatMap((kind): Span<SpanOwner>[] => {
    const evidence = readings[kind]?.evidence;
    return evidence ? [{ start: evidence.start, end: evidence.end, value: { kind } }] : [];
  });
  const others = ofSameReport
    .filter((item) => !shown.has(item.id) && item.state === 'open')
    .flatMap((item): Span<SpanOwner>[] => {
      const evidence = item.readings.rules?.evidence ?? item.readings.model?.evidence;
      const value = { kind: 'other', item: item.id, site: item.site } as const;
      return evidence ? [{ start: evidence.start, end: evidence.end, value }] : [];
    });
  return [...own, ...others];
}
