import type {
  CdeSet,
  ElementConflict,
  ElementValue,
  ReportSpan,
  StructuredReport,
  UnmappedStatement,
} from '@radiolect/findings';
import { elementOf } from '@radiolect/findings';
import type { Measurement } from './measurements.ts';
import type { Mention, Span } from './statements.ts';
import type { Decision, StatementState, StructureRules } from './structure-rules.ts';

type ElementRules = StructureRules['elements'][number];

/** Everything the report says, by statement name; `name@elsewhere` and `name@everywhere` for what is said of other places. */
type Said = ReadonlyMap<string, readonly Mention[]>;

/** Sorts mentions into those that count for their element and those that speak of elsewhere. */
export function sortMentions(mentions: readonly Mention[]): { said: Said; unmapped: Mention[] } {
  const said = new Map<string, Mention[]>();
  const unmapped: Mention[] = [];
  for (const mention of mentions) {
    const { rule, presence } = mention;
    const counts = countsFor(mention);
    if (rule.listAlways && presence !== 'absent') unmapped.push(mention);
    if (!counts && presence === 'absent') continue;
    const elsewhere = mention.where === 'everywhere' ? 'everywhere' : 'elsewhere';
    const weak = rule.weakDenial === true && presence === 'absent';
    const name = !counts ? `${rule.name}@${elsewhere}` : weak ? `${rule.name}@weak` : rule.name;
    said.set(name, [...(said.get(name) ?? []), mention]);
    if (!counts && rule.listElsewhere) unmapped.push(mention);
  }
  return { said, unmapped };
}

function countsFor({ rule, where, presence }: Mention): boolean {
  if (rule.scope === 'any') return where !== 'elsewhere' || rule.presentAnywhere === true;
  if (where === 'topic') return true;
  if (where === 'near') return rule.scope === 'near';
  if (where === 'unplaced' && rule.presentAnywhere) return true;
  return presence === 'absent' && rule.deniedAnywhere === true && where !== 'elsewhere';
}

function stateOf(mentions: readonly Mention[] | undefined): StatementState | undefined {
  if (!mentions || mentions.length === 0) return undefined;
  // "haziness of the fat, which is equivocal for stranding": doubt in the same sentence takes the statement back.
  const doubted = new Set(mentions.filter((m) => m.presence === 'uncertain').map((m) => m.sentence));
  const states = new Set(
    mentions.map((m) => (m.presence === 'present' && doubted.has(m.sentence) ? 'uncertain' : m.presence)),
  );
  if (states.has('present')) return states.has('absent') ? 'contradicted' : 'present';
  return states.has('uncertain') ? 'uncertain' : 'absent';
}

/** Lays the statements and measurements of a report out on the elements of a set. */
export function decide(
  text: string,
  set: CdeSet,
  rules: StructureRules,
  mentions: readonly Mention[],
  measurements: readonly Measurement[],
): StructuredReport {
  const spanOf = ({ start, end }: Span): ReportSpan => ({ start, end, text: text.slice(start, end) });
  const { said, unmapped } = sortMentions(mentions);
  const values: ElementValue[] = [];
  const conflicts: ElementConflict[] = [];
  const used = new Set<Measurement>();
  const results = new Map<string, Result>();
  for (const element of rules.elements) {
    const definition = elementOf(set, element.element);
    if (!definition) continue;
    const result = element.measure
      ? measuredResult(element, definition.domain, measurements, used, said)
      : element.choices.length > 0
        ? chosenResult(element, definition.domain, said)
        : statedResult(element.decide, said);
    results.set(element.element, result);
  }
  for (const element of rules.elements) {
    const result = dependent(element, results);
    if (!result) continue;
    if (result.kind === 'conflict')
      conflicts.push({ element: element.element, reason: result.reason, evidence: result.evidence.map(spanOf) });
    else if (result.kind === 'value')
      for (const { value, evidence } of [result, ...(result.further ?? [])])
        values.push({
          element: element.element,
          value,
          ...(result.unit !== undefined ? { unit: result.unit } : undefined),
          evidence: spanOf(evidence),
        });
  }
  const order = new Map(set.elements.map((element, place) => [element.id, place]));
  const byOrder = (a: { element: string }, b: { element: string }): number =>
    (order.get(a.element) ?? 0) - (order.get(b.element) ?? 0);
  return {
    set: set.id,
    values: values.sort(byOrder),
    conflicts: conflicts.sort(byOrder),
    unmapped: listUnmapped(
      text,
      unmapped,
      measurements.filter((measurement) => !used.has(measurement)),
    ),
  };
}

type Result =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'value';
      readonly value: string | number;
      readonly unit?: string;
      readonly evidence: Span;
      readonly further?: readonly { readonly value: string; readonly evidence: Span }[];
    }
  | { readonly kind: 'conflict'; readonly reason: string; readonly evidence: readonly Span[] };

function statedResult(decisions: readonly Decision[], said: Said): Result {
  const states = new Map([...said].map(([name, mentions]) => [name, stateOf(mentions)]));
  for (const decision of decisions) {
    const conditions = Object.entries(decision.if);
    const met = conditions.every(([name, wanted]) => {
      const state = states.get(name);
      return state !== undefined && (Array.isArray(wanted) ? wanted.includes(state) : wanted === state);
    });
    if (!met) continue;
    const basis = conditions.flatMap(([name]) => [...(said.get(name) ?? [])]);
    if (decision.none) return { kind: 'none' };
    if (decision.conflict !== undefined)
      return { kind: 'conflict', reason: decision.conflict, evidence: distinct(basis.map((m) => m.evidence)) };
    // Evidence is what the conditions ask for in its own state; for a diagnosis rather as the impression words it.
    const speaking = conditions.flatMap(([name, asked]) =>
      (said.get(name) ?? []).filter((mention) => [asked].flat().includes(mention.presence)),
    );
    const impression = decision.evidence === 'impression' && speaking.find((m) => m.sentence.section === 'impression');
    const best = impression || (speaking[0] ?? basis[0]);
    if (best && decision.value !== undefined) return { kind: 'value', value: decision.value, evidence: best.evidence };
  }
  return { kind: 'none' };
}

/** The values whose statements are present, longest wording first said of one place only. */
function chosenResult(element: ElementRules, domain: CdeSet['elements'][number]['domain'], said: Said): Result {
  const chosen = element.choices.flatMap(({ statement, value }) => {
    const mentions = said.get(statement) ?? [];
    const mention = mentions.find(({ presence }) => presence === 'present');
    return mention && stateOf(mentions) === 'present' ? [{ value, evidence: mention.evidence, mention }] : [];
  });
  // "left upper lobe" is no "left lung" besides: a wording inside a longer one of the same element says nothing more.
  const distinctChoices = chosen.filter(
    ({ mention }) =>
      !chosen.some(
        ({ mention: other }) =>
          other !== mention &&
          other.sentence === mention.sentence &&
          other.from <= mention.from &&
          other.to >= mention.to &&
          other.to - other.from > mention.to - mention.from,
      ),
  );
  const [first, ...further] = distinctChoices.filter(
    ({ value }, place) => distinctChoices.findIndex((other) => other.value === value) === place,
  );
  if (!first) return { kind: 'none' };
  const most = domain.kind === 'value-set' ? domain.cardinality.maximum : 1;
  if (further.length + 1 > most)
    return {
      kind: 'conflict',
      reason: `The report names ${further.length + 1} values; the element takes ${most}.`,
      evidence: distinct([first, ...further].map(({ evidence }) => evidence)),
    };
  return { kind: 'value', value: first.value, evidence: first.evidence, further };
}

const distinct = (spans: readonly Span[]): Span[] =>
  spans.filter((span, i) => spans.findIndex((other) => other.start === span.start && other.end === span.end) === i);

/** Two numbers that round to the same millimetre are the same. */
const sameMillimetres = (a: number, b: number): boolean => Math.abs(a - b) <= 0.5;

function measuredResult(
  element: ElementRules,
  domain: CdeSet['elements'][number]['domain'],
  measurements: readonly Measurement[],
  used: Set<Measurement>,
  said: Said,
): Result {
  const measure = element.measure!;
  if (domain.kind === 'value-set' || domain.kind === 'boolean') return { kind: 'none' };
  const factor = domain.unit === 'cm' ? 0.1 : 1;
  const candidates = measurements.flatMap((measurement) => {
    if (!measurement.counts || measurement.millimetres.length === 0) return [];
    if (!isOf(measurement, measure.of, said)) return [];
    if (measurement.as === undefined ? !measure.bare : !measure.as.includes(measurement.as)) return [];
    const millimetres = single(measurement, measure.lengthAboveMm);
    // "Long appendix (9 cm)": a number that can only be a length, and nothing says otherwise.
    const length = measurement.as === undefined && millimetres > (measure.lengthAboveMm ?? Number.POSITIVE_INFINITY);
    if (length) return [];
    const value = millimetres * factor;
    if (domain.minimum !== undefined && value < domain.minimum) return [];
    if (domain.maximum !== undefined && value > domain.maximum) return [];
    return [{ measurement, value, line: measurement.sentence.line }];
  });
  for (const { measurement } of candidates) used.add(measurement);
  const [first] = candidates;
  if (!first) return { kind: 'none' };
  // Within one sentence, or where parts are named, several numbers are of several parts: the largest is the diameter.
  const bySentence = new Map<unknown, typeof candidates>();
  for (const candidate of candidates)
    bySentence.set(candidate.measurement.sentence, [
      ...(bySentence.get(candidate.measurement.sentence) ?? []),
      candidate,
    ]);
  const largestOf = (list: typeof candidates): (typeof candidates)[number] =>
    list.reduce((best, candidate) => (candidate.value > best.value ? candidate : best));
  const perSentence = [...bySentence.values()].map(largestOf);
  const marked = perSentence.filter((candidate) => candidate.line.search(element.largest) >= 0);
  const parted = perSentence.every((candidate) => candidate.line.search(element.parts) >= 0);
  const compared = parted && perSentence.length > 1 ? [largestOf(perSentence)] : perSentence;
  const best = marked[0] ?? compared[0]!;
  const other = compared.find((candidate) => !sameMillimetres(candidate.value / factor, best.value / factor));
  const smallerPart = other && marked.length === 1 && other.value < best.value && other.line.search(element.parts) >= 0;
  if (other && !smallerPart)
    return {
      kind: 'conflict',
      reason: measure.differ,
      evidence: distinct(compared.map((candidate) => candidate.measurement.evidence)),
    };
  return {
    kind: 'value',
    value: best.value,
    ...(domain.unit !== undefined ? { unit: domain.unit } : undefined),
    evidence: best.measurement.evidence,
  };
}

function isOf(measurement: Measurement, of: string, said: Said): boolean {
  if (of === 'topic') return measurement.of === 'topic';
  if (typeof measurement.of !== 'object') return false;
  const { mention } = measurement.of;
  return mention.rule.name === of && mention.presence !== 'absent' && (said.get(of) ?? []).includes(mention);
}

function single({ millimetres, range }: Measurement, lengthAboveMm: number | undefined): number {
  const largest = Math.max(...millimetres);
  if (range || millimetres.length === 1 || lengthAboveMm === undefined || largest <= lengthAboveMm) return largest;
  const widths = millimetres.filter((value) => value <= lengthAboveMm);
  return widths.length > 0 ? Math.max(...widths) : largest;
}

/** An element that needs another: no value without it, and contradicted with it. */
function dependent(element: ElementRules, results: ReadonlyMap<string, Result>): Result | undefined {
  const own = results.get(element.element);
  const { needs } = element;
  if (!needs || own === undefined || own.kind === 'none') return own;
  const other = results.get(needs.element);
  if (other?.kind === 'conflict') return { kind: 'conflict', reason: needs.conflict, evidence: other.evidence };
  return other?.kind === 'value' && other.value === needs.value ? own : undefined;
}

function listUnmapped(
  text: string,
  mentions: readonly Mention[],
  measurements: readonly Measurement[],
): UnmappedStatement[] {
  const spans = [...mentions.map((m) => m.evidence), ...measurements.map((m) => m.evidence)];
  const widest = distinct(spans).filter(
    (span) =>
      !spans.some(
        (other) =>
          other !== span &&
          other.start <= span.start &&
          other.end >= span.end &&
          other.end - other.start > span.end - span.start,
      ),
  );
  return widest
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      const words = text.slice(start, end);
      return { text: words.replace(/\s+/g, ' '), evidence: { start, end, text: words } };
    });
}
