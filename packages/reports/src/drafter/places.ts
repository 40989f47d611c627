import type { Nature } from '@radiolect/findings';
import type { DraftTemplate } from './template.ts';
import { fill } from './template.ts';

/** A site to be named, with its part where a reader gave one. */
export interface Place {
  readonly site: string;
  readonly part?: string | undefined;
}

export interface PlaceNaming {
  /** `whole`: regions may stand for all their sites; `negative`: the same in negative wording; `single`: never. */
  readonly regions: 'whole' | 'negative' | 'single';
  readonly nature?: Nature | undefined;
}

const regionsFirst = 10_000;

interface Item {
  readonly rank: number;
  readonly text: string;
  /** Of a paired site by name; its text then lacks the side. */
  readonly side?: 'right' | 'left' | 'both';
}

/** "rib-4-right" → "rib-4"; a midline site is its own base. */
export const baseOf = (site: string): string => site.replace(/-(right|left)$/, '');
const sideOf = (site: string): 'right' | 'left' | undefined => /-(right|left)$/.exec(site)?.[1] as 'right' | undefined;

/** The sites that a template's site list means: a paired site without its side is both. */
export function sitesOfList(list: readonly string[], template: DraftTemplate): string[] {
  const paired = (base: string): boolean =>
    base in template.places.paired || template.places.series.some((s) => s.paired && s.sites.includes(base));
  return list.flatMap((site) => (paired(site) ? [`${site}-right`, `${site}-left`] : [site]));
}

/** Names the places as a physician would: regions, ranges of neighbours, both sides together, in the template's order. */
export function describePlaces(places: readonly Place[], template: DraftTemplate, naming: PlaceNaming): string {
  const open = new Set(places.filter((place) => !place.part).map((place) => place.site));
  const items: Item[] = places
    .filter((place) => place.part)
    .map((place) => ({
      rank: rankOf(place.site, template),
      text: fill(template.text.part, {
        place: describePlaces([{ site: place.site }], template, { ...naming, regions: 'single' }),
        part: place.part ?? '',
      }),
    }));
  if (naming.regions !== 'single') items.push(...takeRegions(open, template, naming.regions));
  items.push(...takeSeries(open, template));
  items.push(...takeNamed(open, template, naming.nature));
  items.sort((a, b) => a.rank - b.rank);
  const { listComma, listAnd, listAndOfMany } = template.text;
  return joined(
    items.map((item, index) => {
      if (!item.side) return item.text;
      // A side carries through the list: "the right ilium, ischium and pubis".
      if (items[index - 1]?.side === item.side) return item.text;
      const { sided, sides } = template.places;
      const side = item.side === 'both' ? '' : sides[item.side];
      return fill(item.side === 'both' ? sided.both : sided.one, { side, name: item.text });
    }),
    listComma,
    items.length > 2 ? listAndOfMany : listAnd,
  );
}

/** The position of a site in the template's order of regions. */
export function rankOf(site: string, template: DraftTemplate): number {
  const index = template.places.order.indexOf(baseOf(site));
  return (index < 0 ? template.places.order.length : index) * 2 + (sideOf(site) === 'left' ? 1 : 0);
}

function takeRegions(open: Set<string>, template: DraftTemplate, kind: 'whole' | 'negative'): Item[] {
  const given = new Set(open);
  return template.places.regions.flatMap((region): Item[] => {
    const name = region[kind];
    const sites = sitesOfList(region.sites, template);
    const still = sites.filter((site) => open.has(site));
    // A region that only repeats what larger ones have named is left out; one that overlaps them may stand.
    if (name === undefined || still.length < Math.min(2, sites.length) || !sites.every((site) => given.has(site)))
      return [];
    for (const site of sites) open.delete(site);
    // Regions go first: behind "the right hand", "the entire pelvis" could be taken for its right half.
    return [{ rank: Math.min(...still.map((site) => rankOf(site, template))) - regionsFirst, text: name }];
  });
}

function takeSeries(open: Set<string>, template: DraftTemplate): Item[] {
  return template.places.series.flatMap((series): Item[] => {
    const indicesWhere = (suffix: string): number[] =>
      series.sites.flatMap((site, index) => (open.delete(site + suffix) ? [index] : []));
    const itemsOf = (indices: readonly number[], side?: 'right' | 'left' | 'both'): Item[] => {
      const runs = runsOf(indices, series);
      if (runs.length === 0) return [];
      if (!series.one || !series.many) return runs;
      const list = joined(
        runs.map((run) => run.text),
        template.text.numberComma,
        template.text.numberAnd,
      );
      const form = side === 'both' && series.both ? series.both : indices.length === 1 ? series.one : series.many;
      const word = side === 'right' || side === 'left' ? template.places.sides[side] : '';
      return [{ rank: rank(indices[0] ?? 0, side === 'left'), text: fill(form, { list, side: word }) }];
    };
    const rank = (index: number, left: boolean): number =>
      rankOf(`${series.sites[index]}${series.paired ? (left ? '-left' : '-right') : ''}`, template);
    const runsOf = (indices: readonly number[], { labels, range, rangeFrom }: typeof series): Item[] =>
      neighbours(indices).flatMap((run): Item[] => {
        const label = (index: number): string => labels[index] ?? '';
        const first = run[0] ?? 0;
        if (run.length < rangeFrom) return run.map((index) => ({ rank: rank(index, false), text: label(index) }));
        const last = run.at(-1) ?? first;
        return [{ rank: rank(first, false), text: fill(range, { first: label(first), last: label(last) }) }];
      });
    if (!series.paired) return itemsOf(indicesWhere(''));
    const right = indicesWhere('-right');
    const left = indicesWhere('-left');
    if (right.length > 0 && right.join() === left.join()) return itemsOf(right, 'both');
    return [...itemsOf(right, 'right'), ...itemsOf(left, 'left')];
  });
}

function takeNamed(open: ReadonlySet<string>, template: DraftTemplate, nature: Nature | undefined): Item[] {
  const done = new Set<string>();
  return [...open].flatMap((site): Item[] => {
    const base = baseOf(site);
    if (done.has(base)) return [];
    const side = sideOf(site);
    const pair = template.places.paired[base];
    if (!side || !pair) return [{ rank: rankOf(site, template), text: template.places.single[site] ?? site }];
    const names = pair.forNatures?.natures.includes(nature ?? 'none') ? pair.forNatures : pair;
    const both = open.has(`${base}-right`) && open.has(`${base}-left`);
    if (both) done.add(base);
    const rank = rankOf(both ? `${base}-right` : site, template);
    return [{ rank, text: both ? names.both : names.one, side: both ? 'both' : side }];
  });
}

/** [1, 2, 3, 7] → [[1, 2, 3], [7]] */
function neighbours(indices: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const index of indices) {
    const run = runs.at(-1);
    if (run && run.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  }
  return runs;
}

function joined(parts: readonly string[], comma: string, and: string): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(comma)}${and}${parts.at(-1)}`;
}
