import type { Pack } from '@radiolect/findings';
import { packJson } from '@radiolect/findings';
import { z } from 'zod';
import { compileLexicon } from '../reader/lexicon.ts';

/** "right", "left", both, or none said. */
export const answerSides = ['right', 'left', 'both', 'none'] as const;
export type AnswerSide = (typeof answerSides)[number];

/** The place that stands for every site which the report has not spoken of otherwise. */
export const everywhereElse = 'all-other-sites';

/** The closed lists that a model answers with, and what its words stand for. */
export interface ReadingVocabulary {
  /** Positions without a side ("l4"; every concept), and those with one, named without it ("knee"). */
  readonly midline: readonly string[];
  readonly paired: readonly string[];
  /** Named groups of sites: "ribs", "lumbar-spine". */
  readonly regions: readonly string[];
  /** What lies outside bone: "bladder". */
  readonly outside: readonly string[];
  readonly allSites: readonly string[];
  isPaired(place: string): boolean;
  isRegion(place: string): boolean;
  /** The ids of a place's sites. `none` and `both` take both sides; a side does not matter on the midline. */
  expand(place: string, side: AnswerSide): readonly string[];
}

const outsideSchema = z.looseObject({ extraosseous: z.record(z.string(), z.unknown()).optional() });

/** The vocabulary of a pack: its positions, and where it has them, its regions and what lies outside. */
export function readingVocabulary(pack: Pack): ReadingVocabulary {
  const allSites = pack.labelSpace.positions;
  const ids = new Set(allSites);
  const baseOf = (id: string): string => id.replace(/-(right|left)$/, '');
  // A derived position ("no finding") is worked out, never stated.
  const concepts = pack.concepts.filter((position) => !position.noneOf).map((position) => position.id);
  const paired = new Set(pack.sites.filter((site) => site.laterality !== 'midline').map((site) => baseOf(site.id)));
  const regions = regionsOf(pack);
  const members = (place: string): readonly string[] => [...(regions.get(place) ?? [place])];
  return {
    midline: [...pack.sites.filter((site) => site.laterality === 'midline').map((site) => site.id), ...concepts],
    paired: [...paired],
    // A group of one, or one that is called like a site, is that site.
    regions: [...regions].filter(([name, bases]) => bases.size > 1 && !ids.has(name)).map(([name]) => name),
    outside: outsideOf(pack),
    allSites,
    isPaired: (place) => paired.has(place),
    isRegion: (place) => regions.has(place) && !ids.has(place) && !paired.has(place),
    expand: (place, side) =>
      members(place).flatMap((base) => {
        if (ids.has(base)) return [base];
        const sides = side === 'right' || side === 'left' ? [side] : (['right', 'left'] as const);
        return sides.map((s) => `${base}-${s}`).filter((id) => ids.has(id));
      }),
  };
}

/** Only packs whose positions are places have regions. */
function regionsOf(pack: Pack): ReadonlyMap<string, ReadonlySet<string>> {
  if (!pack.files.has('lexicon/regions.json')) return new Map();
  return new Map([...compileLexicon(pack).regions].map(([name, { bases }]) => [name, bases]));
}

function outsideOf(pack: Pack): string[] {
  const names = new Set<string>();
  for (const file of pack.files.keys()) {
    if (!/^lexicon\/[^/]+\.json$/.test(file)) continue;
    const parsed = outsideSchema.safeParse(packJson(pack.name, pack.files, file));
    for (const name of Object.keys(parsed.data?.extraosseous ?? {})) names.add(name);
  }
  return [...names];
}
