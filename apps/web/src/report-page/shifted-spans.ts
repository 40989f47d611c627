import type { Span } from '../marks/text-segments.ts';

/**
 * The spans of a text as they lie in the text that it has been edited to. Spans before the edit stay, spans after it
 * move along, and those that the edit touches are dropped until the text has been read again.
 */
export function shiftedSpans<T>(spans: readonly Span<T>[], before: string, after: string): readonly Span<T>[] {
  if (before === after) return spans;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const moved = after.length - before.length;
  return spans.flatMap((span) => {
    if (span.end <= head) return [span];
    if (span.start < before.length - tail) return [];
    return [{ ...span, start: span.start + moved, end: span.end + moved }];
  });
}
