import type { Item } from './lexer.ts';
import type { Lexicon } from './lexicon.ts';

/** Turns numbered sites into places: levels, ranges, lists, ordinals with their noun ("left 3rd and 5th-7th ribs"). */
export function withPlaces(given: readonly Item[], lexicon: Lexicon, afterRibs = false): Item[] {
  const items = withoutSideBrackets(given);
  const out: Item[] = [];
  const heading = items[1]?.kind === 'colon' || items[1]?.kind === 'dash' ? items[0]!.sense?.region?.level : undefined;
  // "The ribs are normal but for the left 9th": a side and an ordinal after ribs are a rib.
  let ribs = afterRibs;
  let i = 0;
  while (i < items.length) {
    const item = items[i]!;
    let next = i;
    ribs ||= item.sense?.region?.level === 'rib';
    if (item.kind === 'level') next = levelRun(items, i, lexicon, out);
    else if (item.kind === 'number') {
      next = numbersThenNoun(items, i, lexicon, out);
      const under = heading ?? (ribs && isSided(items, i) ? 'rib' : undefined);
      const sided = heading !== undefined && items[i - 1]?.kind === 'side';
      // "Both first metatarsophalangeal joints": the ordinal is that of the noun after it.
      const numbersSite = items[i + 1]?.kind === 'site';
      if (next === i && under !== undefined && (item.ordinal || sided) && !numbersSite)
        next = numbersUnderHeading(items, i, under, lexicon, out);
    } else if (item.kind === 'region' && item.sense?.region?.level !== undefined)
      next = nounThenNumbers(items, i, lexicon, out);
    else if (item.kind === 'partWord') next = partOf(items, i, lexicon, out);
    if (next > i) {
      i = withItsNoun(items, next, out, lexicon);
      joinRange(out, lexicon);
    } else {
      out.push(item);
      i++;
    }
  }
  return remainders(out);
}

/** "(R) 5th rib, (L) femur": a side in brackets is a side. */
function withoutSideBrackets(items: readonly Item[]): readonly Item[] {
  const bracketed = (i: number): boolean =>
    items[i]?.kind === 'open' && items[i + 1]?.kind === 'side' && items[i + 2]?.kind === 'close';
  if (!items.some((_, i) => bracketed(i))) return items;
  return items.filter((_, i) => !bracketed(i) && !bracketed(i - 2));
}

/** A side stands before the number, or before the colon before it ("Left-sided: 3rd through 7th"). */
const isSided = (items: readonly Item[], i: number): boolean =>
  items[i - 1]?.kind === 'side' || (items[i - 1]?.kind === 'colon' && items[i - 2]?.kind === 'side');

/** "余椎体", "elsewhere in the spine": what is left is left of the place that follows. */
function remainders(items: Item[]): Item[] {
  for (const [index, item] of items.entries()) {
    // "The shin bones"
    const before = items[index - 1];
    if (item.kind === 'skeleton' && before?.kind === 'site' && item.start - before.end <= 1)
      items[index] = { ...item, kind: 'partWord', value: 'part' };
    if (item.kind !== 'restNoun') continue;
    const next = items.slice(index + 1, index + 6).find((x) => !isBetween(x));
    if (next && ['site', 'place', 'region', 'skeleton'].includes(next.kind)) items[index] = { ...item, kind: 'rest' };
  }
  return items;
}

const isBetween = (item: Item): boolean =>
  ['aspect', 'partWord', 'all', 'side'].includes(item.kind) ||
  (item.kind === 'word' && /^(in|within|along|throughout)$/.test(item.value));

/** "T4 vertebral body", "L5/S1 facet joints", "L3腰椎": a noun for vertebrae after a level only says it again. */
function withItsNoun(items: readonly Item[], next: number, out: Item[], lexicon: Lexicon): number {
  const made = out.at(-1);
  const noun = items[next];
  if (made?.kind !== 'place' || noun?.kind !== 'region') return next;
  const again = noun.sense!.region!.regions.every((region) => {
    const bases = lexicon.regions.get(region)?.bases;
    // The sacrum closes the row of vertebrae: "L5/S1 facet joints".
    const inRow = (base: string): boolean =>
      bases!.has(base) || bases!.has(lexicon.series[(lexicon.seriesIndex.get(base) ?? 0) - 1] ?? '');
    return bases !== undefined && made.bases!.some(inRow);
  });
  if (!again) return next;
  out[out.length - 1] = { ...made, end: noun.end };
  return next + 1;
}

const isRange = (item: Item | undefined): boolean => item?.kind === 'dash' || item?.kind === 'range';
const isList = (item: Item | undefined): boolean =>
  item?.kind === 'comma' || item?.kind === 'and' || item?.kind === 'slash' || item?.kind === 'versus';

function baseOfLevel(lexicon: Lexicon, level: string, number: number): string | undefined {
  const known = lexicon.levels.get(level);
  if (!known || !Number.isInteger(number) || number < 1 || number > known.count) return undefined;
  return known.all ?? `${known.prefix}${number}`;
}

function between(lexicon: Lexicon, from: string, to: string): string[] {
  const a = lexicon.seriesIndex.get(from);
  const b = lexicon.seriesIndex.get(to);
  if (a === undefined || b === undefined || b < a) return [from, to];
  return lexicon.series.slice(a, b + 1);
}

const place = (first: Item, last: Item, bases: readonly string[], more: Partial<Item> = {}): Item => ({
  kind: 'place',
  value: bases[0] ?? '',
  start: first.start,
  end: last.end,
  bases: [...new Set(bases)],
  ...more,
});

/** "L3, 4 and 5", "T11-L2", "L4/5", "C5-Th1": bare numbers go on with the level before them while they ascend. */
function levelRun(items: readonly Item[], start: number, lexicon: Lexicon, out: Item[]): number {
  const first = items[start]!;
  const bases = [baseOfLevel(lexicon, first.value, first.number!)!];
  let level = first.value;
  let number = first.number!;
  let end = start;
  let or = false;
  for (let i = start + 1; i < items.length; ) {
    let at = i + 1;
    while (isList(items[i]) && (items[at]?.kind === 'and' || items[at]?.kind === 'versus')) at++;
    const next = items[at];
    if (!next) break;
    if (isRange(items[i])) {
      if (next.kind === 'level') {
        const to = baseOfLevel(lexicon, next.value, next.number!)!;
        bases.push(...between(lexicon, bases.at(-1)!, to));
        level = next.value;
      } else if (next.kind === 'number' && !next.ordinal && next.number! > number) {
        const to = baseOfLevel(lexicon, level, next.number!);
        if (to === undefined) break;
        bases.push(...between(lexicon, bases.at(-1)!, to));
      } else break;
    } else if (isList(items[i])) {
      const alternative = items[i]!.kind === 'versus' || items[at - 1]!.kind === 'versus';
      if (next.kind === 'level' && alternative) {
        bases.push(baseOfLevel(lexicon, next.value, next.number!)!);
        level = next.value;
      } else if (next.kind === 'number' && !next.ordinal && next.number! > number) {
        const base = baseOfLevel(lexicon, level, next.number!);
        if (base === undefined || countsSomethingElse(items, at)) break;
        bases.push(base);
      } else break;
      or ||= alternative;
    } else break;
    number = next.number!;
    end = at;
    i = at + 1;
  }
  out.push(place(first, items[end]!, bases, or ? { or } : {}));
  return end + 1;
}

/** Whether the number at `at` belongs to a unit, a count or a noun of its own ("L3, 4 cm", "L3, 5-7 ribs"). */
function countsSomethingElse(items: readonly Item[], at: number): boolean {
  const after = items[at + 1];
  if (after?.kind === 'unit') return true;
  for (let i = at + 1; i < Math.min(items.length, at + 14); i++) {
    const { kind, sense } = items[i]!;
    if (kind === 'region' && sense?.region?.level === 'rib') return true;
    if (!['number', 'dash', 'range', 'and', 'comma', 'slash', 'aspect', 'side'].includes(kind)) return false;
  }
  return false;
}

interface NumberGroup {
  from: number;
  to: number;
  side: 'right' | 'left' | 'both' | undefined;
  or: boolean;
  start: number;
  end: number;
}

/** "right 2nd and left 3rd ribs", "第四、第九胸椎": numbers wait for the noun that they number. */
function numbersThenNoun(items: readonly Item[], start: number, lexicon: Lexicon, out: Item[]): number {
  const groups: NumberGroup[] = [];
  let side: NumberGroup['side'];
  let range = false;
  let or = false;
  const limit = Math.min(items.length, start + 60);
  for (let i = start; i < limit; i++) {
    const item = items[i]!;
    const level = item.kind === 'region' ? item.sense?.region?.level : undefined;
    if (level !== undefined) {
      // "4th and 5th right ribs": a side just before the noun is that of the numbers before it.
      if (items[i - 1]?.kind === 'side') for (const group of groups) group.side ??= side;
      for (const group of merged(groups)) {
        const bases: string[] = [];
        for (const entry of group) {
          const a = baseOfLevel(lexicon, level, entry.from);
          const b = baseOfLevel(lexicon, level, entry.to);
          if (a === undefined || b === undefined) return start;
          bases.push(...(entry.from === entry.to ? [a] : between(lexicon, a, b)));
        }
        const last = group.at(-1)!;
        const { side: own } = group[0]!;
        out.push(
          place(items[group[0]!.start]!, groups.at(-1) === last ? item : items[last.end]!, bases, {
            ...(group.some((g) => g.or) ? { or: true } : {}),
            ...(own === undefined ? {} : { side: own }),
          }),
        );
      }
      return i + 1;
    }
    if (item.kind === 'number') {
      if (range && groups.length > 0) {
        groups.at(-1)!.to = item.number!;
        groups.at(-1)!.end = i;
      } else groups.push({ from: item.number!, to: item.number!, side, or, start: i, end: i });
      if (or && groups.length > 1) groups.at(-2)!.or = groups.at(-1)!.or = true;
      range = false;
      or = false;
    } else if (isRange(item)) range = items[i - 1]?.kind === 'number' || range;
    else if (item.kind === 'versus') or = true;
    else if (item.kind === 'side') side = item.value as 'right' | 'left' | 'both';
    else if (!['and', 'comma', 'slash', 'aspect'].includes(item.kind)) return start;
  }
  return start;
}

/** "Ribs: uptake in the left 6th and right 10th": the heading is the noun of the ordinals. */
function numbersUnderHeading(
  items: readonly Item[],
  start: number,
  level: string,
  lexicon: Lexicon,
  out: Item[],
): number {
  const bases: string[] = [];
  let end = start;
  const { ordinal } = items[start]!;
  for (
    let i = start;
    items[i]?.kind === 'number' && (ordinal || !items[i]!.ordinal) && items[i + 1]?.kind !== 'unit';
  ) {
    const base = baseOfLevel(lexicon, level, items[i]!.number!);
    if (base === undefined) break;
    bases.push(...(isRange(items[i - 1]) && bases.length > 0 ? between(lexicon, bases.at(-1)!, base) : [base]));
    end = i;
    i++;
    if (isRange(items[i]) || isList(items[i])) i++;
    else break;
  }
  if (bases.length === 0) return start;
  out.push(place(items[start]!, items[end]!, bases));
  return end + 1;
}

/** Neighbouring groups with the same side become one place. */
function merged(groups: readonly NumberGroup[]): NumberGroup[][] {
  const out: NumberGroup[][] = [];
  for (const group of groups) {
    const last = out.at(-1);
    if (last && last[0]!.side === group.side) last.push(group);
    else out.push([group]);
  }
  return out;
}

/**
 * "ribs 4 through 6", "胸椎第8、9節", "ribs on the left (4, 6) and right (3rd, 5th)": numbers after the noun that they
 * number, in groups by side; "thoracic spine at T8" names only the level.
 */
function nounThenNumbers(items: readonly Item[], start: number, lexicon: Lexicon, out: Item[]): number {
  const noun = items[start]!;
  const level = noun.sense!.region!.level!;
  const first = firstNumber(items, start);
  if (first === undefined) return start;
  if (items[first]!.kind === 'level') return items[first]!.value === level ? first : start;
  const groups: NumberGroup[] = [];
  let side: NumberGroup['side'];
  for (let i = start + 1; i < first; i++) if (items[i]!.kind === 'side') side = items[i]!.value as NumberGroup['side'];
  let range = false;
  let or = false;
  let last = 0;
  for (let i = first; i < Math.min(items.length, start + 60); i++) {
    const item = items[i]!;
    if (item.kind === 'number') {
      if (baseOfLevel(lexicon, level, item.number!) === undefined || item.number! <= last) break;
      if (items[i + 1]?.kind === 'unit') break;
      if (range && groups.length > 0) {
        groups.at(-1)!.to = item.number!;
        groups.at(-1)!.end = i;
      } else groups.push({ from: item.number!, to: item.number!, side, or, start: i, end: i });
      if (or && groups.length > 1) groups.at(-2)!.or = groups.at(-1)!.or = true;
      last = item.number!;
      range = false;
      or = false;
    } else if (item.kind === 'level' && item.value === 'lumbar' && side === 'right' && level === 'rib') {
      // "Ribs R3, R4, L5"
      side = 'left';
      last = item.number!;
      groups.push({ from: last, to: last, side, or, start: i, end: i });
    } else if (isRange(item)) range = items[i - 1]?.kind === 'number';
    else if (item.kind === 'versus') or = true;
    else if (item.kind === 'side') {
      // A side that no number follows belongs to what comes next.
      const next = items.slice(i + 1, i + 4).find((x) => x.kind !== 'open' && !isFiller(x));
      if (next?.kind !== 'number') break;
      side = item.value as NumberGroup['side'];
      last = 0;
    } else if (!['and', 'comma', 'slash', 'open', 'close', 'aspect', 'semicolon'].includes(item.kind)) break;
  }
  const end = groups.at(-1)?.end;
  if (end === undefined) return start;
  const following = items.slice(end + 1, end + 4).find((x) => x.kind !== 'aspect' && x.kind !== 'side');
  if (following?.kind === 'region' && following.sense?.region?.level !== undefined) return start;
  // "Rib uptake: right 4, left 10": the word between is what is said of them.
  for (const item of items.slice(start + 1, first))
    if (item.kind === 'uptake' || item.kind === 'lesion') out.push(item);
  for (const group of merged(groups)) {
    const bases = group.flatMap(({ from, to }) =>
      between(lexicon, baseOfLevel(lexicon, level, from)!, baseOfLevel(lexicon, level, to)!),
    );
    const { side: own } = group[0]!;
    const from = group[0] === groups[0] ? noun : items[group[0]!.start]!;
    out.push(
      place(from, items[group.at(-1)!.end]!, bases, {
        ...(group.some((g) => g.or) ? { or: true } : {}),
        ...(own === undefined ? {} : { side: own }),
      }),
    );
  }
  return end + 1;
}

/** The index of the number that a noun introduces, past brackets, a colon, a side and words like "number". */
function firstNumber(items: readonly Item[], start: number): number | undefined {
  let introduced = false;
  for (let i = start + 1; i < Math.min(items.length, start + 7); i++) {
    const item = items[i]!;
    if (item.kind === 'level') return items.slice(start, i).some((x) => x.kind === 'colon') ? undefined : i;
    if (item.kind === 'number') return introduced || i === start + 1 ? i : undefined;
    if (item.kind === 'open' || /^(number|no|nos|#|at)$/.test(item.value)) introduced = true;
    else if (item.kind === 'side' && items[i + 1]?.kind === 'number') introduced = true;
    else if (item.kind === 'comma' && items[i + 1]?.kind !== 'side') return undefined;
    else if ((item.kind === 'uptake' || item.kind === 'lesion') && i === start + 1) continue;
    else if (!isFiller(item) && item.kind !== 'colon' && item.kind !== 'side' && item.kind !== 'comma')
      return undefined;
  }
  return undefined;
}

const isFiller = (item: Item | undefined): boolean =>
  item?.kind === 'aspect' || (item?.kind === 'word' && /^(at|number|no|nos|#|of)$/.test(item.value));

/** "head of the left femur" is a site of its own. */
function partOf(items: readonly Item[], start: number, lexicon: Lexicon, out: Item[]): number {
  const remap = lexicon.remaps.get(items[start]!.value);
  if (!remap) return start;
  for (let i = start + 1; i < Math.min(items.length, start + 4); i++) {
    const item = items[i]!;
    const target = item.kind === 'site' ? remap.get(item.value) : undefined;
    if (target !== undefined) {
      out.push(...items.slice(start + 1, i), {
        ...item,
        value: target,
        sense: { ...item.sense!, site: { ...item.sense!.site!, bases: [target] } },
      });
      return i + 1;
    }
    if (item.kind !== 'side' && item.kind !== 'aspect') return start;
  }
  return start;
}

/** Two ribs, or two vertebrae. */
const inOneSeries = (a: Item, b: Item, lexicon: Lexicon): boolean =>
  [...a.bases!, ...b.bases!].every((base) => lexicon.paired.has(base) === lexicon.paired.has(a.bases![0]!));

/** "第5颈椎至第1胸椎", "4th rib to 7th rib": two places with a range word between them are one. */
function joinRange(out: Item[], lexicon: Lexicon): void {
  const sided = out.at(-2)?.kind === 'side' && out.at(-3)?.kind === 'versus';
  const [a, range, b] = sided ? [out.at(-4), out.at(-3), out.at(-1)] : out.slice(-3);
  if (a?.kind !== 'place' || b?.kind !== 'place') return;
  // "左側第十肋骨或第十一肋骨", "right 4th rib or right 5th rib": alternatives.
  if (range?.kind === 'versus' && inOneSeries(a, b, lexicon)) {
    const side = sided ? (out.at(-2)!.value as 'right' | 'left' | 'both') : b.side;
    const before = a.side ?? (out.at(sided ? -5 : -4)?.kind === 'side' ? out.at(sided ? -5 : -4)!.value : undefined);
    if (side !== undefined && side !== before) return;
    const more = { or: true, ...(a.side ? { side: a.side } : {}) };
    out.splice(sided ? -4 : -3, sided ? 4 : 3, place(a, b, [...a.bases!, ...b.bases!], more));
    return;
  }
  if (!isRange(range)) return;
  const bases = between(lexicon, a.bases!.at(-1)!, b.bases![0]!);
  if (bases.length < 2) return;
  out.splice(-3, 3, place(a, b, [...a.bases!, ...bases, ...b.bases!], a.side ? { side: a.side } : {}));
}
