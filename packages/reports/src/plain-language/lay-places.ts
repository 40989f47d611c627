import type { PlainWording } from './wording.ts';
import { bothSides } from './wording.ts';

/** A site to be named, with its part where a reader gave one. */
export interface LaySite {
  readonly site: string;
  readonly part?: string | undefined;
}

/** One item of a list of places, and the sites that it stands for. */
export interface LayPlace {
  readonly text: string;
  readonly sites: readonly string[];
}

const rangeFrom = 3;

/**
 * Names sites in a patient's words, in the order of the pack: regions that are given whole, neighbours of a series
 * together, both sides together. Every given site stands in exactly one item, and no item stands for another site.
 */
export function layPlaces(
  given: readonly LaySite[],
  wording: PlainWording,
  kind: 'whole' | 'negative',
  order: readonly string[],
): LayPlace[] {
  const open = new Set(given.filter(({ part }) => part === undefined).map(({ site }) => site));
  const items: LayPlace[] = [];
  const parts = given.filter((one): one is Required<LaySite> & { part: string } => one.part !== undefined);
  for (const { site, part } of parts) {
    const [place] = layPlaces([{ site }], wording, kind, order);
    items.push({ text: fill(wording.text.part, { place: place?.text ?? site, part }), sites: [site] });
  }
  for (const region of wording.places.regions) {
    const name = region[kind];
    const sites = region.sites.flatMap((site) => (isPaired(site, wording) ? bothSides(site) : [site]));
    if (name === undefined || !sites.every((site) => open.has(site))) continue;
    for (const site of sites) open.delete(site);
    items.push({ text: name, sites });
  }
  for (const series of wording.places.series) items.push(...takeSeries(open, series, wording));
  items.push(...takeNamed(open, wording));
  const rank = new Map(order.map((site, index) => [site, index]));
  const first = ({ sites }: LayPlace): number => Math.min(...sites.map((site) => rank.get(site) ?? order.length));
  return items.sort((a, b) => first(a) - first(b));
}

type Series = PlainWording['places']['series'][number];

function takeSeries(open: Set<string>, series: Series, wording: PlainWording): LayPlace[] {
  const indicesOf = (suffix: string): number[] =>
    series.sites.flatMap((site, index) => (open.delete(site + suffix) ? [index] : []));
  const item = (indices: readonly number[], suffixes: readonly string[], form: string, side = ''): LayPlace[] => {
    if (indices.length === 0) return [];
    const list = joined(runs(indices, series), wording);
    const sites = indices.flatMap((index) => suffixes.map((suffix) => `${series.sites[index]}${suffix}`));
    return [{ text: fill(form, { list, side }), sites }];
  };
  const formOf = (indices: readonly number[]): string => (indices.length === 1 ? series.one : series.many);
  if (!series.paired) {
    const indices = indicesOf('');
    return item(indices, [''], formOf(indices));
  }
  const right = indicesOf('-right');
  const left = indicesOf('-left');
  const shared = series.both === undefined ? [] : right.filter((index) => left.includes(index));
  const only = (indices: readonly number[]): number[] => indices.filter((index) => !shared.includes(index));
  const { sides } = wording.places;
  return [
    ...item(shared, ['-right', '-left'], series.both ?? ''),
    ...item(only(right), ['-right'], formOf(only(right)), sides.right),
    ...item(only(left), ['-left'], formOf(only(left)), sides.left),
  ];
}

/** [3, 4, 5, 8] → "L4 to L6", "L9" */
function runs(indices: readonly number[], { labels, range }: Series): string[] {
  const found: number[][] = [];
  for (const index of indices) {
    const run = found.at(-1);
    if (run && run.at(-1) === index - 1) run.push(index);
    else found.push([index]);
  }
  return found.flatMap((run) => {
    const names = run.map((index) => labels[index] ?? '');
    if (run.length < rangeFrom) return names;
    return [fill(range, { first: names[0] ?? '', last: names.at(-1) ?? '' })];
  });
}

function takeNamed(open: ReadonlySet<string>, wording: PlainWording): LayPlace[] {
  const { single, paired, sides } = wording.places;
  const items = new Map<string, LayPlace>();
  for (const site of open) {
    const [, base = site, side] = /^(.*)-(right|left)$/.exec(site) ?? [];
    const names = side === undefined ? undefined : paired[base];
    if (!names) items.set(site, { text: single[site] ?? site, sites: [site] });
    else if (bothSides(base).every((one) => open.has(one)))
      items.set(base, { text: names.both, sites: bothSides(base) });
    else items.set(site, { text: fill(names.one, { side: sides[side as 'right' | 'left'] }), sites: [site] });
  }
  return [...items.values()];
}

const isPaired = (site: string, { places }: PlainWording): boolean =>
  site in places.paired || places.series.some((series) => series.paired && series.sites.includes(site));

/** "a", "a and b", "a, b and c". */
export function joined(parts: readonly string[], { text: { comma, and } }: PlainWording): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(comma)}${and}${parts.at(-1)}`;
}

/** Fills `{name}` places of a phrase. */
export const fill = (phrase: string, values: Readonly<Record<string, string>>): string =>
  phrase.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
