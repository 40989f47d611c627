import type { LabelSpace, LabelState, ReportReading } from '@radiolect/findings';
import type { Statement } from '@radiolect/learning';

/** A point after which a sentence has ended: a stop before a capital or Chinese letter, a Chinese stop, a line's end. */
const ends = /[.!?](?=\s+[\p{Lu}\p{Script=Han}(])|[.!?]\s*(?=\n|$)|[。！？；;]|\n+/gu;
/** Words before a stop that ends nothing: "Rt. Femur". */
const abbreviation = /(?:^|[^\p{L}])(?:rt|lt|l|r|dr|no|vs|approx|bil|bilat|resp)$/iu;

const strength = { present: 3, uncertain: 2, absent: 1, unmentioned: 0 } as const satisfies Record<LabelState, number>;

/**
 * The sentences of a report that speak of sites, each with what it alone says of them, from the spans that the reader
 * gave as evidence. Sentences without one (technique, history, kidneys) are left out; so is "otherwise normal", which
 * denies most of the skeleton but means what the other sentences left over, and says nothing without them.
 */
export function statementsOfReport(
  text: string,
  { findings }: Pick<ReportReading, 'findings'>,
  { positions }: LabelSpace,
): Statement[] {
  const spans = sentenceSpans(
    text,
    findings.flatMap(({ evidence }) => evidence.flatMap((one) => (one.kind === 'text' ? [one] : []))),
  );
  const sites = spans.map((): Record<string, LabelState> => ({}));
  for (const { site, presence, evidence } of findings) {
    const span = evidence.find((one) => one.kind === 'text');
    if (!span) continue;
    const own = sites[spans.findIndex(([, end]) => span.start < end)];
    if (own && strength[presence] > strength[own[site] ?? 'unmentioned']) own[site] = presence;
  }
  const namesAny = findings.some(({ presence }) => presence !== 'absent');
  return spans.flatMap(([start, end], index) => {
    const said = sites[index]!;
    const states = Object.values(said);
    const remainder = namesAny && states.length > positions.length / 2 && states.every((state) => state === 'absent');
    return states.length === 0 || remainder ? [] : [{ text: text.slice(start, end).trim(), sites: said }];
  });
}

/** Start and end of each sentence, in UTF-16 code units; together they are the whole text. None ends inside evidence. */
function sentenceSpans(
  text: string,
  evidence: readonly { readonly start: number; readonly end: number }[],
): (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  let start = 0;
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    const cut = evidence.some((one) => one.start < end && end < one.end);
    if (cut || abbreviation.test(text.slice(Math.max(match.index - 8, 0), match.index))) continue;
    spans.push([start, end]);
    start = end;
  }
  if (start < text.length) spans.push([start, text.length]);
  return spans;
}
