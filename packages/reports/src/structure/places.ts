import type { Sentence, Word } from './prepared-report.ts';
import { wordsOfMatch } from './prepared-report.ts';
import type { PlaceKind, StructureRules } from './structure-rules.ts';

/** A place or thing named in a sentence, by word numbers, end not included. */
export interface Place {
  readonly kind: PlaceKind;
  readonly from: number;
  readonly to: number;
}

/** Whether something is said of the topic, its surroundings, another place, all of the region, a thing, or nowhere. */
export type Whereabouts = 'topic' | 'near' | 'elsewhere' | 'everywhere' | 'unplaced' | 'thing' | 'carried elsewhere';

/** All places of a sentence in their order; where several overlap the longest stays. */
export function placesIn(sentence: Sentence, rules: StructureRules): Place[] {
  const found: Place[] = [];
  for (const { kind, pattern } of rules.places)
    for (const match of sentence.line.matchAll(pattern))
      found.push({ kind, ...wordsOfMatch(sentence, match.index, match[0].length) });
  found.sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: Place[] = [];
  for (const place of found)
    if (!kept.some((other) => place.from < other.to && other.from < place.to)) kept.push(place);
  return kept.sort((a, b) => a.from - b.from);
}

const hardStop = /^([,;:()]|with|without|but|while|whereas|which|although|however|containing)$/;
const conjunction = /^(and|or|nor|plus|\/|&)$/;
const placing =
  /^(in|within|around|about|at|along|adjacent|near|of|to|involving|surrounding|throughout|beside|next|into|tracking|extending|from|between|surrounds|outside|inside|on|behind|beneath|over|abutting|involves|affecting)$/;
/** Words that may stand between a preposition and its place: "in the right and left", "adjacent to the". */
const reachOfPreposition = 5;

/**
 * Where a mention (word numbers) lies: by a place that its own words are joined to, before or behind it; failing that
 * by what the clause, then the sentence, then the text before it is about (`carried`). With `thingsToo` a thing may be
 * what the clause is about: gas in an abscess is not gas in the topic.
 */
export function whereabouts(
  sentence: Sentence,
  places: readonly Place[],
  from: number,
  to: number,
  carried: Whereabouts,
  thingsToo: boolean,
): Whereabouts {
  const subjects = thingsToo ? places : places.filter((place) => place.kind !== 'thing');
  const found = attached(sentence.words, places, from, to) ?? subjectBefore(sentence.words, subjects, from);
  return found ?? (carried === 'elsewhere' ? 'carried elsewhere' : carried);
}

function attached(words: readonly Word[], places: readonly Place[], from: number, to: number): Whereabouts | undefined {
  const located = places.filter((place) => place.kind !== 'thing');
  const own = located.filter((place) => place.from < to && from < place.to);
  // "periappendiceal stranding", "fluid-filled bowel": a place beside the words.
  const left = own.length > 0 ? undefined : leftPlace(words, located, from, false);
  const right = located.find((place) => place.from >= to && place.from <= to + 1 && open(words, to, place.from));
  const beside = own.length > 0 ? own : [left ?? right].filter((place) => place !== undefined);
  // "intraperitoneal fluid in the pelvis" is in the pelvis.
  if (beside.some((place) => place.kind !== 'everywhere')) return kindOf(beside);
  // "in the right iliac fossa", also behind the rest of a list: "no fluid or abscess around the appendix".
  const behind = placedBehind(words, located, to);
  if (behind.length > 0) return kindOf(behind);
  if (beside.length > 0) return kindOf(beside);
  const shared = leftPlace(words, located, from, true);
  return shared && kindOf([shared]);
}

const kindOf = (places: readonly Place[]): Whereabouts => {
  const kinds = new Set(places.map((place) => place.kind));
  for (const kind of ['topic', 'near', 'everywhere', 'elsewhere', 'thing'] as const) if (kinds.has(kind)) return kind;
  return 'unplaced';
};

function leftPlace(
  words: readonly Word[],
  places: readonly Place[],
  from: number,
  acrossList: boolean,
): Place | undefined {
  for (let i = from - 1; i >= 0; i--) {
    const place = places.find((candidate) => candidate.to - 1 === i);
    if (place) return acrossList || !standsAsSubject(words, place.to, from) ? place : undefined;
    const { text } = words[i]!;
    if (hardStop.test(text) || (!acrossList && (conjunction.test(text) || verb.test(text)))) return undefined;
  }
  return undefined;
}

const verb =
  /^(is|are|was|were|shows?|demonstrates?|contains?|has|have|appears?|measures?|seen|noted|present|no|there)$/;

/** Whether a verb stands between a place and the words behind it: "the cecum is normal, stranding". */
const standsAsSubject = (words: readonly Word[], from: number, to: number): boolean =>
  words.slice(from, to).some((word) => verb.test(word.text));

const open = (words: readonly Word[], from: number, to: number): boolean =>
  words.slice(from, to).every((word) => !hardStop.test(word.text) && !conjunction.test(word.text));

function placedBehind(words: readonly Word[], places: readonly Place[], to: number): Place[] {
  const found: Place[] = [];
  let preposition = Number.NEGATIVE_INFINITY;
  for (let i = to; i < words.length; i++) {
    const { text } = words[i]!;
    if (hardStop.test(text)) {
      // "around the appendix (tip)" goes on, "with" and commas end it, unless the commas list places.
      const listed = text === ',' && places.some((place) => place.from > i && place.from <= i + 3) && found.length > 0;
      if (!listed) break;
      preposition = i;
    }
    if (placing.test(text)) preposition = i;
    const place = places.find((candidate) => candidate.from === i);
    if (!place) continue;
    if (i - preposition > reachOfPreposition && found.length === 0) break;
    // A second place counts where it is listed beside the first ("and in Morison's pouch"), not where it places that one.
    const previous = found.at(-1);
    if (previous && !words.slice(previous.to, i).some(({ text: word }) => conjunction.test(word) || word === ','))
      break;
    found.push(place);
    preposition = place.to;
    i = place.to - 1;
  }
  return found;
}

const clauseStart = /^([;:]|but|while|whereas|although|however)$/;

/** What the clause before a word is about: its first place, or the first of an earlier clause in the sentence. */
function subjectBefore(words: readonly Word[], places: readonly Place[], before: number): Whereabouts | undefined {
  const earlier = places.filter((place) => place.to <= before);
  if (earlier.length === 0) return undefined;
  let start = 0;
  for (let i = before - 1; i >= 0; i--)
    if (clauseStart.test(words[i]!.text)) {
      // "Appendix: dilated, …" is about what stands before the colon.
      if (words[i]!.text === ':' && !earlier.some((place) => place.from > i)) continue;
      start = i;
      break;
    }
  const inClause = earlier.filter((place) => place.from >= start);
  const [subject, ...others] = inClause.length > 0 ? inClause : earlier;
  // "A tubular structure in the right lower quadrant, in keeping with the appendix": the topic itself.
  const topic = subject!.kind === 'near' ? others.find((place) => place.kind === 'topic') : undefined;
  return kindOf([topic ?? subject!]);
}

/** What a sentence leaves behind as subject for the next: its first place, or what was carried into it. */
export function subjectOf(sentence: Sentence, places: readonly Place[], carried: Whereabouts): Whereabouts {
  const located = places.filter((place) => place.kind !== 'thing');
  // "An abscess extends into the pelvis" is not about the pelvis.
  const spoken = located.filter(
    ({ from }) => !sentence.words.slice(Math.max(0, from - 2), from).some(({ text }) => /^(into|towards?)$/.test(text)),
  );
  if (spoken.length === 0) return carried;
  return subjectBefore(sentence.words, spoken, sentence.words.length) ?? carried;
}
