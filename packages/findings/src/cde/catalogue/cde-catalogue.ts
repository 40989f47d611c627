import MiniSearch from 'minisearch';
import type { CdeSet } from '../cde-set.ts';

/** One hit of a search. `score` orders hits of one search; it has no meaning beyond that. */
export interface CatalogueHit {
  readonly set: CdeSet;
  readonly score: number;
}

export interface CdeCatalogue {
  readonly sets: readonly CdeSet[];
  /** The set of an id: its own, or that of the registry or model it stands for; case does not matter. */
  find(id: string): CdeSet | undefined;
  /** Sets that match all words, best first; where none does, sets that match some. At most `limit` (20). */
  search(words: string, limit?: number): readonly CatalogueHit[];
}

/** A name counts most, then synonyms; what a description happens to mention counts little. */
const boost = { name: 8, synonyms: 5, elements: 2, tags: 1, description: 1 } as const;

/** Makes many sets searchable by name, synonyms, elements with their values, tags and description. */
export function createCdeCatalogue(sets: readonly CdeSet[]): CdeCatalogue {
  const byId = new Map<string, CdeSet>();
  for (const set of sets) {
    for (const { system, code } of set.indexCodes)
      if ((system === 'OIFM' || system === 'RADELEMENT') && !byId.has(code.toLowerCase()))
        byId.set(code.toLowerCase(), set);
  }
  // A set's own id comes before another's pointer to it.
  for (const set of sets) byId.set(set.id.toLowerCase(), set);
  // "present", "absent", "unknown" and what else most sets offer tell none of them apart.
  const frequency = new Map<string, number>();
  for (const set of sets)
    for (const words of wordsOfElements(set)) frequency.set(words, (frequency.get(words) ?? 0) + 1);
  const common = Math.max(10, sets.length / 5);
  const index = new MiniSearch<{ place: number } & Record<keyof typeof boost, string>>({
    idField: 'place',
    fields: Object.keys(boost),
  });
  index.addAll(
    sets.map((set, place) => ({
      place,
      name: set.name,
      synonyms: set.synonyms.join('; '),
      elements: wordsOfElements(set)
        .filter((words) => (frequency.get(words) ?? 0) <= common)
        .join('; '),
      tags: set.tags.join(' '),
      description: set.description,
    })),
  );
  const options = { boost, prefix: (term: string) => term.length > 2, fuzzy: 0.15 };
  return {
    sets,
    find: (id) => byId.get(id.trim().toLowerCase()),
    search(words, limit = 20) {
      const direct = byId.get(words.trim().toLowerCase());
      const all = index.search(words, { ...options, combineWith: 'AND' });
      const hits = (all.length > 0 ? all : index.search(words, options)).map(
        (hit): CatalogueHit => ({ set: sets[hit.id as number]!, score: hit.score }),
      );
      // A name that is exactly what was asked stands first, whatever the weights say.
      const asked = words.trim().toLowerCase();
      const exact = ({ set }: CatalogueHit): number =>
        Number([set.name, ...set.synonyms].some((name) => name.toLowerCase() === asked));
      hits.sort((a, b) => exact(b) - exact(a) || b.score - a.score);
      const rest = direct ? hits.filter((hit) => hit.set !== direct) : hits;
      return (direct ? [{ set: direct, score: Number.POSITIVE_INFINITY }, ...rest] : rest).slice(0, limit);
    },
  };
}

/** The distinct names of a set's elements and values. */
const wordsOfElements = (set: CdeSet): string[] => [
  ...new Set(
    set.elements.flatMap(({ name, domain }) => [
      name,
      ...(domain.kind === 'value-set' ? domain.values.map((value) => value.name) : []),
    ]),
  ),
];
