import type { Lexicon } from './lexicon.ts';
import type { Mention, Side } from './mentions.ts';
import { mentionsIn } from './mentions.ts';
import type { Predicate } from './predicate.ts';
import { predicateOf } from './predicate.ts';
import type { Segment } from './segments.ts';

export interface Clause {
  readonly segment: Segment;
  readonly predicate: Predicate;
  readonly mentions: readonly Mention[];
}

/** Places that share one statement, with the clauses that make it. */
export interface Proposition {
  readonly clauses: Clause[];
  readonly mentions: Mention[];
  /** Uptake that an earlier proposition of the sentence asserted and this one goes on from. */
  inherited?: Proposition | undefined;
  /** What is excepted from the statement beside it ("normal except for the left knee"). */
  except?: Proposition | 'next' | undefined;
  /** The next proposition, where joined by "and". */
  joinedTo?: Proposition | undefined;
}

const saysSomething = (p: Predicate): boolean =>
  p.uptake !== undefined ||
  p.lesion ||
  p.abnormal ||
  p.negated ||
  p.normal ||
  p.doubt ||
  p.unexcluded ||
  p.causes.length > 0 ||
  p.denied.length > 0 ||
  p.change !== undefined ||
  p.intensity !== undefined ||
  p.noNew ||
  p.notImaged;

const preposition = /^(in|at|over|of|within|involving|along)$/;

/** Groups the segments of a sentence into propositions: which places share which statement. */
export function propositionsOf(all: readonly Segment[], source: string, lexicon: Lexicon): Proposition[] {
  const segments = withoutPriorFindings(all);
  const done: Proposition[] = [];
  let current: Proposition | undefined;
  let carried: Side | undefined;
  let closed = false;
  const begin = (): Proposition => {
    const next: Proposition = { clauses: [], mentions: [] };
    if (current) done.push(current);
    closed = false;
    return next;
  };
  const predicates = segments.map((segment) => predicateOf(segment, source));
  for (const [index, segment] of segments.entries()) {
    const predicate = predicates[index]!;
    if (segment.delimiter === 'except') {
      const stated: Proposition | undefined = current;
      current = begin();
      current.except = stated?.clauses.some((c) => saysSomething(c.predicate)) ? stated : 'next';
      carried = undefined;
    } else if (current && endsWithWhole(current, segment, predicate)) {
      current = begin();
      carried = undefined;
    }
    const bony = segment.mentions.some((m) => m.kind !== 'extraosseous');
    const explained =
      !bony && segment.mentions.length > 0 && segment.mentions.every((m) => lexicon.explaining.has(m.value));
    const join = (): void => {
      current ??= begin();
      const read = mentionsIn(segment, lexicon, carried, current.mentions);
      carried = read.carried;
      current.clauses.push({ segment, predicate, mentions: read.mentions });
      current.mentions.push(...read.mentions);
      if (read.mentions.length > 0)
        closed =
          predicate.coreAfter || predicate.otherAfter || (current.mentions.some((m) => m.global) && predicate.normal);
      else if (current.mentions.length > 0 && saysSomething(predicate)) closed = true;
    };
    if (segment.mentions.length === 0) {
      const remainder = predicate.rest && (predicate.negated || predicate.normal) && predicate.denied.length === 0;
      if (
        current &&
        current.mentions.length > 0 &&
        (remainder ||
          (current.clauses.some((c) => saysSomething(c.predicate)) && opensNew(index, segments, predicates)))
      ) {
        current = begin();
        carried = undefined;
      }
      join();
      continue;
    }
    if (!current || current.mentions.length === 0) {
      const leading = current?.clauses.at(-1)?.predicate;
      const own = predicate.coreBefore || predicate.coreAfter || predicate.otherBefore || predicate.otherAfter;
      const complete =
        leading &&
        (leading.causes.length > 0 || leading.change !== undefined) &&
        leading.uptake === undefined &&
        !leading.lesion;
      if (current && complete && own && segment.delimiter !== 'with' && segment.delimiter !== 'and') {
        current = begin();
        carried = undefined;
      }
      join();
      continue;
    }
    const { coreBefore, otherBefore, coreAfter, otherAfter } = predicate;
    const has: boolean = current.clauses.some((c) => saysSomething(c.predicate));
    if ((explained && !(closed && predicate.coreBefore)) || isComment(segment, predicate, current, lexicon)) {
      const { clauses } = current;
      const read = mentionsIn(segment, lexicon, carried, []);
      clauses.push({ segment, predicate, mentions: read.mentions.filter((m) => m.extraosseous !== undefined) });
      closed = true;
      continue;
    }
    const onlyOrgans = !bony;
    let fresh: boolean;
    let inherit = false;
    // "Pelvis: left ischium hot": what stands before the colon is only a heading.
    const heading = !has && segment.delimiter === 'colon';
    if (coreBefore || heading) fresh = true;
    else if (closed) {
      fresh = true;
      // "mild uptake in the hip from arthritis and in the knee from gout" speaks of uptake once.
      inherit = !coreAfter && preposition.test(segment.items[0]!.value) && segment.items[0]!.kind === 'word';
    } else if (!has) fresh = false;
    else if (segment.delimiter === 'semicolon' || segment.delimiter === 'but')
      fresh = otherBefore || coreAfter || otherAfter;
    else if (coreAfter) fresh = true;
    else if (otherBefore && !otherAfter) {
      fresh = true;
      inherit = true;
    } else fresh = false;
    if (onlyOrgans && !coreBefore) {
      // An organ among bones is recorded beside the list and does not end it.
      const read = mentionsIn(segment, lexicon, carried, []);
      done.push({ clauses: [{ segment, predicate, mentions: read.mentions }], mentions: [...read.mentions] });
      continue;
    }
    if (fresh) {
      const previous: Proposition = current;
      current = begin();
      if (inherit) current.inherited = previous;
      if (segment.delimiter === 'and') previous.joinedTo = current;
      if (!heading) carried = undefined;
    }
    join();
  }
  if (current) done.push(current);
  return done;
}

/** "…, with an otherwise normal skeleton", "apart from the left knee, unremarkable": a summary states for itself. */
function endsWithWhole(current: Proposition, segment: Segment, predicate: Predicate): boolean {
  if (!(predicate.normal || predicate.negated) || predicate.denied.length > 0) return false;
  const whole = segment.mentions.some((m) => ['skeleton', 'restNoun', 'globalNormal'].includes(m.kind));
  if (current.except === 'next' && segment.delimiter === 'comma') return true;
  const positive = current.clauses.some(
    ({ predicate: p }) => !p.negated && !p.normal && (p.uptake !== undefined || p.lesion || p.causes.length > 0),
  );
  return whole && positive && current.mentions.length > 0;
}

/** "Compared with 2021 (uptake in L3), …": the brackets hold what the prior study showed. */
function withoutPriorFindings(segments: readonly Segment[]): Segment[] {
  let inside = false;
  let compared = false;
  return segments.filter((segment) => {
    if (segment.delimiter === 'open') inside = compared;
    else if (['close', 'colon', 'semicolon', 'but'].includes(segment.delimiter)) inside = false;
    if (segment.items.some((item) => item.kind === 'compare')) compared = true;
    if (segment.mentions.length > 0) compared = false;
    return !inside;
  });
}

/** Whether a segment without a place starts a new statement whose places come next ("…, and intense uptake, …, in L3"). */
function opensNew(index: number, segments: readonly Segment[], predicates: readonly Predicate[]): boolean {
  const predicate = predicates[index]!;
  if (predicate.uptake === undefined || predicate.negated) return false;
  for (let i = index + 1; i < Math.min(segments.length, index + 4); i++) {
    const segment = segments[i]!;
    if (segment.delimiter === 'semicolon' || segment.delimiter === 'but') return false;
    if (segment.mentions.length === 0) continue;
    const next = predicates[i]!;
    return !next.coreBefore && !next.coreAfter && !next.otherAfter;
  }
  return false;
}

/** A cause that names again the places just spoken of ("…, rib fracture", ": sacral insufficiency fracture"). */
function isComment(segment: Segment, predicate: Predicate, current: Proposition, lexicon: Lexicon): boolean {
  if (predicate.causes.length === 0 || predicate.uptake !== undefined || predicate.negated) return false;
  if (segment.delimiter === 'and') return false;
  const known = new Set(current.mentions.flatMap((m) => m.bases));
  if (known.size === 0) return false;
  return segment.mentions.every((item) => {
    const again = mentionsIn({ ...segment, items: [item], mentions: [item] }, lexicon, undefined, []).mentions[0];
    if (!again || again.bases.length === 0) return false;
    if (segment.items.some((x) => x.kind === 'side')) return false;
    if (again.region !== undefined) return again.bases.some((base) => known.has(base));
    return again.soft ? true : again.bases.every((base) => known.has(base));
  });
}

/** A cause said of all ("…, both due to arthritis", "均屬退化性") goes to every statement before it in the sentence. */
export function shareCauses(propositions: readonly Proposition[]): void {
  for (const [index, proposition] of propositions.entries()) {
    if (index === 0) continue;
    const shared = proposition.clauses.find(
      (c) => c.mentions.length === 0 && c.predicate.anaphora === 'all' && c.predicate.causes.length > 0,
    );
    if (!shared) continue;
    for (const earlier of propositions.slice(Math.max(0, index - 40), index))
      if (!earlier.clauses.some((c) => c.predicate.causes.length > 0)) earlier.clauses.push(shared);
  }
}
