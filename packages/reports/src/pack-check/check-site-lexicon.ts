import type { AnatomicSite } from '@radiolect/findings';
import { z } from 'zod';
import { baseOf } from '../reader/lexicon.ts';
import type { PackProblems } from './pack-problem.ts';
import { some } from './pack-problem.ts';

// Only what is needed to follow references; the reader itself checks the whole form.
const terms = z.array(z.string());
const languageForm = z.looseObject({
  language: z.string(),
  sites: z.array(z.looseObject({ sites: terms, terms })),
  regions: z.array(z.looseObject({ regions: terms, bases: terms.optional(), terms })),
  levelPrefixes: z.record(z.string(), z.string()),
});
const regionsForm = z.looseObject({
  series: z.array(
    z.looseObject({
      name: z.string(),
      sites: terms,
      levels: z.record(z.string(), z.looseObject({ prefix: z.string(), count: z.number(), region: z.string() })),
    }),
  ),
  regions: z.record(
    z.string(),
    z.looseObject({
      skeleton12: terms.optional(),
      bodyRegion9: terms.optional(),
      regions: terms.optional(),
      bases: terms.optional(),
      without: terms.optional(),
    }),
  ),
});
type Regions = z.infer<typeof regionsForm>;

/** Checks the lexicons of a pack of sites against its sites and regions. `jsons`: parsed files by path. */
export function checkSiteLexicons(
  jsons: ReadonlyMap<string, unknown>,
  sites: readonly AnatomicSite[],
  problems: PackProblems,
): void {
  const bases = new Set(sites.map((site) => baseOf(site.id)));
  const regions = readRegions(jsons.get('lexicon/regions.json'), sites, bases, problems);
  for (const [file, json] of jsons) {
    if (!/^lexicon\/[^/]+\.json$/.test(file) || /(characters|regions)\.json$/.test(file)) continue;
    const parsed = languageForm.safeParse(json);
    if (!parsed.success) {
      problems.form(file, parsed.error.issues);
      continue;
    }
    const claims = new Map<string, string>();
    const named = new Set<string>();
    for (const { sites: entry, terms } of parsed.data.sites) {
      for (const base of entry) {
        named.add(base);
        if (!bases.has(base)) unknown(problems, file, `the entry of "${terms[0] ?? ''}"`, 'site', base);
      }
      for (const term of terms) {
        const other = claims.get(term);
        const here = entry.join(' and ');
        if (other !== undefined && other !== here)
          problems.error(
            file,
            'claimed-twice',
            `"${term}" stands for ${other} and for ${here}`,
            'keep it in one entry; a term that means several sites lists them all in "sites"',
          );
        claims.set(term, here);
      }
    }
    if (!regions) continue;
    for (const { regions: entry, bases: own, terms } of parsed.data.regions) {
      for (const region of entry)
        if (!(region in regions.regions))
          unknown(problems, file, `the region of "${terms[0] ?? ''}"`, 'region', region);
      for (const base of own ?? [])
        if (!bases.has(base)) unknown(problems, file, `the region of "${terms[0] ?? ''}"`, 'site', base);
    }
    const levels = new Set(regions.series.flatMap((series) => Object.keys(series.levels)));
    for (const [prefix, level] of Object.entries(parsed.data.levelPrefixes))
      if (!levels.has(level)) unknown(problems, file, `the level prefix "${prefix}"`, 'level', level);
    const numbered = new Set(regions.series.flatMap((series) => series.sites.map(baseOf)));
    const silent = [...bases].filter((base) => !named.has(base) && !numbered.has(base));
    if (silent.length > 0)
      problems.warn(file, 'no-term', `no term names ${some(silent)}`, 'add terms, or remove the sites');
  }
}

function readRegions(
  json: unknown,
  sites: readonly AnatomicSite[],
  bases: ReadonlySet<string>,
  problems: PackProblems,
): Regions | undefined {
  const file = 'lexicon/regions.json';
  if (json === undefined) return undefined;
  const parsed = regionsForm.safeParse(json);
  if (!parsed.success) {
    problems.form(file, parsed.error.issues);
    return undefined;
  }
  const { series, regions } = parsed.data;
  const skeleton12 = new Set(sites.map((site) => site.regions.skeleton12));
  const bodyRegion9 = new Set(sites.map((site) => site.regions.bodyRegion9));
  for (const { name, sites: row, levels } of series) {
    for (const site of row) if (!bases.has(baseOf(site))) unknown(problems, file, `series "${name}"`, 'site', site);
    for (const [level, { region }] of Object.entries(levels))
      if (!(region in regions) && !bases.has(region)) unknown(problems, file, `level "${level}"`, 'region', region);
  }
  for (const [name, region] of Object.entries(regions)) {
    const where = `region "${name}"`;
    for (const base of [...(region.bases ?? []), ...(region.without ?? [])])
      if (!bases.has(base)) unknown(problems, file, where, 'site', base);
    for (const part of region.regions ?? []) if (!(part in regions)) unknown(problems, file, where, 'region', part);
    for (const bone of region.skeleton12 ?? [])
      if (!skeleton12.has(bone)) unknown(problems, file, where, 'skeleton12 bone', bone);
    for (const part of region.bodyRegion9 ?? [])
      if (!bodyRegion9.has(part)) unknown(problems, file, where, 'bodyRegion9 part', part);
  }
  return parsed.data;
}

function unknown(problems: PackProblems, file: string, where: string, kind: string, id: string): void {
  const place = kind === 'region' || kind === 'level' ? 'lexicon/regions.json' : 'sites.json';
  problems.error(
    file,
    kind === 'site' ? 'unknown-position' : 'unknown-region',
    `${where} names the ${kind} "${id}", which is not in ${place}`,
    'correct the name, or add it there',
  );
}
