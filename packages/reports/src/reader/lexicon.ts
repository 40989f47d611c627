import type { Pack } from '@radiolect/findings';
import { InvalidPackError, packJson } from '@radiolect/findings';
import { z } from 'zod';
import { foldTable } from '../text/fold.ts';
import { isLatinWord, tokenise } from '../text/tokens.ts';

/** What a phrase of the lexicon, or a character of the text, stands for. */
export type Kind =
  | 'site'
  | 'region'
  | 'skeleton'
  | 'restNoun'
  | 'rest'
  | 'extraosseous'
  | 'side'
  | 'all'
  | 'vague'
  | 'uptake'
  | 'lesion'
  | 'abnormal'
  | 'increase'
  | 'decrease'
  | 'negation'
  | 'normal'
  | 'even'
  | 'globalNormal'
  | 'unexcluded'
  | 'doubt'
  | 'versus'
  | 'likelihood'
  | 'unlikely'
  | 'change'
  | 'compare'
  | 'noNew'
  | 'intensity'
  | 'nature'
  | 'pattern'
  | 'history'
  | 'prior'
  | 'recommend'
  | 'modality'
  | 'scan'
  | 'flow'
  | 'delayed'
  | 'notImaged'
  | 'anaphora'
  | 'aspect'
  | 'partWord'
  | 'include'
  | 'namely'
  | 'near'
  | 'comparative'
  | 'separate'
  | 'and'
  | 'but'
  | 'except'
  | 'exceptEnd'
  | 'with'
  | 'range'
  | 'ordinal'
  | 'unit'
  | 'ignore';

/** Sites by base name: the site's id without its side. */
export interface SiteEntry {
  readonly bases: readonly string[];
  readonly plural: boolean;
  /** A plural that may belong to one side ("MTP joints", "carpals"). */
  readonly multi: boolean;
  /** A one-word plural ("knees"), which means both sides even after a carried side. */
  readonly bare: boolean;
  readonly side?: 'both';
}

export interface RegionEntry {
  readonly regions: readonly string[];
  readonly bases: readonly string[];
  /** The level of a numbered series ("thoracic", "rib"), if its sites can be named by number after it. */
  readonly level?: string;
}

/** One meaning of a phrase. `value` is the word of the closed vocabulary, for example "metastatic". */
export interface Sense {
  readonly kind: Kind;
  readonly value: string;
  readonly site?: SiteEntry;
  readonly region?: RegionEntry;
}

export interface TrieNode {
  next: Map<string, TrieNode> | undefined;
  senses: readonly Sense[] | undefined;
}

export interface Level {
  readonly prefix: string;
  readonly count: number;
  readonly region: string;
  readonly all?: string | undefined;
}

/** All lexicons of a pack, compiled for reading. */
export interface Lexicon {
  readonly phrases: TrieNode;
  readonly headers: TrieNode;
  readonly vocabulary: ReadonlySet<string>;
  /** Words of everyday language that look like misspelt words of the lexicon and are not. */
  readonly leftAlone: ReadonlySet<string>;
  readonly levels: ReadonlyMap<string, Level>;
  /** "t", "th", "胸" → "thoracic". */
  readonly levelPrefixes: ReadonlyMap<string, string>;
  /** Order of the numbered sites, for ranges that cross levels. */
  readonly seriesIndex: ReadonlyMap<string, number>;
  readonly series: readonly string[];
  readonly regions: ReadonlyMap<string, { readonly bases: ReadonlySet<string>; readonly focal?: string | undefined }>;
  readonly remaps: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly fold: Uint16Array;
  readonly traditional: ReadonlySet<string>;
  readonly simplified: ReadonlySet<string>;
  readonly sideAbbreviations: ReadonlySet<string>;
  readonly wordAbbreviations: ReadonlySet<string>;
  readonly explaining: ReadonlySet<string>;
  /** Words of causes that are neither wear, injury, surgery nor a benign lesion, folded. */
  readonly otherCauses: readonly string[];
  /** Bases whose sites have a side. */
  readonly paired: ReadonlySet<string>;
}

/** A phrase keeps both meanings where it is a place and a cause ("shin splints") or "symmetric"; else the later stands. */
const twofold: readonly (readonly Kind[])[] = [
  ['site', 'nature'],
  ['side', 'even'],
  ['region', 'notImaged'],
  ['negation', 'side'],
];

const terms = z.array(z.string().min(1));
const siteSchema = z.object({
  sites: terms.min(1),
  terms,
  plurals: terms.optional(),
  multi: z.boolean().optional(),
  side: z.literal('both').optional(),
});
const regionSchema = z.object({ regions: terms.min(1), bases: terms.optional(), level: z.string().optional(), terms });
const languageSchema = z.object({
  language: z.string(),
  headers: z.record(z.string(), terms),
  sites: z.array(siteSchema),
  levelPrefixes: z.record(z.string(), z.string()),
  remaps: z.array(z.object({ part: terms, of: z.record(z.string(), z.string()) })),
  regions: z.array(regionSchema),
  skeleton: terms,
  restNouns: terms,
  rest: terms,
  extraosseous: z.record(z.string(), terms),
  explaining: terms,
  otherCauses: terms,
  words: z.record(z.string(), z.record(z.string(), terms)),
  abbreviations: z.object({ sides: terms, words: terms }),
  plain: terms,
  leftAlone: terms.optional(),
});
const regionsSchema = z.object({
  series: z.array(
    z.object({
      name: z.string(),
      sites: terms,
      levels: z.record(
        z.string(),
        z.object({ prefix: z.string(), count: z.number().int(), region: z.string(), all: z.string().optional() }),
      ),
    }),
  ),
  regions: z.record(
    z.string(),
    z.object({
      all: z.boolean().optional(),
      skeleton12: terms.optional(),
      bodyRegion9: terms.optional(),
      regions: terms.optional(),
      bases: terms.optional(),
      without: terms.optional(),
      focal: z.string().optional(),
    }),
  ),
});
const charactersSchema = z.object({ traditional: z.record(z.string(), z.string()) });

/** The site's id without its side: "knee-left" → "knee". */
export const baseOf = (site: string): string => site.replace(/-(right|left)$/, '');

/** Compiles the lexicons of a pack (`lexicon/*.json`). Throws {@link InvalidPackError} naming the file that is wrong. */
export function compileLexicon(pack: Pack): Lexicon {
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(packJson(pack.name, pack.files, file));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new InvalidPackError(pack.name, file, `does not follow its form: ${issue?.path.join('.')} ${issue?.message}`);
  };
  const characters = read('lexicon/characters.json', charactersSchema).traditional;
  const fold = foldTable(characters);
  const phrases: TrieNode = { next: undefined, senses: undefined };
  const headers: TrieNode = { next: undefined, senses: undefined };
  const vocabulary = new Set<string>();
  const leftAlone = new Set<string>();
  const explaining = new Set<string>();
  const otherCauses: string[] = [];
  const sideAbbreviations = new Set<string>();
  const wordAbbreviations = new Set<string>();
  const remaps = new Map<string, Map<string, string>>();
  const levelPrefixes = new Map<string, string>();
  const addTo = (trie: TrieNode, term: string, sense: Sense): void => {
    let node = trie;
    for (const word of tokenise(term, fold).texts) {
      if (word === '-') continue;
      if (isLatinWord(word)) vocabulary.add(word);
      node.next ??= new Map();
      const child = node.next.get(word) ?? { next: undefined, senses: undefined };
      node.next.set(word, child);
      node = child;
    }
    const known = node.senses?.length === 1 ? node.senses[0]!.kind : sense.kind;
    const both = twofold.some((pair) => known !== sense.kind && pair.includes(known) && pair.includes(sense.kind));
    // The same words in another spelling ("below-knee").
    const again = node.senses !== undefined && node.senses.length > 1 && node.senses.some((s) => s.kind === sense.kind);
    if (!again) node.senses = both ? [...node.senses!, sense] : [sense];
  };
  const files = [...pack.files.keys()].filter(
    (file) => /^lexicon\/[^/]+\.json$/.test(file) && !/(characters|regions)\.json$/.test(file),
  );
  if (files.length === 0) throw new InvalidPackError(pack.name, 'lexicon', 'holds no language');
  for (const file of files) {
    const language = read(file, languageSchema);
    const add = (kind: Kind, value: string, list: readonly string[], more: Partial<Sense> = {}): void => {
      for (const term of list) addTo(phrases, term, { kind, value, ...more });
    };
    for (const [kind, values] of Object.entries(language.words))
      for (const [value, list] of Object.entries(values)) add(kind as Kind, value, list);
    for (const [what, list] of Object.entries(language.extraosseous)) add('extraosseous', what, list);
    for (const entry of language.sites) addSites(entry, language.language === 'en', add);
    // After the sites: "legs" are limbs, though a "leg" is a site.
    for (const entry of language.regions)
      add('region', entry.regions[0]!, entry.terms, {
        region: {
          regions: entry.regions,
          bases: entry.bases ?? [],
          ...(entry.level === undefined ? {} : { level: entry.level }),
        },
      });
    add('skeleton', 'skeleton', language.skeleton);
    add('restNoun', 'rest', language.restNouns);
    add('rest', 'rest', language.rest);
    for (const [section, list] of Object.entries(language.headers))
      for (const term of list) addTo(headers, term, { kind: 'ignore', value: section });
    for (const what of language.explaining) explaining.add(what);
    otherCauses.push(...language.otherCauses);
    for (const word of language.abbreviations.sides) sideAbbreviations.add(word);
    for (const word of language.abbreviations.words) wordAbbreviations.add(word);
    for (const word of language.plain) vocabulary.add(word);
    for (const word of language.leftAlone ?? []) leftAlone.add(word);
    for (const [prefix, level] of Object.entries(language.levelPrefixes)) levelPrefixes.set(prefix, level);
    for (const { part, of } of language.remaps) for (const word of part) remaps.set(word, new Map(Object.entries(of)));
  }
  const { series, regions } = read('lexicon/regions.json', regionsSchema);
  const order = series.flatMap((s) => s.sites);
  return {
    phrases,
    headers,
    vocabulary,
    leftAlone,
    levels: new Map(series.flatMap((s) => Object.entries(s.levels))),
    levelPrefixes,
    series: order,
    seriesIndex: new Map(order.map((id, index) => [id, index])),
    regions: expandRegions(pack, regions),
    remaps,
    fold,
    traditional: new Set(Object.keys(characters)),
    simplified: new Set(Object.values(characters).filter((c) => !(c in characters))),
    sideAbbreviations,
    wordAbbreviations,
    explaining,
    otherCauses,
    paired: new Set(pack.sites.filter((s) => s.laterality !== 'midline').map((s) => baseOf(s.id))),
  };
}

function addSites(
  entry: z.infer<typeof siteSchema>,
  inflected: boolean,
  add: (kind: Kind, value: string, list: readonly string[], more: Partial<Sense>) => void,
): void {
  const plurals = new Set(entry.plurals ?? []);
  if (inflected) for (const term of entry.terms) if (!term.endsWith('s')) plurals.add(`${term}s`);
  const sense = (plural: boolean, bare: boolean): Partial<Sense> => ({
    site: {
      bases: entry.sites,
      plural,
      multi: entry.multi ?? false,
      bare,
      ...(entry.side ? { side: entry.side } : {}),
    },
  });
  for (const term of plurals) add('site', entry.sites[0]!, [term], sense(true, !term.includes(' ')));
  for (const term of entry.terms) if (!plurals.has(term)) add('site', entry.sites[0]!, [term], sense(false, false));
}

function expandRegions(pack: Pack, regions: z.infer<typeof regionsSchema>['regions']): Lexicon['regions'] {
  const done = new Map<string, { bases: Set<string>; focal?: string | undefined }>();
  const expand = (name: string): Set<string> => {
    const known = done.get(name);
    if (known) return known.bases;
    const region = regions[name];
    if (!region) throw new InvalidPackError(pack.name, 'lexicon/regions.json', `names no region "${name}"`);
    const bases = new Set<string>(region.bases ?? []);
    for (const site of pack.sites)
      if (
        region.all ||
        region.skeleton12?.includes(site.regions.skeleton12 ?? '') ||
        region.bodyRegion9?.includes(site.regions.bodyRegion9)
      )
        bases.add(baseOf(site.id));
    for (const part of region.regions ?? []) for (const base of expand(part)) bases.add(base);
    for (const base of region.without ?? []) bases.delete(base);
    done.set(name, { bases, focal: region.focal });
    return bases;
  };
  for (const name of Object.keys(regions)) expand(name);
  return done;
}
