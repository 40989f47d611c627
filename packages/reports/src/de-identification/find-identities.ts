import { checkDigits } from './check-digits.ts';
import { againNamed, patientsNames } from './named-again.ts';
import { trimmedName } from './person-name.ts';
import type { IdentityKind, IdentityRule, IdentityRules } from './rules.ts';
import { unknownNames } from './unknown-names.ts';
import type { DateOrder, WrittenDate } from './written-date.ts';
import { findDates } from './written-date.ts';

/** A span of a text that tells of a person, in UTF-16 code units. */
export interface IdentitySpan {
  readonly kind: IdentityKind;
  readonly start: number;
  readonly end: number;
  /** Of a name: whose, as far as the words beside it tell. */
  readonly role?: 'patient' | 'clinician' | 'person';
  /** Of a date. */
  readonly date?: WrittenDate;
  /** Where spans overlap the lower rank wins. */
  readonly rank: number;
}

/** What the table or the header says of the patient: found wherever it stands in the text. */
export interface KnownIdentity {
  readonly patientNumbers?: readonly string[];
  readonly accessionNumbers?: readonly string[];
  /** DICOM person names ("WHITFIELD^MARGARET") or plain ones. */
  readonly names?: readonly string[];
}

/** Every identifying span of a text, in order, without overlaps. Time grows linearly with the length of the text. */
export function findIdentities(
  text: string,
  rules: IdentityRules,
  options: { readonly dateOrder?: DateOrder; readonly known?: KnownIdentity } = {},
): IdentitySpan[] {
  const spans: IdentitySpan[] = rules.rules.flatMap((rule) => byRule(text, rule, rules));
  for (const date of findDates(text, rules.dates, options.dateOrder ?? 'mdy'))
    spans.push({ kind: 'date', start: date.start, end: date.end, date, rank: 1.5 });
  spans.push(...unknownNames(text, rules));
  spans.push(...byKnown(text, options.known ?? {}));
  const settled = withoutOverlaps(spans, text);
  const names = options.known?.names ?? [];
  const all = withoutOverlaps([...settled, ...againNamed(text, settled, rules, names)], text);
  return patientsNames(text, all, rules, names);
}

function byRule(text: string, rule: IdentityRule, rules: IdentityRules): IdentitySpan[] {
  const found: IdentitySpan[] = [];
  rule.expression.lastIndex = 0;
  for (let match = rule.expression.exec(text); match; match = rule.expression.exec(text)) {
    const at = match.indices?.groups?.id;
    if (!at) continue;
    const span = checked(text, at, rule, rules);
    if (span) found.push({ kind: rule.kind, ...span, rank: rule.rank, ...(rule.role ? { role: rule.role } : {}) });
    // A match that was refused may hide another that begins inside it.
    rule.expression.lastIndex = span
      ? Math.max(span.end, match.index + 1)
      : at[0] > match.index
        ? at[0]
        : match.index + 1;
  }
  return found;
}

function checked(
  text: string,
  [from, to]: readonly [number, number],
  rule: IdentityRule,
  rules: IdentityRules,
): { start: number; end: number } | undefined {
  let [start, end] = [from, to];
  if (rule.stripBefore) {
    const cut = rule.stripBefore.exec(text.slice(start, end - 2))?.[0].length ?? 0;
    // A name that begins like a word before it (回春醫院): better too much than nothing.
    if (cut > 0 && to - from - cut > 3) start += cut;
  }
  if (rule.kind === 'name') {
    const trimmed = trimmedName(text, start, end, rules, rule);
    if (!trimmed) return undefined;
    ({ start, end } = trimmed);
  }
  if (rule.kind === 'hospital') {
    const name = hospitalName(text.slice(start, end), rules);
    if (!name) return undefined;
    start += name.skip;
  }
  const value = text.slice(start, end);
  if (rule.check && !checkDigits[rule.check](value)) return undefined;
  if (rule.unless?.test(value)) return undefined;
  if (rule.atLeast !== undefined && value.length < rule.atLeast) return undefined;
  if (rule.atMost !== undefined && value.length > rule.atMost) return undefined;
  if (rule.digits !== undefined && (value.match(/\d/g)?.length ?? 0) < rule.digits) return undefined;
  if (rule.atLeastWords !== undefined && value.split(/\s+/).length < rule.atLeastWords) return undefined;
  return { start, end };
}

/** The name of a hospital without ordinary words before it; undefined where nothing is left ("the local hospital"). */
function hospitalName(value: string, { notHospital }: IdentityRules): { skip: number } | undefined {
  if (/\p{Script=Han}/u.test(value)) {
    const before = value.replace(/(?:醫院|医院|醫學中心|医学中心|診所|诊所|衛生所|卫生所|中心)$/u, '');
    return before.length > 1 && !notHospital.has(before) ? { skip: 0 } : undefined;
  }
  const words = [...value.matchAll(/[^\s,]+/gu)];
  const first = words.findIndex(([word]) => !notHospital.has(word.toLowerCase()));
  if (first < 0 || first >= words.length - 1) return undefined;
  // "The" is part of many names.
  const from = /^(?:The|Our)$/.test(words[first - 1]?.[0] ?? '') ? first - 1 : first;
  return { skip: words[from]!.index };
}

function byKnown(text: string, known: KnownIdentity): IdentitySpan[] {
  const lower = text.toLowerCase();
  const occurrences = (kind: IdentityKind, values: readonly string[] = []): IdentitySpan[] =>
    values
      .map((value) => value.trim().toLowerCase())
      .filter((value) => value.length >= 4)
      .flatMap((value) => {
        const out: IdentitySpan[] = [];
        for (let at = lower.indexOf(value); at >= 0; at = lower.indexOf(value, at + value.length))
          out.push({ kind, start: at, end: at + value.length, rank: 0 });
        return out;
      });
  return [...occurrences('patient-number', known.patientNumbers), ...occurrences('accession', known.accessionNumbers)];
}

/** Kinds of which a part that no stronger span covers is still worth taking out. */
const divisible: ReadonlySet<IdentityKind> = new Set(['name', 'address', 'hospital', 'phone']);

/** Lower ranks first, then longer spans; what is left of a weaker span stands for itself. */
function withoutOverlaps(spans: readonly IdentitySpan[], text: string): IdentitySpan[] {
  const taken: IdentitySpan[] = [];
  const covered = new Uint8Array(text.length);
  const sorted = [...spans].sort((a, b) => a.rank - b.rank || b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const span of sorted) {
    const pieces = uncovered(span, covered);
    const whole = pieces.length === 1 && pieces[0]!.start === span.start && pieces[0]!.end === span.end;
    if (whole) taken.push(span);
    else if (divisible.has(span.kind))
      for (const { start, end } of pieces) {
        const lead = /^[\s,;:|/、，；：]*/u.exec(text.slice(start, end))![0].length;
        const trail = /[\s,;:|/、，；：]*$/u.exec(text.slice(start + lead, end))![0].length;
        const piece = { ...span, start: start + lead, end: end - trail };
        if (/[\p{L}\p{N}]{2}|\p{Script=Han}/u.test(text.slice(piece.start, piece.end))) taken.push(piece);
      }
    if (whole || divisible.has(span.kind)) covered.fill(1, span.start, span.end);
  }
  return joinedPieces(
    taken.sort((a, b) => a.start - b.start),
    text,
  );
}

function uncovered({ start, end }: IdentitySpan, covered: Uint8Array): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let from = -1;
  for (let at = start; at <= end; at++) {
    const free = at < end && !covered[at];
    if (free && from < 0) from = at;
    if (!free && from >= 0) {
      pieces.push({ start: from, end: at });
      from = -1;
    }
  }
  return pieces;
}

/** Neighbours of one kind with nothing but a comma between them are one: "48 Mill Lane" "," "Leeds". */
function joinedPieces(spans: readonly IdentitySpan[], text: string): IdentitySpan[] {
  const out: IdentitySpan[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    const joins = last && last.kind === span.kind && (span.kind === 'address' || span.kind === 'hospital');
    if (joins && /^[ \t]*,?[ \t]*$/.test(text.slice(last.end, span.start)))
      out[out.length - 1] = { ...last, end: span.end };
    else out.push(span);
  }
  return out;
}
