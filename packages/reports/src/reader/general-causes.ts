import type { Lexicon } from './lexicon.ts';
import { baseOf } from './lexicon.ts';
import type { Cause } from './predicate.ts';
import type { SiteRecord } from './site-record.ts';

/** Called benign, without a word on what it is. */
export const isMerelyBenign = ({ nature, word }: Cause): boolean =>
  nature === 'benign-other' && /^(benign|non-?malignant|良性|非[惡恶]性)$/.test(word);

/** Gives a cause to those of the sites that are present and have none. */
export function giveCause(records: Map<string, SiteRecord>, sites: Iterable<string>, cause: Cause): void {
  for (const site of sites) {
    const record = records.get(site);
    if (record?.state !== 'present' || record.nature !== undefined) continue;
    const { nature, word } = cause;
    const likelihood = nature === 'unspecified' ? undefined : cause.likelihood;
    records.set(site, { ...record, nature, likelihood, causeWord: word });
  }
}

/**
 * Gives the causes that an impression names without a place to the sites that have none. One cause goes to all. Of
 * several, wear goes to joints and the others to the rest; among others than wear, metastasis comes first (guideline,
 * "Two causes at one site"), and without it nothing can be told apart.
 */
export function giveGeneralCauses(records: Map<string, SiteRecord>, causes: readonly Cause[], lexicon: Lexicon): void {
  const sites = [...records.keys()];
  const particular = causes.filter((c) => !isMerelyBenign(c));
  const wear = particular.find((c) => c.nature === 'degenerative');
  const others = particular.filter((c) => c.nature !== 'degenerative' && c.nature !== 'unspecified');
  if (new Set(particular.map((c) => c.nature)).size < 2) {
    for (const cause of causes) giveCause(records, sites, cause);
    return;
  }
  const joints = lexicon.regions.get('joints')?.bases ?? new Set<string>();
  if (wear)
    giveCause(
      records,
      sites.filter((site) => joints.has(baseOf(site.split('#')[0]!))),
      wear,
    );
  const kinds = new Set(others.map((c) => c.nature));
  const chosen = kinds.size === 1 ? others[0] : others.find((c) => c.nature === 'metastatic');
  if (chosen) giveCause(records, wear ? sites.filter((s) => !joints.has(baseOf(s.split('#')[0]!))) : sites, chosen);
}
