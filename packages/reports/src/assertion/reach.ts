import type { Saying } from './assertion-rules.ts';
import type { Mark, ScannedSentence, Trigger } from './scan.ts';

/** Whether a trigger reaches a mention (word indices `first` to `end`, end not included). */
export function reaches(sentence: ScannedSentence, mark: Mark, trigger: Trigger, first: number, end: number): boolean {
  const { reach, within, says } = trigger;
  if (reach !== 'backward' && mark.first < first && first - mark.end < within)
    return reachesForward(sentence, mark, says, first);
  if (reach !== 'forward' && mark.end > end && mark.first - end < within)
    return mark.first < end || end >= limitOf(sentence, mark, `<${says}`, () => backwardLimit(sentence, mark, says));
  return false;
}

/** Whether nothing between a trigger and a word behind it ends the trigger's reach. */
export function reachesForward(sentence: ScannedSentence, mark: Mark, says: Saying, to: number): boolean {
  return mark.end > to || to <= limitOf(sentence, mark, `>${says}`, () => forwardLimit(sentence, mark, says));
}

/** Each limit is worked out once, so that long lists stay cheap. */
function limitOf(sentence: ScannedSentence, mark: Mark, key: string, work: () => number): number {
  const name = `${mark.first}${key}`;
  let limit = sentence.limits.get(name);
  if (limit === undefined) {
    limit = work();
    sentence.limits.set(name, limit);
  }
  return limit;
}

const comma = (word: string | undefined): boolean => word === ',' || word === '，';
const stopsSaying = (mark: Mark | undefined, says: Saying): boolean =>
  mark?.stops !== undefined && (mark.stops === 'all' || mark.stops.has(says));

/** The last word index at which a mention behind the trigger may begin. */
function forwardLimit(sentence: ScannedSentence, mark: Mark, says: Saying): number {
  const { words, markAt } = sentence;
  const clauses = says === 'absent' || says === 'uncertain';
  for (let i = mark.end; i < words.length; i++) {
    if (endsSentence(sentence, i)) return i;
    if (clauses && words[i] === ':' && i > mark.end) return i;
    const here = markAt.get(i);
    if (stopsSaying(here, says)) return i;
    // A comma or a joining word is crossed inside a list only.
    if (clauses && (comma(words[i]) || here?.join) && opensClause(sentence, i + 1)) return i;
  }
  return words.length;
}

/** Whether a statement of its own begins at a word that follows a comma or a joining word. */
function opensClause(sentence: ScannedSentence, at: number): boolean {
  const { words, markAt } = sentence;
  const start = markAt.get(at);
  if (start?.alternative) return false;
  const opener = Boolean(start?.opener || start?.triggers?.some((t) => t.says === 'uncertain'));
  for (let i = at; i < words.length; i++) {
    if (endsSentence(sentence, i)) return opener;
    const here = markAt.get(i);
    if (here?.alternative) return false;
    if (here?.verb) return !markAt.get(here.end)?.perceived && !markAt.get(here.end + 1)?.perceived;
    if (comma(words[i]) && !opener) return false;
  }
  return opener;
}

/** The first word index at which a mention before the trigger may end. */
function backwardLimit(sentence: ScannedSentence, mark: Mark, says: Saying): number {
  const { words, markAt } = sentence;
  let list = false;
  for (let i = mark.first - 1; i >= 0; i--) {
    if (endsSentence(sentence, i)) return i + 1;
    const here = markAt.get(i);
    if (here && here.end <= mark.first) {
      if (stopsSaying(here, says)) return here.end;
      if (here.alternative || here.join) list = true;
      if (here.verb && here.end < mark.first) return here.end;
    }
    if (comma(words[i]) && !list) return i + 1;
  }
  return 0;
}

const hardStops = new Set([';', '。', '；']);
const titles = new Set(['dr', 'mr', 'mrs', 'ms', 'mt', 'st', 'vs', 'approx']);
const shortNumber = /^\d{1,2}$/;

/** A semicolon, a full stop that stands inside no abbreviation, the number of a list ("2)"), or a wide gap. */
function endsSentence({ words, starts, ends }: ScannedSentence, i: number): boolean {
  const word = words[i]!;
  if (hardStops.has(word)) return true;
  const next = starts[i + 1];
  if (next === undefined) return false;
  const previous = words[i - 1] ?? '';
  if (word === ')' && shortNumber.test(previous) && words[i - 2] !== '(') return true;
  if (word === '.' && next > ends[i]!)
    return (previous.length > 1 && !titles.has(previous)) || words[i - 2] === '-' || shortNumber.test(previous);
  return next - ends[i]! > 3 && word !== ':' && !/^[a-z]/.test(word);
}
