import type { Change, Intensity, Likelihood, Nature, Presence, Uptake } from '@radiolect/findings';
import { isMerelyBenign } from './general-causes.ts';
import { saysSomething } from './grouping.ts';
import type { Cause, Predicate } from './predicate.ts';
import type { Clause, Proposition } from './propositions.ts';

/** What a proposition says of all of its places. */
export interface Assertion {
  /** `excepted` takes back what was said of a whole that holds the place ("ribs 3 to 8, except 5"). */
  readonly state: Presence | 'none' | 'not-imaged' | 'excepted';
  readonly nature?: Nature | undefined;
  readonly likelihood?: Likelihood | undefined;
  /** The words of the cause, for the class of the impression. */
  readonly causeWord?: string | undefined;
  readonly change?: Change | undefined;
  readonly uptake?: Uptake | undefined;
  readonly intensity?: Intensity | undefined;
  /** Whether uptake, a lesion or an abnormality is spoken of, and not only a cause. */
  readonly seen: boolean;
  /** A past event that gives a cause to uptake stated elsewhere and states none. */
  readonly explainsOnly?: boolean;
}

const none: Assertion = { state: 'none', seen: false };

/** A proposition is complete before it is read, and is asked of more than once. */
const known = new WeakMap<Proposition, Assertion>();

/** Reads the state and the attributes that a proposition asserts. */
export function assertionOf(proposition: Proposition): Assertion {
  const before = known.get(proposition);
  if (before) return before;
  const made = assert(proposition);
  known.set(proposition, made);
  return made;
}

function assert(proposition: Proposition): Assertion {
  const { clauses } = proposition;
  const predicates = clauses.map((c) => c.predicate);
  const any = (test: (p: (typeof predicates)[number]) => boolean): boolean => predicates.some(test);
  const placed = clauses.filter((c) => c.mentions.length > 0).map((c) => c.predicate);
  const first = placed.find((p) => p.change)?.change ?? predicates.find((p) => p.change)?.change;
  // "The lesion of L4, smaller in 2021, has now resolved": what has gone in the end has gone.
  const last = clauses.findLast((c) => c.predicate.change !== undefined);
  const later = last?.mentions.length === 0 ? last.predicate.change : undefined;
  // "The lesion persists but is smaller."
  const stated = later === 'resolved' || (first === 'stable' && later !== undefined) ? later : first;
  const change =
    stated ?? (any((p) => p.former || (p.now && any((q) => q.prior))) ? changeSinceThen(predicates) : undefined);
  const inherited = proposition.inherited ? assertionOf(proposition.inherited) : undefined;
  const positive = any((p) => p.uptake !== undefined && !p.negated && !p.notImaged);
  if (any((p) => p.notImaged) && !positive) return { state: 'not-imaged', seen: false };
  if (any((p) => p.noNew)) return none;
  const even = any((p) => p.even) && !any((p) => p.strong);
  if (even && proposition.mentions.every((m) => m.global || m.region !== undefined))
    return { state: 'absent', seen: true };
  // "The previously noted lesion at T7 is not seen."
  const outdated = ({ predicate, mentions }: Clause, index: number): boolean =>
    (predicate.prior || predicate.former) &&
    // "Uptake at L3, previously intense, is mild" speaks of today.
    !(mentions.length === 0 && index > 0 && clauses[0]!.mentions.length > 0 && clauses[0]!.predicate.uptake);
  const denied = any((p) => p.negated || p.danglingNegation) && change === undefined;
  if (denied && any((p) => p.former)) return { state: 'absent', change: 'resolved', seen: true };
  if (change === undefined && clauses.some(outdated)) return none;
  const uptakes = predicates.filter((p) => p.uptake !== undefined && !p.negated);
  const since = stated === undefined && change !== undefined;
  const uptake: Uptake | undefined = since
    ? 'increased'
    : uptakes.some((p) => p.uptake === 'decreased')
      ? 'decreased'
      : (uptakes[0]?.uptake ?? inherited?.uptake);
  const cause = causeOf(proposition);
  // "CT示L3骨質破壞": the examination stands before the place.
  const named = clauses.findIndex((c) => c.mentions.length > 0);
  const before = named > 0 && clauses.slice(0, named).some((c) => c.predicate.modality);
  const elsewhere = before || any((p) => p.elsewhere);
  if (elsewhere && uptake === undefined && !any((p) => p.negated || p.normal || p.intensity !== undefined)) return none;
  const told = any((p) => p.history) && any((p) => p.negatedUptake);
  if (any((p) => p.history || p.flow) && uptake === undefined && !told) {
    // "s/p arthroplasty left hip" explains uptake there, and is none itself.
    if (cause?.nature !== 'postoperative') return none;
    const { nature, likelihood, word } = cause;
    return { state: 'present', nature, likelihood, causeWord: word, seen: false, explainsOnly: true };
  }
  const intensity =
    placed.find((p) => p.intensity && !p.negated)?.intensity ??
    predicates.find((p) => p.intensity && !p.negated)?.intensity;
  const lesion = any((p) => (p.lesion || p.abnormal) && !p.negated);
  const seen = uptake !== undefined || lesion || intensity !== undefined;
  const attributes = {
    ...(cause ? { nature: cause.nature, causeWord: cause.word } : {}),
    ...(cause && cause.nature !== 'unspecified' ? { likelihood: cause.likelihood } : {}),
    change,
    uptake: uptake ?? (intensity !== undefined && !lesion && !cause ? ('increased' as const) : undefined),
    intensity,
    seen,
  };
  if (change === 'resolved') return { state: 'absent', change, seen: true };
  // "Doubtful increase, probably within normal limits."
  const hedgedNormal = any((p) => p.doubt) && any((p) => p.normal && p.loose !== undefined && p.loose !== 'definite');
  if (!hedgedNormal && isNegative(clauses, seen)) return { state: 'absent', change, seen: true };
  const lone = any((p) => p.unexcluded && p.causes.length === 0) && !cause;
  if (any((p) => p.doubt) || (lone && !(change !== undefined && uptake !== undefined)))
    return { ...attributes, state: 'uncertain' };
  if (seen || cause || change !== undefined || inherited?.state === 'present') {
    const loose = any((p) => p.loose === 'possible' && !p.alarming) && !cause && uptake === undefined && lesion;
    return { ...attributes, state: loose ? 'uncertain' : 'present' };
  }
  if (proposition.except !== undefined) return excepted(proposition.except, any);
  return none;
}

/** "原右髂骨病灶活性減弱": what is more or less in a lesion of the prior study has changed. */
function changeSinceThen(predicates: readonly Predicate[]): Change | undefined {
  const turned = predicates.find((p) => p.turn !== undefined && !p.negated);
  return turned?.turn;
}

/** What a bare exception says: the opposite of the statement that it is excepted from. */
function excepted(from: Proposition | 'next', any: (test: (p: Predicate) => boolean) => boolean): Assertion {
  if (any((p) => p.anaphora !== undefined)) return none;
  if (from === 'next') return { state: 'present', seen: true };
  const { state } = assertionOf(from);
  if (state === 'absent') return { state: 'present', uptake: 'increased', seen: true };
  return state === 'present' ? { state: 'excepted', seen: false } : none;
}

/** Absent where a clause says normal or denies uptake; a later denial of lesions does not undo stated uptake. */
function isNegative(clauses: readonly Clause[], seen: boolean): boolean {
  let positive = false;
  let weak = false;
  let dangling = false;
  // "No uptake in the femoral head (photopenia)": what is cold there is a finding.
  const cold = clauses.some(
    ({ predicate: p, segment }) => p.uptake === 'decreased' && !p.negated && segment.delimiter === 'open',
  );
  if (cold && clauses.some((c) => c.predicate.negatedUptake)) return false;
  for (const { predicate: p, mentions } of clauses) {
    // What the blood flow and pool show says nothing of the bone.
    if (p.flow && mentions.length === 0) continue;
    const negated = p.negated || (dangling && (p.uptake !== undefined || p.lesion || p.abnormal));
    dangling = p.danglingNegation || (dangling && !saysSomething(p));
    const open = mentions.length > 0 || !positive;
    if (p.normal && (open || weak || p.physiologic)) return true;
    if (negated && (open || (weak && (p.negatedUptake || p.abnormal)))) return true;
    if (!negated && p.uptake !== undefined) {
      // "Uptake in the sacroiliac joints is symmetric and normal": plain uptake may still turn out to be normal.
      weak = !p.strong && (weak || !positive);
      positive = true;
    }
  }
  return dangling && !seen;
}

/** "suspected fracture or metastasis": a hedge holds for the alternatives after it; bare alternatives are possible. */
function causesWithAlternatives(clauses: readonly Clause[]): Cause[] {
  const causes: Cause[] = [];
  for (const { predicate, segment, mentions } of clauses) {
    const last = causes.at(-1);
    const or = segment.delimiter === 'or';
    const goesOn = last !== undefined && mentions.length === 0 && (or || segment.delimiter === 'and');
    for (const cause of predicate.causes) {
      if (!goesOn || cause.hedged || !(or || last.hedged)) causes.push(cause);
      else {
        const likelihood = last.hedged ? last.likelihood : 'possible';
        if (!last.hedged) causes[causes.length - 1] = { ...last, likelihood, hedged: true };
        causes.push({ ...cause, likelihood, hedged: true });
      }
    }
  }
  return causes;
}

/** The cause: metastatic first, then the first that is stated; a likelihood on its own clause goes with it. */
function causeOf(proposition: Proposition): Cause | undefined {
  const predicates = proposition.clauses.map((c) => c.predicate);
  const causes = causesWithAlternatives(proposition.clauses);
  const specific = causes.filter((c) => c.nature !== 'unspecified');
  const chosen =
    specific.find((c) => c.nature === 'metastatic') ??
    // "Around the prosthesis, infection is favoured": hardware says where; the other cause says why.
    specific.find((c) => c.nature !== 'postoperative' && !isMerelyBenign(c)) ??
    specific.find((c) => !isMerelyBenign(c)) ??
    specific[0] ??
    causes[0];
  if (!chosen) return undefined;
  if (!chosen.hedged) {
    const loose = predicates.find((p) => p.loose !== undefined && p.uptake === undefined && !p.doubt)?.loose;
    if (loose !== undefined && loose !== 'definite') return { ...chosen, likelihood: loose };
    const unexcluded = predicates.some((p) => p.unexcluded && p.causes.length === 0);
    if (unexcluded) return { ...chosen, likelihood: 'possible' };
    const again = causes.find((c) => c.nature === chosen.nature && c.hedged);
    if (again) return again;
    const next = proposition.joinedTo && causeOf(proposition.joinedTo);
    if (next && next.nature === chosen.nature) return { ...chosen, likelihood: next.likelihood };
  }
  return chosen;
}
