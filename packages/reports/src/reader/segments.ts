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
    const next = item.kind === 'dash' && isSpacedDash(items, index) ? 'comma' : delimiters[item.kind];
    if (next === undefined) current.push(item);
    else {
      close();
      if (strength.indexOf(next) > strength.indexOf(delimiter)) delimiter = next;
    }
  }
  close();
  return segments;
}

function isSpacedDash(items: readonly Item[], index: number): boolean {
  const dash = items[index]!;
  const before = items[index - 1];
  const after = items[index + 1];
  return before !== undefined && after !== undefined && before.end < dash.start && dash.end < after.start;
}
