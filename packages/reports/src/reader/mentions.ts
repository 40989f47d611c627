import type { Item } from './lexer.ts';
import type { Lexicon, RegionEntry } from './lexicon.ts';
import { upToRecommendation } from './recommendation.ts';
import type { Segment } from './segments.ts';
import { isMention } from './segments.ts';

export type Side = 'right' | 'left' | 'both';

/** A place that a proposition speaks of. */
export interface Mention {
  readonly item: Item;
  readonly segment: Segment;
  /** Bases of the sites named one by one; empty for a region. */
  readonly bases: readonly string[];
  /** Region name and its bases, for a region. */
  readonly region?: string | undefined;
  readonly focal?: string | undefined;
  readonly extraosseous?: string | undefined;
  /** The whole skeleton, or what is left of it. */
  readonly global: boolean;
  side: Side | undefined;
  /** Whether the side stands with the mention itself, or was carried from an earlier one. */
  direct: boolean;
  readonly plural: boolean;
  readonly or: boolean;
  /** A place implied by a word for a cause ("shin splints"). */
  readonly soft: boolean;
}

/** Reads the places of one segment, with their sides; `carried` is the side in force, and is returned as left behind. */
export function mentionsIn(
  segment: Segment,
  lexicon: Lexicon,
  carried: Side | undefined,
  earlier: readonly Mention[],
): { mentions: readonly Mention[]; carried: Side | undefined } {
  const mentions: Mention[] = [];
  let pending: Side | undefined;
  let side = carried;
  const { items } = segment;
  const stated = upToRecommendation(items).length;
  for (const [index, item] of items.entries()) {
    if (index >= stated && item.kind !== 'extraosseous') continue;
    if (item.kind === 'side') {
      const value = item.value as Side;
      if (isCompared(items, index)) continue;
      if (value === 'both' && (pending === 'right' || pending === 'left')) continue;
      if (
        items.slice(index + 1, index + 40).some((x) => isMention(x) && x.kind !== 'skeleton' && x.kind !== 'restNoun')
      )
        pending = value;
      else {
        // A side after its place goes back to the places that have none yet.
        const back = mentions.length === 0 ? earlier : earlier.filter((m) => m.side === undefined && !m.region);
        const open = [...back, ...mentions].filter((m) => !m.direct && !m.global);
        for (const mention of open) {
          mention.side = value;
          mention.direct = true;
        }
        if (open.length === 0 || mentions.length === 0) side = value;
      }
      continue;
    }
    if (!isMention(item)) continue;
    // "The rest of the skull shows a normal tracer distribution"
    if (item.kind === 'globalNormal' && mentions.some((m) => !m.global && m.extraosseous === undefined)) continue;
    const landmark = landmarkAt(items, index, mentions.length);
    if (landmark !== undefined) {
      if (landmark === 'before') pending = undefined;
      continue;
    }
    const own = item.side ?? pending;
    if (own !== undefined) side = own;
    const mention = mentionOf(item, segment, lexicon, own, side);
    const part = mentions.at(-1);
    if (part && isPartOf(items, part.item, index)) {
      if (part.global) mentions.pop();
      else if (part.region !== undefined) {
        mentions.pop();
        mentions.push(narrowed(part, mention));
        pending = undefined;
        continue;
      } else {
        // "medial malleolus of the left ankle": the part is meant, and has the side of the whole.
        if (own !== undefined && !part.direct) {
          part.side = own;
          part.direct = true;
        }
        pending = undefined;
        continue;
      }
    }
    mentions.push(mention);
    // A side goes on to the next place of the list, but does not stand beside it.
    pending = undefined;
  }
  return { mentions: withoutHeadings(mentions, segment), carried: side };
}

/** "Left ilium near the sacroiliac joint", "薦髂關節旁之髂骨": a place that only says where the other one is. */
function landmarkAt(items: readonly Item[], index: number, found: number): 'before' | 'after' | undefined {
  // ", higher than the sacrum"
  let at = index - 1;
  while (at >= 0 && (items[at]!.kind === 'aspect' || items[at]!.value === 'that')) at--;
  const previous = items[at];
  if (previous?.value === 'than' && (previous.kind === 'comparative' || previous.kind === 'word')) {
    const { value } = items[index]!;
    if (!items.slice(0, at).some((x) => x.value === value && isMention(x))) return 'before';
  }
  // "Chest CT of May": the region only says of what.
  if (items[index]!.kind === 'region' && items[index + 1]?.kind === 'modality') return 'after';
  const later = items.slice(index + 1).some(isMention);
  if (found === 0 && !later) return undefined;
  let i = index - 1;
  while (i >= 0 && ['aspect', 'side', 'partWord'].includes(items[i]!.kind)) i--;
  if (items[i]?.kind === 'near' && items[i]!.value === 'before') return 'before';
  const next = items[index + 1];
  return later && next?.kind === 'near' && next.value === 'after' ? 'after' : undefined;
}

/** "Long bones of the arms" are the long bones among the arms; "vertebrae of the spine" only say it twice. */
function narrowed(part: Mention, whole: Mention): Mention {
  const both = part.bases.filter((base) => whole.bases.includes(base));
  if (both.length === 0 || both.length >= whole.bases.length) return whole;
  return { ...whole, bases: both };
}

/** Whether a place and the one at `index` are joined by "of" ("head of the 2nd metatarsal of the right foot"). */
function isPartOf(items: readonly Item[], part: Item, index: number): boolean {
  if (items[index]!.kind === 'extraosseous') return false;
  let joined = false;
  for (let i = index - 1; i >= 0 && items[i] !== part; i--) {
    const { kind, value } = items[i]!;
    if (kind === 'aspect' && value === 'of') joined = true;
    else if (kind !== 'aspect' && kind !== 'side' && kind !== 'all') return false;
  }
  return joined && part.kind !== 'extraosseous';
}

/** "right greater than left", "以右側為著": a side that is only compared names no other place. */
function isCompared(items: readonly Item[], index: number): boolean {
  // "Right knee > left knee": both places are named.
  const next = items[index + 1];
  if (next && isMention(next) && items.slice(0, index).some(isMention)) return false;
  for (let i = Math.max(0, index - 2); i <= index + 2; i++)
    if (items[i]?.kind === 'comparative' && !(i > index && items.slice(index, i).some(isMention))) return true;
  return false;
}

interface Members {
  readonly members: readonly string[];
  /** Whether all of them have a side. */
  readonly paired: boolean;
}

/** Worked out once for each region of a lexicon. */
const knownMembers = new WeakMap<RegionEntry, Members>();

function membersOf(entry: RegionEntry, lexicon: Lexicon): Members {
  const known = knownMembers.get(entry);
  if (known) return known;
  const members = new Set(entry.bases);
  for (const region of entry.regions) for (const base of lexicon.regions.get(region)?.bases ?? []) members.add(base);
  const made = { members: [...members], paired: [...members].every((base) => lexicon.paired.has(base)) };
  knownMembers.set(entry, made);
  return made;
}

function mentionOf(
  item: Item,
  segment: Segment,
  lexicon: Lexicon,
  own: Side | undefined,
  carried: Side | undefined,
): Mention {
  const { sense } = item;
  const common = { item, segment, or: item.or ?? false, direct: own !== undefined };
  if (item.kind === 'place')
    return { ...common, bases: item.bases!, global: false, side: own ?? carried, plural: false, soft: false };
  if (item.kind === 'site') {
    const entry = sense!.site!;
    const soft = segment.items.some((x) => x.kind === 'nature' && x.start === item.start);
    const both = entry.side ?? (entry.bare && entry.plural && !entry.multi && own === undefined ? 'both' : undefined);
    return {
      ...common,
      bases: entry.bases.length === 1 ? [item.value] : entry.bases,
      global: false,
      side: both ?? own ?? carried,
      plural: entry.plural,
      soft,
    };
  }
  if (item.kind === 'region') {
    const { regions, bases } = sense!.region!;
    const { members, paired } = membersOf(sense!.region!, lexicon);
    return {
      ...common,
      bases: members,
      region: regions.length === 1 && bases.length === 0 ? regions[0] : regions.join('+'),
      focal: regions.length === 1 ? lexicon.regions.get(regions[0]!)?.focal : undefined,
      global: false,
      // A side goes on to ribs and limbs, but not to the spine or the pelvis.
      side: own ?? (paired ? carried : undefined),
      plural: true,
      soft: false,
    };
  }
  return {
    ...common,
    bases: [],
    extraosseous: item.kind === 'extraosseous' ? item.value : undefined,
    global: item.kind !== 'extraosseous',
    side: own,
    plural: true,
    soft: false,
  };
}

/** A site of the region, or a smaller region in it ("vertebrae of the thoracic spine"). */
export function isInside(inner: Mention, region: Mention): boolean {
  if (inner.region === undefined) return inner.bases.some((base) => region.bases.includes(base));
  return inner.bases.length < region.bases.length && inner.bases.every((base) => region.bases.includes(base));
}

/** A region is only a heading where a site inside it is named beside it ("the thoracic spine at T8"). */
function withoutHeadings(mentions: readonly Mention[], segment: Segment): readonly Mention[] {
  if (mentions.length < 2 || segment.items.some((x) => x.kind === 'include')) return mentions;
  // "All vertebrae from T5 to L3" are those; "all vertebrae and T5" are all.
  if (segment.items.some((x) => x.kind === 'all'))
    return mentions.filter((m, n) => {
      const next = mentions[n + 1];
      const between = next
        ? segment.items.slice(segment.items.indexOf(m.item) + 1, segment.items.indexOf(next.item))
        : [];
      return !(
        m.region !== undefined &&
        next &&
        isInside(next, m) &&
        between.some((x) => x.kind === 'likelihood' || (x.kind === 'word' && /^(from|between)$/.test(x.value)))
      );
    });
  return mentions.filter(
    (m) => m.region === undefined || m.region.includes('+') || !mentions.some((n) => n !== m && isInside(n, m)),
  );
}
