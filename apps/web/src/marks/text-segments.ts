/** A span of a text in UTF-16 code units with whatever belongs to it. */
export interface Span<T> {
  readonly start: number;
  readonly end: number;
  readonly value: T;
}

/** A piece of the text that is covered by the same spans throughout; `values` is empty for plain text. */
export interface Segment<T> {
  readonly start: number;
  readonly text: string;
  readonly values: readonly T[];
}

/**
 * Cuts a text at the edges of all spans, so that overlapping highlights can be drawn side by side. Spans outside the
 * text are cut to it, empty ones are dropped. The segments joined are the text.
 */
export function textSegments<T>(text: string, spans: readonly Span<T>[]): readonly Segment<T>[] {
  const inside = spans
    .map(({ start, end, value }) => ({ start: Math.max(0, start), end: Math.min(text.length, end), value }))
    .filter(({ start, end }) => start < end);
  const edges = [...new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  // A sweep from edge to edge, since a report of a megabyte may hold thousands of spans.
  const waiting = inside.map((span, order) => ({ ...span, order })).sort((a, b) => a.start - b.start);
  let next = 0;
  let open: typeof waiting = [];
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length;
    open = open.filter((span) => span.end > start);
    for (let span = waiting[next]; span && span.start <= start; span = waiting[++next]) open.push(span);
    const values = [...open].sort((a, b) => a.order - b.order).map((span) => span.value);
    return { start, text: text.slice(start, end), values };
  });
}
