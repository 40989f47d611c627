import type { Atlas } from './atlas.ts';
import type { ConceptPosition } from './concept-position.ts';
import { parseConcepts } from './concept-position.ts';
import { InvalidPackError } from './errors.ts';
import type { LabelSpace } from './label-space.ts';
import type { AnatomicSite } from './site.ts';
import { parseSites } from './site.ts';

/** What the positions of a pack are: places of the body (`sites.json`), or concepts (`concepts.json`). */
export type PackKind = 'sites' | 'concepts';

/** One reporting domain as data: its positions, and every other file by name for the package that understands it. */
export interface Pack {
  readonly kind: PackKind;
  readonly name: string;
  readonly version: string;
  /** Empty in a pack of concepts. */
  readonly sites: readonly AnatomicSite[];
  /** Empty in a pack of sites. */
  readonly concepts: readonly ConceptPosition[];
  /** The ids of the positions, whatever they are, in the order of the label vector. */
  readonly labelSpace: LabelSpace;
  readonly atlas: Atlas | undefined;
  /** All files of the pack as text, by path inside the pack: lexicons and templates are parsed by `reports`. */
  readonly files: ReadonlyMap<string, string>;
}

/** Builds a pack from its files (path inside the pack → text). Throws {@link InvalidPackError} naming the file. */
export function parsePack(packName: string, files: ReadonlyMap<string, string>): Pack {
  if (files.has('concepts.json')) return conceptPack(packName, files);
  const { name, version, sites } = readSites(packName, files);
  const drawing = files.has('atlas.json') ? (packJson(packName, files, 'atlas.json') as Atlas) : undefined;
  const means = files.has('mean-picture.json')
    ? (packJson(packName, files, 'mean-picture.json') as Pick<Atlas, 'meanPictures'>)
    : undefined;
  const atlas = drawing && means ? { ...drawing, meanPictures: means.meanPictures! } : drawing;
  return {
    kind: 'sites',
    name: packName,
    version,
    sites,
    concepts: [],
    labelSpace: { name, version, positions: sites.map((site) => site.id) },
    atlas,
    files,
  };
}

function conceptPack(packName: string, files: ReadonlyMap<string, string>): Pack {
  const file = 'concepts.json';
  const fail = (problem: string): InvalidPackError => new InvalidPackError(packName, file, problem);
  if (files.has('sites.json')) throw fail('stands beside a sites.json; a pack has one of the two');
  const json = packJson(packName, files, file);
  let parsed: ReturnType<typeof parseConcepts>;
  try {
    parsed = parseConcepts(json);
  } catch (cause) {
    throw fail(`does not follow its form: ${(cause as Error).message}`);
  }
  const { name, version, positions } = parsed;
  const ids = new Set(positions.map((position) => position.id));
  if (ids.size !== positions.length) throw fail('has two positions with one id');
  for (const { id, implies, noneOf } of positions)
    for (const other of [...implies, ...(noneOf?.exempt ?? [])])
      if (!ids.has(other)) throw fail(`position "${id}" names "${other}", which is no position`);
  return {
    kind: 'concepts',
    name: packName,
    version,
    sites: [],
    concepts: positions,
    labelSpace: { name, version, positions: [...ids] },
    atlas: undefined,
    files,
  };
}

/** The JSON of a pack's file, or an {@link InvalidPackError} that names it. */
export function packJson(packName: string, files: ReadonlyMap<string, string>, file: string): unknown {
  const text = files.get(file);
  if (text === undefined) throw new InvalidPackError(packName, file, 'is missing');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidPackError(packName, file, `is not JSON: ${(cause as Error).message}`);
  }
}

function readSites(packName: string, files: ReadonlyMap<string, string>): ReturnType<typeof parseSites> {
  try {
    const parsed = parseSites(packJson(packName, files, 'sites.json'));
    const ids = new Set(parsed.sites.map((site) => site.id));
    if (ids.size !== parsed.sites.length)
      throw new InvalidPackError(packName, 'sites.json', 'has two sites with one id');
    return parsed;
  } catch (cause) {
    if (cause instanceof InvalidPackError) throw cause;
    throw new InvalidPackError(packName, 'sites.json', `does not follow its form: ${(cause as Error).message}`);
  }
}
