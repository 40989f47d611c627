import type { Change } from '@radiolect/findings';
import type { ConceptLexicon, Quality, Sense } from './concept-lexicon.ts';

/** A range of words: the first, and the one behind the last. */
export interface WordRange {
  readonly first: number;
  readonly end: number;
}

/** Words that name or describe positions, with what the bare words say of them. */
export interface Mention extends Sense, WordRange {
  /** The words whose assertion counts: of a described subject, those that describe it. */
  readonly asserted: WordRange;
  readonly change?: Change | undefined;
}

interface Subject extends WordRange {
  readonly pairs: readonly number[];
}

interface Described extends WordRange {
  readonly says: readonly Quality[];
}

/** Words between coordinated subjects, and between a describing word and the subject behind it. */
const farthestJoin = 3;
/** Words between a subject and the describing word behind it. */
const farthestQuality = 12;
const breaks = new Set([';', '.', '。', '；']);
const joining = new Set(['and', 'or', '&', '/', ',', '，', '、', '及', '和', '与']);

/** All mentions in a sentence (`words` from `sentence.first` to `sentence.end`). `isVerb` tells a finite verb. */
export function mentionsIn(
  words: readonly string[],
  sentence: WordRange,
  lexicon: ConceptLexicon,
  isVerb: (word: string) => boolean,
): Mention[] {
  const mentions: Mention[] = [];
  const subjects: Subject[] = [];
  const qualities: Described[] = [];
  const changes: (WordRange & { readonly change: Change })[] = [];
  let masked = sentence.first;
  for (let i = sentence.first; i < sentence.end; i++) {
    const concept = i >= masked ? lexicon.concepts.longest(words, i) : undefined;
    if (concept && concept.end <= sentence.end) {
      masked = concept.end;
      for (const sense of concept.value)
        mentions.push({ ...sense, first: i, end: concept.end, asserted: { first: i, end: concept.end } });
      if (concept.value.length === 0) {
        i = concept.end - 1;
        continue;
      }
    }
    // The heart of "heart failure" is no subject.
    const subject = i < masked && !concept ? undefined : subjectAt(words, i, concept?.end, lexicon);
    if (subject && !(subjects.at(-1) && subjects.at(-1)!.end > i))
      subjects.push({ first: i, end: subject.end, pairs: subject.value });
    const quality = lexicon.qualities.longest(words, i);
    if (quality && !(qualities.at(-1) && qualities.at(-1)!.end > i))
      qualities.push({ first: i, end: quality.end, says: quality.value });
    const change = lexicon.changes.longest(words, i);
    if (change && !(changes.at(-1) && changes.at(-1)!.end > i))
      changes.push({ first: i, end: change.end, change: change.value });
  }
  const groups = grouped(words, subjects, qualities, isVerb);
  for (const quality of qualities) {
    const group = describedBy(words, quality, groups, isVerb);
    for (const subject of group ?? [])
      for (const say of quality.says)
        if (subject.pairs.includes(say.pair))
          mentions.push({
            positions: say.positions,
            state: say.state,
            first: Math.min(subject.first, quality.first),
            end: Math.max(subject.end, quality.end),
            asserted: quality,
          });
  }
  return mentions.map((mention) => ({ ...mention, change: changeNear(words, mention, changes) }));
}

function subjectAt(
  words: readonly string[],
  at: number,
  conceptEnd: number | undefined,
  lexicon: ConceptLexicon,
): ReturnType<ConceptLexicon['subjects']['longest']> {
  const subject = lexicon.subjects.longest(words, at);
  return subject && conceptEnd !== undefined && conceptEnd > subject.end ? undefined : subject;
}

/** Subjects that are coordinated: "heart size and mediastinal contours". */
function grouped(
  words: readonly string[],
  subjects: readonly Subject[],
  qualities: readonly Described[],
  isVerb: (word: string) => boolean,
): Subject[][] {
  const groups: Subject[][] = [];
  for (const subject of subjects) {
    const before = groups.at(-1)?.at(-1);
    const close = before !== undefined && subject.first - before.end <= farthestJoin;
    const between = before ? words.slice(before.end, subject.first) : [];
    const open =
      close &&
      !between.some((word) => breaks.has(word) || word === ':' || isVerb(word)) &&
      !qualities.some((q) => q.first >= before.end && q.end <= subject.first);
    if (open) groups.at(-1)!.push(subject);
    else groups.push([subject]);
  }
  return groups;
}

/** The subjects that a quality describes: right behind it ("normal heart size"), else the nearest before it. */
function describedBy(
  words: readonly string[],
  quality: Described,
  groups: readonly Subject[][],
  isVerb: (word: string) => boolean,
): Subject[] | undefined {
  const fits = (subject: Subject): boolean => quality.says.some((say) => subject.pairs.includes(say.pair));
  const behind = groups.find((group) => group.at(-1)!.first >= quality.end);
  const next = behind?.find((subject) => subject.first >= quality.end);
  if (behind && next && fits(next) && next.first - quality.end <= farthestJoin) {
    const between = words.slice(quality.end, next.first);
    if (!between.some((word) => breaks.has(word) || joining.has(word) || word === ':' || isVerb(word)))
      return behind.slice(behind.indexOf(next));
  }
  let before: Subject[] | undefined;
  for (const group of groups) if (group.at(-1)!.end <= quality.first) before = group;
  const last = before?.at(-1);
  if (!before || !last || quality.first - last.end > farthestQuality) return undefined;
  return words.slice(last.end, quality.first).some((word) => breaks.has(word)) ? undefined : before;
}

const farthestAlternative = 6;
const alternatives = new Set(['or', '或']);

/**
 * Pairs of mentions of different positions that the text gives as alternatives ("atelectasis or pneumonia"): where both
 * are affirmed, neither is certain.
 */
export function alternativesIn(words: readonly string[], mentions: readonly Mention[]): [Mention, Mention][] {
  const inOrder = [...mentions].sort((a, b) => a.first - b.first);
  const found: [Mention, Mention][] = [];
  for (const [index, mention] of inOrder.entries()) {
    const next = inOrder.find((other, at) => at > index && other.first >= mention.end);
    if (!next || next.first - mention.end > farthestAlternative) continue;
    if (next.positions.some((position) => mention.positions.includes(position))) continue;
    const between = words.slice(mention.end, next.first);
    if (between.some((word) => alternatives.has(word)) && !between.some((word) => breaks.has(word)))
      found.push([mention, next]);
  }
  return found;
}

const farthestChange = 4;

/** The change that is stated next to a mention, in the same piece between commas. */
function changeNear(
  words: readonly string[],
  mention: WordRange,
  changes: readonly (WordRange & { readonly change: Change })[],
): Change | undefined {
  for (const { first, end, change } of changes) {
    const gap = end <= mention.first ? [end, mention.first] : [mention.end, first];
    if (gap[1]! - gap[0]! > farthestChange || (end > mention.first && first < mention.end)) continue;
    if (!words.slice(gap[0], gap[1]).some((word) => breaks.has(word) || word === ',')) return change;
  }
  return undefined;
}
