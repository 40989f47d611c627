import type { Saying } from './assertion-rules.ts';
import type { Mark, ScannedSentence, Trigger } from './scan.ts';

const hardStops = new Set([';', '。', '；']);

/** Whether a trigger reaches a mention (word indices `first` to `end`, end not included). */
export function reaches(sentence: ScannedSentence, mark: Mark, trigger: Trigger, first: number, end: number): boolean {
  const { reach, within, says } = trigger;
  if (reach !== 'backward' && mark.first < first && first - mark.end < within)
    return reachesForward(sentence, mark, says, first);
  if (reach !== 'forward' && mark.end > end && mark.first - end < within)
    return mark.first < end || openBackward(sentence, mark, says, end);
  return false;
}

/** Whether nothing between a trigger and a word behind it ends the trigger's reach. */
export function reachesForward(sentence: ScannedSentence, mark: Mark, says: Saying, to: number): boolean {
  return mark.end > to || openForward(sentence, says, mark.end, to);
}

const stopsSaying = (mark: Mark, says: Saying): boolean =>
  mark.stops !== undefined && (mark.stops === 'all' || mark.stops.has(says));

/** Whether nothing between a trigger and a mention behind it ends the trigger's reach. */
function openForward(sentence: ScannedSentence, says: Saying, from: number, to: number): boolean {
  const { words, marks } = sentence;
  for (let i = from; i < to; i++) if (endsSentence(sentence, i)) return false;
  for (const mark of marks) {
    if (mark.first < from || mark.end > to) continue;
    if (stopsSaying(mark, says)) return false;
  }
  if (says !== 'absent' && says !== 'uncertain') return true;
  for (let i = from + 1; i < to; i++) if (words[i] === ':') return false;
  // A comma or a joining word is crossed inside a list only.
  for (let i = from; i < to; i++) {
    const boundary = words[i] === ',' || words[i] === '，' || marks.some((m) => m.join && m.first === i);
    if (boundary && opensClause(sentence, i + 1)) return false;
  }
  return true;
}

/** Whether a statement of its own begins at a word that follows a comma or a joining word. */
function opensClause(sentence: ScannedSentence, at: number): boolean {
  const { words, marks } = sentence;
  const ahead = marks.filter((m) => m.first >= at);
  if (ahead.some((m) => m.first === at && m.alternative)) return false;
  const opener = ahead.some((m) => m.first === at && (m.opener || m.triggers?.some((t) => t.says === 'uncertain')));
  for (let i = at; i < words.length; i++) {
    const word = words[i]!;
    if (endsSentence(sentence, i)) return opener;
    const mark = ahead.find((m) => m.first === i);
    if (mark?.alternative) return false;
    if (mark?.verb) return !ahead.some((m) => m.perceived && m.first >= mark.end && m.first <= mark.end + 1);
    if ((word === ',' || word === '，') && !opener) return false;
  }
  return opener;
}

/** Whether nothing between a mention and a trigger behind it ends the trigger's reach. */
function openBackward(sentence: ScannedSentence, mark: Mark, says: Saying, from: number): boolean {
  const { words, marks } = sentence;
  const to = mark.first;
  for (let i = from; i < to; i++) if (endsSentence(sentence, i)) return false;
  let list = false;
  for (const between of marks) {
    if (between.first < from || between.end > to) continue;
    if (stopsSaying(between, says)) return false;
    if (between.alternative || between.join) list = true;
    if (between.verb && between.end < to) return false;
  }
  for (let i = from; i < to; i++) if ((words[i] === ',' || words[i] === '，') && !list) return false;
  return true;
}

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
