import type { Atlas } from './atlas.ts';
import { InvalidPackError } from './errors.ts';
import type { LabelSpace } from './label-space.ts';
import type { AnatomicSite } from './site.ts';
import { parseSites } from './site.ts';

/** One reporting domain as data: its sites, and every other file by name for the package that understands it. */
export interface Pack {
  readonly name: string;
  readonly version: string;
  readonly sites: readonly AnatomicSite[];
  readonly labelSpace: LabelSpace;
  readonly atlas: Atlas | undefined;
  /** All files of the pack as text, by path inside the pack: lexicons and templates are parsed by `reports`. */
  readonly files: ReadonlyMap<string, string>;
}

/** Builds a pack from its files (path inside the pack → text). Throws {@link InvalidPackError} naming the file. */
export function parsePack(packName: string, files: ReadonlyMap<string, string>): Pack {
  const { name, version, sites } = readSites(packName, files);
  const drawing = files.has('atlas.json') ? (packJson(packName, files, 'atlas.json') as Atlas) : undefined;
  const means = files.has('mean-picture.json')
    ? (packJson(packName, files, 'mean-picture.json') as Pick<Atlas, 'meanPictures'>)
    : undefined;
  const atlas = drawing && means ? { ...drawing, meanPictures: means.meanPictures! } : drawing;
  return {
    name: packName,
    version,
    sites,
    labelSpace: { name, version, positions: sites.map((site) => site.id) },
    atlas,
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
