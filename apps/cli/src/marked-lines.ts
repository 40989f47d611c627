interface Span {
  readonly start: number;
  readonly end: number;
}

/** Longest stretch of a line that is shown, in code units. */
const widest = 96;
const shownSpans = 4;
const wide =
  /[\u1100-\u115f\u2e80-\u303f\u3040-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns of a terminal that a text takes: full-width characters take two. */
const columns = (text: string): number => [...text].reduce((sum, char) => sum + (wide.test(char) ? 2 : 1), 0);

/** Each span with its line number, the line (cut where long) and a row of carets below it. */
export function markedLines(text: string, spans: readonly Span[]): string[] {
  const shown = spans.slice(0, shownSpans);
  const more = spans.length > shown.length ? [`… and ${spans.length - shown.length} more`] : [];
  return [...shown.flatMap((span) => markedLine(text, span)), ...more];
}

function markedLine(text: string, { start, end }: Span): string[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
  const number = String(text.slice(0, start).split('\n').length).padStart(3);
  const last = Math.min(end, lineEnd);
  // A long line is cut around its span.
  const from = lineEnd - lineStart <= widest ? lineStart : Math.max(lineStart, start - 24);
  const to = Math.min(lineEnd, Math.max(last, from + widest));
  const before = `${from > lineStart ? '…' : ''}${clean(text.slice(from, start))}`;
  const inside = clean(text.slice(start, last));
  const after = `${clean(text.slice(last, to))}${to < lineEnd ? '…' : ''}`;
  const gap = ' '.repeat(columns(before));
  return [`${number} | ${before}${inside}${after}`, `    | ${gap}${'^'.repeat(Math.max(1, columns(inside)))}`];
}

const clean = (text: string): string => text.replace(/[\t\r]/g, ' ');
