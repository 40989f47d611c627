import type { CdeElement, CdeSet, ReportSpan, StructuredReport } from '@radiolect/findings';
import { codedValue, elementOf } from '@radiolect/findings';
import { pageStyle } from './synoptic-style.ts';

/** A span of the report with the rows of the table it belongs to. */
interface Mark extends ReportSpan {
  readonly rows: readonly number[];
}

interface Row {
  readonly kind: 'value' | 'conflict' | 'unmapped';
  readonly element: string | undefined;
  readonly name: string;
  readonly code: string;
  readonly content: string;
  readonly spans: readonly ReportSpan[];
}

/**
 * One page with the values beside the report: each value's words are marked there. Pointing at either, or moving to it by
 * keyboard, shows the other; links lead both ways. It needs no script and loads nothing; all text is escaped. Elements
 * that the report is silent on are listed as such. Without the set, elements and values go by their codes.
 */
export function synopticPage(structured: StructuredReport, text: string, set = bareSet(structured.set)): string {
  const rows = rowsOf(structured, set);
  const marks = marksOf(rows, text);
  const silent = set.elements.filter((element) => !rows.some((row) => row.element === element.id));
  const rules = rows
    .map((_, row) => `body:has([data-row~="${row}"]:is(:hover,:focus-within,:focus)) [data-row~="${row}"]`)
    .join(',\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(set.name)} · ${escapeHtml(set.id)}</title>
<style>
${pageStyle}${rules === '' ? '' : `\n${rules} { background: var(--lit); outline: 2px solid var(--line); }`}
</style>
</head>
<body>
<header><h1>${escapeHtml(set.name)}</h1><p>${escapeHtml(set.id)} · ${counted(structured)}</p></header>
<main>
<section aria-labelledby="values"><h2 id="values">Values</h2>
${table(rows, marks)}
${silent.length === 0 ? '' : `<p class="silent">Not stated: ${silent.map((element) => escapeHtml(element.name)).join(', ')}</p>`}
</section>
<section aria-labelledby="report"><h2 id="report">Report</h2>
<div class="report">${reportHtml(text, marks, rows)}</div>
</section>
</main>
</body>
</html>
`;
}

const bareSet = (id: string): CdeSet => ({
  id,
  name: id,
  description: '',
  form: 'schema-1.1',
  synonyms: [],
  tags: [],
  bodyParts: [],
  specialties: [],
  indexCodes: [],
  elements: [],
});

const counted = ({ values, conflicts, unmapped }: StructuredReport): string =>
  `${count(values.length, 'value')}, ${count(conflicts.length, 'conflict')}, ${count(unmapped.length, 'statement')} without an element`;
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function rowsOf(structured: StructuredReport, set: CdeSet): Row[] {
  const named = (id: string): CdeElement | undefined => elementOf(set, id);
  return [
    ...structured.values.map((value): Row => {
      const element = named(value.element);
      const listed = element && typeof value.value === 'string' ? codedValue(element, value.value) : undefined;
      const code = typeof value.value === 'string' ? value.value : value.element;
      const unit = value.unit === undefined ? '' : ` ${value.unit}`;
      const of = value.finding === undefined ? '' : ` (${value.finding})`;
      return {
        kind: 'value',
        element: value.element,
        name: `${element?.name ?? value.element}${of}`,
        code,
        content: `${listed?.name ?? String(value.value)}${unit}`,
        spans: [value.evidence],
      };
    }),
    ...structured.conflicts.map(
      ({ element, reason, evidence, finding }): Row => ({
        kind: 'conflict',
        element,
        name: `${named(element)?.name ?? element}${finding === undefined ? '' : ` (${finding})`}`,
        code: element,
        content: reason,
        spans: evidence,
      }),
    ),
    ...structured.unmapped.map(
      ({ text, evidence }): Row => ({
        kind: 'unmapped',
        element: undefined,
        name: 'No element',
        code: '',
        content: text,
        spans: [evidence],
      }),
    ),
  ];
}

/** The stretches of the text between all ends of spans, each with the rows whose spans cover it. */
function marksOf(rows: readonly Row[], text: string): Mark[] {
  const spans = rows.flatMap((row, index) =>
    row.spans
      .filter((span) => span.start >= 0 && span.end <= text.length && span.start < span.end)
      .map((span) => ({ ...span, index })),
  );
  const cuts = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return cuts.flatMap((start, place): Mark[] => {
    const end = cuts[place + 1];
    if (end === undefined) return [];
    const covering = [
      ...new Set(spans.filter((span) => span.start <= start && span.end >= end).map(({ index }) => index)),
    ];
    return covering.length === 0 ? [] : [{ start, end, text: text.slice(start, end), rows: covering }];
  });
}

function table(rows: readonly Row[], marks: readonly Mark[]): string {
  if (rows.length === 0) return '<p>The report states nothing that this set takes.</p>';
  const lines = rows.map((row, index) => {
    const first = marks.findIndex((mark) => mark.rows.includes(index));
    const link = first < 0 ? escapeHtml(row.content) : `<a href="#m${first}">${escapeHtml(row.content)}</a>`;
    const word = row.kind === 'conflict' ? '<strong>Conflict.</strong> ' : '';
    return `<tr id="r${index}" class="${row.kind}" data-row="${index}"><th scope="row">${escapeHtml(row.name)}</th><td>${word}${link}</td><td class="code">${escapeHtml(row.code)}</td></tr>`;
  });
  return `<table><thead><tr><th scope="col">Element</th><th scope="col">Value</th><th scope="col">Code</th></tr></thead><tbody>
${lines.join('\n')}
</tbody></table>`;
}

function reportHtml(text: string, marks: readonly Mark[], rows: readonly Row[]): string {
  let html = '';
  let from = 0;
  marks.forEach((mark, index) => {
    html += escapeHtml(text.slice(from, mark.start));
    const [first] = mark.rows;
    html += `<mark id="m${index}" class="${rows[first!]?.kind ?? 'value'}" data-row="${mark.rows.join(' ')}"><a href="#r${first}">${escapeHtml(mark.text)}</a></mark>`;
    from = mark.end;
  });
  return html + escapeHtml(text.slice(from));
}

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
