import type { Item } from './lexer.ts';

/** A stretch of a sentence between two delimiters. */
export interface Segment {
  readonly items: readonly Item[];
  /** The delimiter before it. */
  readonly delimiter:
    | 'start'
    | 'comma'
    | 'semicolon'
    | 'colon'
    | 'open'
    | 'close'
    | 'and'
    | 'or'
    | 'but'
    | 'except'
    | 'with';
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly Item[];
}

const delimiters: Partial<Record<Item['kind'], Segment['delimiter']>> = {
  comma: 'comma',
  semicolon: 'semicolon',
  colon: 'colon',
  open: 'open',
  close: 'close',
  and: 'and',
  slash: 'and',
  versus: 'or',
  but: 'but',
  except: 'except',
  with: 'with',
};
const strength: readonly Segment['delimiter'][] = [
  'start',
  'with',
  'and',
  'or',
  'comma',
  'close',
  'open',
  'colon',
  'but',
  'semicolon',
  'except',
];

const asserting = new Set<Item['kind']>(['uptake', 'lesion', 'nature', 'change', 'normal']);

/** No stretch of sense is longer; a limit keeps the work on endless lines linear. */
const longest = 120;

/** Whether an item names a place, or something outside bone. */
export const isMention = (item: Item): boolean =>
  item.kind === 'site' ||
  item.kind === 'place' ||
  item.kind === 'region' ||
  item.kind === 'skeleton' ||
  item.kind === 'restNoun' ||
  item.kind === 'extraosseous' ||
  item.kind === 'globalNormal';

/** Cuts a sentence at commas, colons, brackets and conjunctions; of several in a row the strongest counts. */
export function segmentsOf(items: readonly Item[]): Segment[] {
  const segments: Segment[] = [];
  let delimiter: Segment['delimiter'] = 'start';
  let current: Item[] = [];
  const close = (): void => {
    if (current.length === 0) return;
    segments.push({
      items: current,
      delimiter,
      start: current[0]!.start,
      end: current.at(-1)!.end,
      mentions: current.filter(isMention),
    });
    current = [];
    delimiter = 'start';
  };
  for (const [index, item] of items.entries()) {
    if (current.length >= longest) close();
    // "… has resolved, as has that in the heel": a pronoun joins nothing.
    const after = items[index + 1];
    const pronoun =
      item.kind === 'with' &&
      (after?.value === 'of' || (after?.kind === 'word' && /^(in|at|of|over)$/.test(after.value)));
    if (pronoun) {
      current.push({ ...item, kind: 'word', value: 'that' });
      continue;
    }
    const next = item.kind === 'dash' && isSpacedDash(items, index) ? 'comma' : delimiters[item.kind];
    // "Photopenia at the left hip without uptake around it": what stands before is not denied.
    if (item.kind === 'negation' && item.value === 'without' && current.some((x) => asserting.has(x.kind))) {
      close();
      delimiter = 'with';
    }
    if (item.kind === 'exceptEnd' && (delimiter === 'except' || segments.at(-1)?.delimiter === 'except')) {
      close();
      delimiter = 'close';
    } else if (item.kind === 'but' && isAllBut(items, index)) {
      close();
      delimiter = 'except';
    } else if (next === undefined) current.push(item);
    else {
      close();
      // "亦有攝取增加": that it is so too is told by the word.
      if (item.kind === 'with' && item.value === 'also') current.push({ ...item, kind: 'word' });
      if (strength.indexOf(next) > strength.indexOf(delimiter)) delimiter = next;
    }
  }
  close();
  return segments;
}

/** "All lumbar vertebrae but L4": an exception. */
function isAllBut(items: readonly Item[], index: number): boolean {
  const next = items.slice(index + 1, index + 4).find((x) => x.kind !== 'aspect' && x.kind !== 'side');
  if (!next || !isMention(next)) return false;
  return items.slice(Math.max(0, index - 5), index).some((x) => x.kind === 'all') && items[index - 1]?.kind !== 'comma';
}

function isSpacedDash(items: readonly Item[], index: number): boolean {
  const dash = items[index]!;
  const before = items[index - 1];
  const after = items[index + 1];
  return before !== undefined && after !== undefined && before.end < dash.start && dash.end < after.start;
}
