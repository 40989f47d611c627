import type { Lexicon } from './lexicon.ts';
import type { Mention, Side } from './mentions.ts';
import { mentionsIn } from './mentions.ts';
import type { Predicate } from './predicate.ts';
import { predicateOf } from './predicate.ts';
import type { Proposition } from './propositions.ts';
import type { Segment } from './segments.ts';

/** Whether a segment states anything, beside naming places. */
export const saysSomething = (p: Predicate): boolean =>
  p.uptake !== undefined ||
  p.lesion ||
  p.abnormal ||
  p.negated ||
  p.danglingNegation ||
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
const plural = /^(are|were|do|have|show|demonstrate|appear|remain)\b/i;
const auxiliary = /^(is|are|was|were|does|do|did|has|have)$/;

/** Goes through the segments of one sentence and decides which of them make one statement. */
export class Grouping {
  readonly #done: Proposition[] = [];
  readonly #predicates: readonly Predicate[];
  /** Exceptions whose statement goes on after them: they come after it, since they correct it. */
  readonly #exceptions = new Map<Proposition, Proposition[]>();
  #current: Proposition | undefined;
  /** What stands before a colon: the places that the rest of the sentence is about. */
  #heading: Proposition | undefined;
  #carried: Side | undefined;
  /** Whether the current statement is complete, so that a new place begins a new one. */
  #closed = false;

  constructor(
    private readonly segments: readonly Segment[],
    private readonly source: string,
    private readonly lexicon: Lexicon,
  ) {
    this.#predicates = segments.map((segment) => predicateOf(segment, source));
  }

  run(): Proposition[] {
    for (let index = 0; index < this.segments.length; ) {
      const aside = this.#aside(index);
      if (aside > index) index = aside;
      else {
        this.#take(index);
        index++;
      }
    }
    if (this.#current) this.#done.push(this.#current);
    return this.#done.flatMap((proposition) => [proposition, ...(this.#exceptions.get(proposition) ?? [])]);
  }

  #begin(): Proposition {
    if (this.#current) this.#done.push(this.#current);
    this.#closed = false;
    this.#current = { clauses: [], mentions: [] };
    return this.#current;
  }

  #join(index: number): void {
    const segment = this.segments[index]!;
    const predicate = this.#predicates[index]!;
    const current = this.#current ?? this.#begin();
    const { mentions, carried } = mentionsIn(segment, this.lexicon, this.#carried, current.mentions);
    this.#carried = carried;
    current.clauses.push({ segment, predicate, mentions, explains: this.#explains(segment) });
    current.mentions.push(...mentions);
    const outer = current.except;
    if (
      predicate.coreAfter &&
      outer !== undefined &&
      outer !== 'next' &&
      isSilent(outer) &&
      !this.#statedAfter(index)
    ) {
      // "The entire spine save C1 is abnormal": said of the places before the exception.
      completeException(current);
      this.#resume(current, outer);
      return;
    }
    if (mentions.length > 0)
      this.#closed =
        predicate.coreAfter || predicate.otherAfter || (current.mentions.some((m) => m.global) && predicate.normal);
    else if (current.mentions.length > 0 && saysSomething(predicate)) this.#closed = true;
  }

  #take(index: number): void {
    const segment = this.segments[index]!;
    const predicate = this.#predicates[index]!;
    if (segment.delimiter === 'colon' && this.#current && isHeading(this.#current)) this.#heading = this.#current;
    if (segment.delimiter === 'except') this.#except();
    else if (this.#current && endsException(this.#current, segment, predicate)) this.#fresh();
    else if (this.#current && endsWithWhole(this.#current, segment, predicate)) this.#fresh();
    else if (this.#elided(segment, predicate)) return;
    if (segment.mentions.length === 0) this.#withoutPlace(index);
    else if (!this.#current || this.#current.mentions.length === 0) this.#firstPlace(index);
    else this.#nextPlace(index);
  }

  /** Whether the statement that an exception interrupts comes after it ("脊椎除C7攝取增加外無異常"). */
  #statedAfter(index: number): boolean {
    const next = this.segments[index + 1];
    if (!next || next.mentions.length > 0 || next.delimiter === 'with') return false;
    const { uptake, normal, negated } = this.#predicates[index + 1]!;
    return uptake !== undefined || normal || negated;
  }

  /** Goes back to the statement that an exception interrupted. */
  #resume(exception: Proposition, outer: Proposition): void {
    this.#exceptions.set(outer, [...(this.#exceptions.get(outer) ?? []), exception]);
    this.#done.splice(this.#done.indexOf(outer), 1);
    this.#current = outer;
    this.#closed = true;
  }

  #fresh(): Proposition {
    this.#carried = undefined;
    return this.#begin();
  }

  #except(): void {
    const stated = this.#current;
    const next = this.#begin();
    next.except =
      stated && stated.mentions.length + stated.clauses.filter((c) => saysSomething(c.predicate)).length > 0
        ? stated
        : 'next';
  }

  #withoutPlace(index: number): void {
    const predicate = this.#predicates[index]!;
    const current = this.#current;
    const outer = current?.except;
    if (
      outer !== undefined &&
      outer !== 'next' &&
      outer.mentions.length > 0 &&
      saysSomething(predicate) &&
      isSilent(outer)
    ) {
      // "The spine, except T7, shows no uptake": the statement is that of the places before the exception.
      this.#resume(current!, outer);
      this.#join(index);
      return;
    }
    const remainder = predicate.rest && (predicate.negated || predicate.normal) && predicate.denied.length === 0;
    const said = current?.clauses.some((c) => saysSomething(c.predicate)) ?? false;
    if (current && remainder && this.#remainderOfHeading(index)) return;
    if (current && current.mentions.length > 0 && (remainder || (said && (predicate.noNew || this.#opensNew(index)))))
      this.#fresh();
    this.#join(index);
  }

  /** "Pelvis: uptake in the right pubis; otherwise normal": the rest of what the line is about. */
  #remainderOfHeading(index: number): boolean {
    const region = this.#heading?.mentions.find((m) => m.region !== undefined);
    if (!region) return false;
    const segment = this.segments[index]!;
    const proposition = this.#fresh();
    proposition.clauses.push({ segment, predicate: this.#predicates[index]!, mentions: [], explains: false });
    proposition.mentions.push(region);
    this.#closed = true;
    return true;
  }

  #firstPlace(index: number): void {
    const segment = this.segments[index]!;
    const { coreBefore, coreAfter, otherBefore, otherAfter } = this.#predicates[index]!;
    const leading = this.#current?.clauses.at(-1)?.predicate;
    const own = coreBefore || coreAfter || otherBefore || otherAfter;
    const complete =
      leading &&
      (leading.causes.length > 0 || leading.change !== undefined) &&
      leading.uptake === undefined &&
      !leading.lesion;
    const turns =
      segment.delimiter === 'but' && (this.#current?.clauses.some((c) => saysSomething(c.predicate)) ?? false);
    // "New, intense uptake at L1"
    const adjectives =
      segment.delimiter === 'comma' &&
      this.segments[index - 1]?.items.at(-1)?.kind === 'change' &&
      ['intensity', 'uptake', 'increase', 'abnormal', 'lesion'].includes(segment.items[0]!.kind);
    if (turns) this.#fresh();
    else if (complete && own && !adjectives && segment.delimiter !== 'with' && segment.delimiter !== 'and')
      this.#fresh();
    this.#join(index);
  }

  #nextPlace(index: number): void {
    const segment = this.segments[index]!;
    const predicate = this.#predicates[index]!;
    const current = this.#current!;
    const { coreBefore, otherBefore, coreAfter, otherAfter } = predicate;
    const has = current.clauses.some((c) => saysSomething(c.predicate));
    const bony = segment.mentions.some((m) => m.kind !== 'extraosseous');
    const explained = !bony && explainsUptake(segment, this.lexicon);
    const comment = has && isComment(segment, predicate, current, this.lexicon);
    if ((explained && !(this.#closed && coreBefore)) || comment) {
      const read = mentionsIn(segment, this.lexicon, this.#carried, []);
      const mentions = read.mentions.filter((m) => m.extraosseous !== undefined);
      current.clauses.push({ segment, predicate, mentions, explains: this.#explains(segment) });
      this.#closed = true;
      return;
    }
    let fresh: boolean;
    let inherit = false;
    // "Pelvis: left ischium hot": what stands before the colon is only a heading.
    const heading = segment.delimiter === 'colon' && this.#heading === current;
    if (segment.delimiter === 'except') fresh = false;
    else if ((isSharedNoun(segment, predicate) || isSharedVerb(segment, predicate, this.source)) && !this.#closed)
      fresh = false;
    else if (coreBefore || heading) fresh = true;
    else if (isLikewise(segment)) {
      fresh = false;
      this.#carried = undefined;
    } else if (this.#closed) {
      fresh = true;
      // "mild uptake in the hip from arthritis and in the knee from gout" speaks of uptake once.
      // "Several foci in the ribs: left 4th, right 7th": the list goes on with what stands before the colon.
      const listed = segment.delimiter === 'colon' && !otherBefore && !otherAfter;
      inherit = !coreAfter && (listed || leadsWithPreposition(segment) || isOnlyAlso(this.segments[index + 1]));
    } else if (!has) fresh = false;
    else if (segment.delimiter === 'semicolon' || segment.delimiter === 'but')
      fresh = otherBefore || coreAfter || otherAfter || this.#goesOn(index);
    else if (coreAfter) fresh = true;
    else if (otherBefore && !otherAfter) {
      fresh = true;
      inherit = true;
    } else fresh = false;
    if (!bony && !coreBefore) {
      // An organ among bones is recorded beside the list and does not end it.
      const { mentions } = mentionsIn(segment, this.lexicon, this.#carried, []);
      this.#done.push({
        clauses: [{ segment, predicate, mentions, explains: this.#explains(segment) }],
        mentions: [...mentions],
      });
      return;
    }
    if (fresh) {
      if (heading && isWeak(current)) this.#current = undefined;
      const next = this.#begin();
      if (inherit) next.inherited = current;
      if (segment.delimiter === 'and') current.joinedTo = next;
      // "In the right leg, there is uptake at the knee": the side of what is only a frame goes on.
      if (!heading && !inherit && has && segment.delimiter !== 'with') this.#carried = undefined;
    }
    this.#join(index);
  }

  /** Whether the statement about a place comes in the segment after it ("但L2有focal uptake"). */
  #goesOn(index: number): boolean {
    const next = this.segments[index + 1];
    return next?.delimiter === 'with' && next.mentions.length === 0 && saysSomething(this.#predicates[index + 1]!);
  }

  #explains(segment: Segment): boolean {
    // "Uptake in the tibia with extension into soft tissue" stays uptake of the tibia.
    const beside = segment.delimiter === 'with' || segment.delimiter === 'and';
    const only = segment.mentions.every((m) => m.kind === 'extraosseous' && m.value === 'soft tissue');
    if (beside && only && segment.mentions.length > 0) return false;
    return explainsUptake(segment, this.lexicon) || segment.mentions.some((m) => this.lexicon.explaining.has(m.value));
  }

  /** "Hips: right none, left mild": a side alone stands for the place of the heading on that side. */
  #elided(segment: Segment, predicate: Predicate): boolean {
    if (segment.mentions.length > 0 || !saysSomething(predicate)) return false;
    const anchor = this.#heading?.mentions.find(
      (m) => m.bases.length > 0 && m.bases.every((b) => this.lexicon.paired.has(b)),
    );
    const side = sideAlone(segment);
    if (!anchor || anchor.direct || side === undefined) return false;
    this.#aboutSide(anchor, side, segment, predicate);
    return true;
  }

  #aboutSide(anchor: Mention, side: 'right' | 'left', segment: Segment, predicate: Predicate): void {
    const proposition = this.#fresh();
    proposition.clauses.push({ segment, predicate, mentions: [], explains: false });
    proposition.mentions.push({ ...anchor, segment, side, direct: true, plural: false });
    this.#closed = true;
  }

  /**
   * Brackets that deny something of other places, or of the other side, interrupt a sentence without ending it ("left
   * shoulder (right normal), left knee"). Returns the index after them, or `start`.
   */
  #aside(start: number): number {
    if (this.segments[start]!.delimiter !== 'open' || !this.#current || this.#current.mentions.length === 0)
      return start;
    let end = start + 1;
    while (end < this.segments.length && end < start + 8 && !['close', 'open'].includes(this.segments[end]!.delimiter))
      end++;
    const inner = this.segments.slice(start, end);
    const predicates = this.#predicates.slice(start, end);
    if (!predicates.some((p) => p.normal || p.negated) || predicates.some((p) => p.rest || p.denied.length > 0))
      return start;
    if (inner.some((s) => s.mentions.some((m) => m.kind !== 'extraosseous'))) {
      this.#done.push(
        ...new Grouping(
          inner.map((s, i) => (i === 0 ? { ...s, delimiter: 'start' } : s)),
          this.source,
          this.lexicon,
        ).run(),
      );
      return end;
    }
    const side = sideAlone(inner[0]!);
    const anchor = this.#current.mentions.at(-1)!;
    if (side === undefined || anchor.side === side) return start;
    const outer = this.#current;
    this.#current = undefined;
    const [carried, closed] = [this.#carried, this.#closed];
    this.#aboutSide(anchor, side, inner[0]!, predicates[0]!);
    if (this.#current) this.#done.push(this.#current);
    this.#current = outer;
    [this.#carried, this.#closed] = [carried, closed];
    return end;
  }

  /** Whether a segment without a place starts a new statement whose places come next ("…, and intense uptake, …, in L3"). */
  #opensNew(index: number): boolean {
    const predicate = this.#predicates[index]!;
    if (predicate.uptake === undefined || predicate.negated) return false;
    for (let i = index + 1; i < Math.min(this.segments.length, index + 4); i++) {
      const segment = this.segments[i]!;
      if (segment.delimiter === 'semicolon' || segment.delimiter === 'but') return false;
      if (segment.mentions.length === 0) continue;
      const next = this.#predicates[i]!;
      return !next.coreBefore && !next.coreAfter && !next.otherAfter;
    }
    return false;
  }
}

/** A right or a left, and no other side, in a segment that compares nothing. */
function sideAlone(segment: Segment): 'right' | 'left' | undefined {
  const sides = new Set(segment.items.filter((item) => item.kind === 'side').map((item) => item.value));
  if (sides.size !== 1 || segment.items.some((item) => item.kind === 'comparative')) return undefined;
  const [side] = sides;
  return side === 'right' || side === 'left' ? side : undefined;
}

/** Uptake spoken of, but neither called increased nor denied: "Skeletal uptake:". */
function isWeak({ clauses }: Proposition): boolean {
  return clauses.every(
    ({ predicate: p }) =>
      !p.strong && !p.vague && !p.negated && !p.normal && p.causes.length === 0 && !p.doubt && p.change === undefined,
  );
}

/** "Right hip prosthesis:" only says what is there. */
const isHardware = (p: Predicate): boolean =>
  p.uptake === undefined &&
  !p.negated &&
  !p.normal &&
  p.causes.length > 0 &&
  p.causes.every((c) => c.nature === 'postoperative');

const isHeading = (proposition: Proposition): boolean =>
  proposition.mentions.length > 0 &&
  (proposition.clauses.every((c) => !saysSomething(c.predicate) || isHardware(c.predicate)) ||
    (isWeak(proposition) && proposition.mentions.every((m) => m.region !== undefined || m.global)));

/** "T7異常濃聚，左髂翼亦見": the place is what was spoken of too. */
const isOnlyAlso = (segment: Segment | undefined): boolean =>
  segment?.delimiter === 'with' && segment.items.every((item) => item.value === 'also');

/** "and in the knee from gout", "the largest in the right 8th rib": a place of what was spoken of. */
function leadsWithPreposition({ items, mentions }: Segment): boolean {
  const place = mentions[0] ? items.indexOf(mentions[0]) : 0;
  return items.slice(0, Math.min(place, 4)).some((item) => item.kind === 'word' && preposition.test(item.value));
}

/** "The right iliac and L3 lesions": a noun after the last place of a list is that of the whole list. */
function isSharedNoun(
  { delimiter, items, mentions }: Segment,
  { coreBefore, otherBefore, otherAfter, negated }: Predicate,
): boolean {
  if (delimiter !== 'and' || coreBefore || otherBefore || otherAfter || negated) return false;
  const after = items.slice(items.indexOf(mentions.at(-1)!) + 1);
  return (
    after.length > 0 &&
    after.every(
      (item) =>
        item.kind === 'lesion' || (item.kind === 'uptake' && item.value === 'neutral') || item.kind === 'aspect',
    )
  );
}

/** "CT lesions in T9 and the left ilium do not show uptake": a verb in the plural has both for its subject. */
function isSharedVerb(
  { delimiter, items, mentions }: Segment,
  { coreBefore, otherBefore }: Predicate,
  source: string,
): boolean {
  const place = mentions.at(-1);
  if (delimiter !== 'and' || coreBefore || otherBefore || mentions.length !== 1 || !place) return false;
  const one = place.kind === 'place' ? place.bases!.length === 1 : place.kind === 'site' && !place.sense!.site!.plural;
  const verb = items[items.indexOf(place) + 1];
  return one && verb !== undefined && plural.test(source.slice(verb.start, verb.end));
}

/** "…, as is the left clavicle", "and so are the ribs". */
function isLikewise({ items }: Segment): boolean {
  const [first, second] = items;
  return (
    first?.kind === 'word' && /^(as|so)$/.test(first.value) && second?.kind === 'word' && auxiliary.test(second.value)
  );
}

/** An exception that opens a sentence ends where the statement that it is excepted from begins. */
function endsException(current: Proposition, segment: Segment, predicate: Predicate): boolean {
  if (current.except !== 'next' || !(segment.delimiter === 'comma' || segment.delimiter === 'close')) return false;
  const regional =
    segment.mentions.length > 0 && segment.mentions.every((m) => m.kind === 'region' || wholes.has(m.kind));
  return regional || predicate.normal || predicate.negated;
}

const wholes: ReadonlySet<string> = new Set(['skeleton', 'restNoun', 'globalNormal']);

/** "…, with an otherwise normal skeleton": a summary states for itself. */
function endsWithWhole(current: Proposition, segment: Segment, predicate: Predicate): boolean {
  if (!(predicate.normal || predicate.negated) || predicate.denied.length > 0) return false;
  const positive = current.clauses.some(
    ({ predicate: p }) => !p.negated && !p.normal && (p.uptake !== undefined || p.lesion || p.causes.length > 0),
  );
  return positive && current.mentions.length > 0 && segment.mentions.some((m) => wholes.has(m.kind));
}

/** "The entire spine save C1 is abnormal": what is said after the exception is said of the places before it. */
function completeException(proposition: Proposition): void {
  const outer = proposition.except;
  if (outer === undefined || outer === 'next') return;
  for (const [index, clause] of proposition.clauses.entries()) {
    if (!clause.predicate.coreAfter) continue;
    outer.clauses.push({ ...clause, mentions: [] });
    proposition.clauses[index] = { ...clause, predicate: silent(clause.predicate) };
  }
}

const isSilent = ({ clauses }: Proposition): boolean => !clauses.some((c) => saysSomething(c.predicate));

const silent = (p: Predicate): Predicate => ({
  ...p,
  uptake: undefined,
  lesion: false,
  abnormal: false,
  negated: false,
  normal: false,
  causes: [],
  intensity: undefined,
  change: undefined,
});

/** Organs whose own activity may lie over bone. */
const excreting = new Set(['kidneys', 'bladder', 'bowel', 'stomach', 'thyroid', 'spleen', 'liver', 'breast']);

/** Contamination and the like explain uptake; an organ does where it is what the uptake likely is ("likely renal"). */
function explainsUptake(segment: Segment, lexicon: Lexicon): boolean {
  const { mentions, items } = segment;
  if (mentions.length === 0) return false;
  if (mentions.every((m) => lexicon.explaining.has(m.value))) return true;
  const hedge = items.findIndex((item) => item.kind === 'likelihood');
  return (
    hedge >= 0 &&
    hedge < items.indexOf(mentions[0]!) &&
    mentions.every((m) => excreting.has(m.value) || lexicon.explaining.has(m.value)) &&
    !items.some((item) => item.kind === 'nature')
  );
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
